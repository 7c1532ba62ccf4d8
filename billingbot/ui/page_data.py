"""What one run of the Client Management page shows, read once, in an order that never shows old rows as new."""

from dataclasses import dataclass

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.domain.refresh import RefreshRun
from billingbot.ui.client_list import ClientList, client_lists


@dataclass(frozen=True, slots=True)
class PageData:
    """`clients` are the grid's rows, from the refresh `succeeded`; `latest` may still be running."""

    clients: ClientList
    latest: RefreshRun | None
    succeeded: RefreshRun | None


def read_page_data(app: App, integration: Integration) -> PageData:
    """Read runs before rows, so that the rows are never older than the run that they are shown with."""
    latest, succeeded = app.store.latest_run(integration.key), app.store.latest_success(integration.key)
    run_id = succeeded.run_id if succeeded else ""
    return PageData(client_lists(sandbox=app.sandbox).current(app.store, integration.key, run_id), latest, succeeded)
