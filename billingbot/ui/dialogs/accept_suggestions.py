"""Accept suggestions: link many clients to their best candidates."""

from collections.abc import Sequence

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.jobs.proposals import Proposals, accept_suggestions, acceptable, best_suggestions
from billingbot.ports import Store
from billingbot.ui.client_page import OpenDialog, PageState
from billingbot.ui.dialogs.opening import Scene
from billingbot.ui.dialogs.proposals import Deed, draw_proposals


def draw(app: App, state: PageState, integration: Integration, dialog: OpenDialog) -> None:
    """Draw the dialog's body."""
    draw_proposals(Scene(app, state, integration, dialog), _DEED)


def _find(store: Store, integration: str, client_ids: Sequence[int]) -> Proposals:
    return acceptable(best_suggestions(store, integration, client_ids))


_DEED = Deed(
    find=_find,
    carry_out=accept_suggestions,
    noun="suggestion",
    verb="Accept",
    done="Accepted",
    meaning="Each ticked client is linked to its best candidate. Untick what is not the same company.",
    only_likely=True,
)
