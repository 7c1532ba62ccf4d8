"""Reject suggestions: say of the best candidates of many clients that they are wrong."""

from collections.abc import Sequence

from billingbot.bootstrap import App
from billingbot.domain.decision import Receipt, Stamp
from billingbot.domain.integration import Integration
from billingbot.jobs.decide import reject_suggestions
from billingbot.jobs.proposals import Proposal, best_suggestions
from billingbot.ports import DecisionStore
from billingbot.ui.client_page import OpenDialog, PageState
from billingbot.ui.dialogs.opening import Scene
from billingbot.ui.dialogs.proposals import Deed, draw_proposals


def draw(app: App, state: PageState, integration: Integration, dialog: OpenDialog) -> None:
    """Draw the dialog's body."""
    draw_proposals(Scene(app, state, integration, dialog), _DEED)


def _reject(store: DecisionStore, integration: str, pairs: Sequence[Proposal], stamp: Stamp) -> Receipt:
    return reject_suggestions(store, integration, [(pair.company_id, pair.client_id) for pair in pairs], stamp)


_DEED = Deed(
    find=best_suggestions,
    carry_out=_reject,
    noun="suggestion",
    verb="Reject",
    done="Rejected",
    meaning="A rejected pair is never suggested again; the client's next candidate, if it has one, moves up.",
)
