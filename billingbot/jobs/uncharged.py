"""Clients that a month charges nothing for, though something in HaloPSA may still bill them."""

from collections.abc import Collection, Mapping

from billingbot.billing.apply import bill_client
from billingbot.domain.account import BilledClient
from billingbot.domain.billing import Billing, ClientBilling
from billingbot.domain.integration import Integration
from billingbot.domain.ledger import LedgerEntry
from billingbot.ports import Store


def still_billed(
    store: Store, integration: Integration, billing: Billing, entries: Mapping[int, LedgerEntry]
) -> list[ClientBilling]:
    """Return the clients without charges of whom HaloPSA still has lines of ours, by id, with nothing to bill.

    They were sent something for this month of which something is left, or for an earlier one to a recurring invoice.

    Args:
        store: the database.
        integration: whose charges.
        billing: of the month.
        entries: the newest of the ledger for the month, by client id.
    """
    charged = {client.client.client_id for client in billing.clients}
    # HaloPSA may have made something else of what was taken back: a person should see that too.
    holding = {client_id for client_id, entry in entries.items() if holds_lines(entry) or entry.differences}
    before = recurring_of_idle(store, billing, entries).keys()
    clients = uncharged_clients(store, integration.key, (holding | before) - charged)
    return [bill_client(integration, billing.period, client, ()) for client in clients]


def recurring_of_idle(store: Store, billing: Billing, entries: Mapping[int, LedgerEntry]) -> dict[int, set[int]]:
    """Return the recurring invoices that bill lines of earlier months of clients that have none now, by client id.

    A client may have charges all the same: they wait, or are kept off the invoice. What the assignment is now does not
    matter: HaloPSA bills what is on the invoice. Clients that something was sent for in this month are not among them.

    Args:
        store: the database.
        billing: of the month.
        entries: the newest of the ledger for the month, by client id.
    """
    billed = {client.client.client_id for client in billing.clients if client.lines}
    before = store.recurring_sent_before(billing.integration, billing.period)
    return {
        client_id: invoices
        for client_id, invoices in before.items()
        if client_id not in billed and client_id not in entries
    }


def holds_lines(entry: LedgerEntry) -> bool:
    """Say whether there are charges on a line that was sent; where all was taken back, there are none."""
    return any(line.members for line in entry.lines)


def uncharged_clients(store: Store, integration: str, client_ids: Collection[int]) -> list[BilledClient]:
    """Return clients without charges, by id."""
    if not client_ids:
        return []
    mapped = {account.client.client_id: account.client for account in store.accounts(integration).values()}
    rows = store.client_rows(integration, client_ids)
    unmapped = {
        # Without a company, nothing but the client itself can be gone.
        client_id: BilledClient(client_id, name, store.settings(integration, client_id), status == "Gone")
        for client_id, name, status in zip(rows["client_id"].tolist(), rows["client"], rows["status"], strict=True)
        if client_id not in mapped
    }
    known = unmapped | mapped
    return [
        known.get(client_id)
        or BilledClient(client_id, f"Client {client_id}", store.settings(integration, client_id), gone=True)
        for client_id in sorted(client_ids)
    ]
