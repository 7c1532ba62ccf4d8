"""The Activity page below its title: filters, what the last click did, and one of the two lists."""

from collections.abc import Sequence

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.ui.activity.changes import draw_changes
from billingbot.ui.activity.filters import View, current_view, draw_filters, follow_address, show_address
from billingbot.ui.activity.runs import draw_runs
from billingbot.ui.activity.state import ActivityState
from billingbot.ui.activity.undo import draw_notice


def draw_activity(app: App, state: ActivityState, integrations: Sequence[Integration]) -> None:
    """Draw what happened to the integrations, as the address and the filters want it."""
    names = {integration.key: integration.name for integration in integrations}
    actors = app.store.actors()
    follow_address(names, actors)
    wanted = draw_filters(app, state, names, actors)
    draw_notice(app, state)
    if current_view() is View.CHANGES:
        draw_changes(app, state, wanted, names)
    else:
        draw_runs(app, state, wanted, names)
    show_address()
