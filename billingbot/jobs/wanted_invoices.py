"""What several clients' invoices of a month should hold, as everything stands in the database now."""

from collections.abc import Collection

from billingbot.billing.apply import bill_client
from billingbot.domain.period import Period
from billingbot.jobs.bill_charges import bill_charges
from billingbot.jobs.uncharged import uncharged_clients
from billingbot.jobs.wanted_invoice import WantedInvoice, wanted_invoice
from billingbot.ports import Store


def wanted_invoices(
    store: Store, integration: str, period: Period, client_ids: Collection[int], to_create: Collection[str] = ()
) -> dict[int, WantedInvoice]:
    """Return what is wanted for each of these clients, by client id, in the order of the names.

    Those without charges come last: nothing is wanted for them, and what was sent for them is to be taken back.

    Args:
        store: the database.
        integration: its key.
        period: the month.
        client_ids: of the clients.
        to_create: products that count as having no item yet, though they may have got one since.

    Raises `NotFound` when there is no such integration, or the month's charges were never fetched.
    """
    configured, billing = store.integration(integration), bill_charges(store, integration, period)
    products = {product.key: product for product in store.products(integration)}
    chosen = set(client_ids)
    charged = [row for row in billing.clients if row.client.client_id in chosen]
    wanted = {row.client.client_id: wanted_invoice(configured, row, products, to_create) for row in charged}
    for client in uncharged_clients(store, integration, chosen - wanted.keys()):
        nothing = bill_client(configured, period, client, ())
        wanted[client.client_id] = wanted_invoice(configured, nothing, products, to_create)
    return wanted
