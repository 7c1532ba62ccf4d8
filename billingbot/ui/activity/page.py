"""The Activity page below its title: filters, what the last click did, and one of the lists."""

from collections.abc import Mapping, Sequence

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.ui.activity.changes import draw_changes
from billingbot.ui.activity.filters import View, current_view, draw_filters, follow_address, show_address
from billingbot.ui.activity.runs import draw_runs
from billingbot.ui.activity.sent import draw_sent
from billingbot.ui.activity.state import ActivityState
from billingbot.ui.activity.undo import draw_notice

_LISTS = {View.CHANGES: draw_changes, View.RUNS: draw_runs, View.SENT: draw_sent}


def draw_activity(app: App, state: ActivityState, integrations: Sequence[Integration]) -> None:
    """Draw what happened to the integrations, as the address and the filters want it."""
    names = _names(app, integrations)
    actors = app.store.actors()
    follow_address(names, actors)
    wanted = draw_filters(app, state, names, actors)
    draw_notice(app, state, names)
    _LISTS[current_view()](app, state, wanted, names)
    show_address()


def _names(app: App, integrations: Sequence[Integration]) -> Mapping[str, str]:
    """Return what there is anything to show of: integrations, HaloPSA, and what is not in use any more, by key."""
    known = {vendor.key: vendor.name for vendor in app.vendors.all}
    past = {key: known.get(key, key) for key in app.store.changed_integrations()}
    return past | {integration.key: integration.name for integration in integrations}
