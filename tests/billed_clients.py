"""Clients of a data set by what HaloPSA has billed them, as the sandbox begins: no request is needed to find one."""

from collections.abc import Callable

from billingbot.sandbox.dataset import DataSet, HaloClient
from billingbot.sandbox.halo_invoices import invoices, recurring_invoices
from billingbot.sandbox.wire import Row


def client_with_open_invoice(data: DataSet) -> HaloClient:
    return _first(data, lambda client: any(_is_open(row) for row in invoices(data.seed, client, data.today)))


def client_with_only_closed_invoices(data: DataSet) -> HaloClient:
    def wanted(client: HaloClient) -> bool:
        rows = invoices(data.seed, client, data.today)
        return bool(rows) and not any(_is_open(row) for row in rows)

    return _first(data, wanted)


def client_without_invoices(data: DataSet) -> HaloClient:
    return _first(data, lambda client: not invoices(data.seed, client, data.today))


def client_with_recurring_invoice(data: DataSet) -> HaloClient:
    """Return a client with a recurring invoice that HaloPSA makes invoices from."""

    def wanted(client: HaloClient) -> bool:
        return any(not row["disabled"] for row in recurring_invoices(data.seed, client, data.today))

    return _first(data, wanted)


def client_with_disabled_recurring_invoice(data: DataSet) -> HaloClient:
    return _first(
        data, lambda client: any(row["disabled"] for row in recurring_invoices(data.seed, client, data.today))
    )


def client_without_recurring_invoice(data: DataSet) -> HaloClient:
    return _first(data, lambda client: not recurring_invoices(data.seed, client, data.today))


def _first(data: DataSet, wanted: Callable[[HaloClient], bool]) -> HaloClient:
    found = next(filter(wanted, data.clients), None)
    assert found is not None, f"none of {len(data.clients)} clients is of this kind: build a larger data set"
    return found


def _is_open(row: Row) -> bool:
    return not (row["posted"] or row["voided"] or row["amountpaid"])
