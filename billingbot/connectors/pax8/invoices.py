"""The invoices of a month that count, and their items."""

from dataclasses import dataclass
from urllib.parse import quote

from billingbot.connectors.json_row import JsonRow
from billingbot.connectors.pages import unheard
from billingbot.connectors.pax8.account import SOURCE
from billingbot.connectors.pax8.lists import Pax8Lists, after, id_or_place
from billingbot.domain.period import Period
from billingbot.errors import UpstreamSchemaError
from billingbot.ports import PageSeen

_VALID = {"Unpaid", "Paid", "Carried", "Nothing Due"}
_WITHDRAWN = {"Credited", "Void"}


@dataclass(frozen=True, slots=True)
class Invoices:
    """The invoices of a month: ids of those that count, and how many were withdrawn, which are credited or void."""

    valid: tuple[str, ...]
    withdrawn: int


def invoices_of(lists: Pax8Lists, period: Period) -> Invoices:
    """Return the invoices of the month. Raises `UpstreamError`.

    A status that is not known is an error: money that was withdrawn must not be billed.
    """
    asked = {
        "invoiceDateRangeStart": period.first.isoformat(),
        "invoiceDateRangeEnd": period.last.isoformat(),
        "sort": "invoiceDate,asc",
    }
    rows = lists.every("/invoices", asked, unheard)
    for row in rows:
        _refuse_stranger(row, period)
    valid = tuple(row.text("id") for row in rows if row.text("status") in _VALID)
    return Invoices(valid, len(rows) - len(valid))


def items_of(lists: Pax8Lists, invoices: Invoices, seen: PageSeen) -> list[JsonRow]:
    """Return the items of the invoices that count."""
    items: list[JsonRow] = []
    for invoice_id in invoices.valid:
        path = f"/invoices/{quote(invoice_id, safe='')}/items"
        items += lists.every(path, {}, after(seen, len(items)), id_or_place)
    return items


def _refuse_stranger(row: JsonRow, period: Period) -> None:
    """Refuse what was not asked for: charges must not land in another month because a filter was ignored."""
    status, day = row.text("status"), row.optional_day("invoiceDate")
    if day is None or Period.of(day) != period:
        raise UpstreamSchemaError(f"{row.place}: 'invoiceDate' is not in {period}, which was asked for.", source=SOURCE)
    if status not in _VALID | _WITHDRAWN:
        raise UpstreamSchemaError(f"{row.place}: nobody knows whether the status {status!r} counts.", source=SOURCE)
