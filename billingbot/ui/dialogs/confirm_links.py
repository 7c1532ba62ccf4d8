"""Confirm links: say of links that the machine made and marked Review that they are right."""

from collections.abc import Sequence

from billingbot.bootstrap import App
from billingbot.domain.decision import Receipt, Stamp
from billingbot.domain.integration import Integration
from billingbot.jobs.decide import confirm_links
from billingbot.jobs.proposals import Proposal, links_under_review
from billingbot.ports import DecisionStore
from billingbot.ui.client_page import OpenDialog, PageState
from billingbot.ui.dialogs.opening import Scene
from billingbot.ui.dialogs.proposals import Deed, draw_proposals


def draw(app: App, state: PageState, integration: Integration, dialog: OpenDialog) -> None:
    """Draw the dialog's body."""
    draw_proposals(Scene(app, state, integration, dialog), _DEED)


def _confirm(store: DecisionStore, integration: str, pairs: Sequence[Proposal], stamp: Stamp) -> Receipt:
    return confirm_links(store, integration, [(pair.company_id, pair.client_id) for pair in pairs], stamp)


_DEED = Deed(
    find=links_under_review,
    carry_out=_confirm,
    noun="link",
    verb="Confirm",
    done="Confirmed",
    meaning="BillingBot linked these by itself; nothing of them is sent before somebody has looked.",
)
