"""The orders of a month, and the statement that they come to."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from billingbot.connectors.ingram_cloud.account import SOURCE
from billingbot.connectors.ingram_cloud.catalogue import Product, ProductKey, money
from billingbot.connectors.ingram_cloud.charge_rows import EITHER_WAY, KINDS, PAYMENTS, Buyer, charge_of
from billingbot.connectors.json_row import JsonRow
from billingbot.domain.charge import Charge, Statement
from billingbot.domain.period import Period
from billingbot.errors import UpstreamSchemaError

_DONE = "completed"
_UNDER_WAY = ("submitted", "processing")
# Billing comes as a type that the specification has no word for.
_REGULAR = ("unknown", "renewal")
_STATUSES = (_DONE, *_UNDER_WAY, "error", "cancelled")


def created_in(period: Period) -> dict[str, str]:
    """Return the parameters that ask for the orders of a period, and perhaps for one of the next midnight."""
    return {
        "creationTimeFrom": f"{period.first}T00:00:00Z",
        "creationTimeTo": f"{period.next.first}T00:00:00Z",
    }


def statement_of(
    orders: Iterable[JsonRow],
    names: Mapping[str, str],
    catalogue: Mapping[ProductKey, Product],
    period: Period,
    today: date,
) -> Statement:
    """Return what the orders charge that were created in the period, in UTC. Raises `UpstreamSchemaError`.

    Args:
        orders: as listed; others than those of the period are left out.
        names: of customers, by id.
        catalogue: products by id and MPN.
        period: the month.
        today: the day in UTC.
    """
    own = [order for order in orders if Period.of(_created(order)) == period]
    statuses = Counter(_status(order) for order in own)
    done = [order for order in own if _status(order) == _DONE]
    charges = sorted(
        (one for order in done for one in _charges(order, names, catalogue)), key=lambda one: one.charge_id
    )
    under_way = sum(statuses[status] for status in _UNDER_WAY)
    final = today > period.last and not under_way
    return Statement(period, charges, final, _remarks(charges, done, under_way, statuses["error"]))


def _charges(order: JsonRow, names: Mapping[str, str], catalogue: Mapping[ProductKey, Product]) -> list[Charge]:
    company_id = order.text("customerId")
    buyer = Buyer(company_id, names.get(company_id, ""))
    return [
        charge_of(order, place, detail, buyer, catalogue)
        for place, detail in enumerate(order.rows("details", "type"), 1)
        if detail.text("type") not in PAYMENTS
    ]


def _created(order: JsonRow) -> date:
    try:
        created = datetime.fromisoformat(order.text("creationDate"))
    except ValueError:
        created = None
    if created is None or created.tzinfo is None:
        sentence = f"{order.place}: 'creationDate' is not a date and a time with a zone."
        raise UpstreamSchemaError(sentence, source=SOURCE)
    return created.astimezone(UTC).date()


def _status(order: JsonRow) -> str:
    status = order.text("status")
    if status not in _STATUSES:
        raise UpstreamSchemaError(f"{order.place}: 'status' is not one of {', '.join(_STATUSES)}.", source=SOURCE)
    return status


def _remarks(charges: Sequence[Charge], done: Sequence[JsonRow], under_way: int, failed: int) -> tuple[str, ...]:
    """Return what whoever bills by it should know."""
    costless = sum(1 for charge in charges if charge.unit_cost is None)
    odd = [order.text("id") for order in done if not _adds_up(order)]
    strange = {detail.text("type") for order in done for detail in order.rows("details", "type")}
    strange -= {*KINDS, *EITHER_WAY, *PAYMENTS}
    irregular = bool(done) and not any(order.text("type") in _REGULAR for order in done)
    said = (
        (costless, f"What {costless} of {len(charges)} charges cost you is not said: the price stands as their cost."),
        (irregular, "No order is one of regular billing: compare the sum with Ingram Micro's invoice."),
        (under_way, f"Orders that are not completed yet, and therefore left out: {under_way}."),
        (failed, f"Orders that failed, and are left out: {failed}. Ingram Micro's control panel says why."),
        (
            len(odd),
            f"Orders whose details do not come to their total: {len(odd)}, the first is {min(odd, default='')}.",
        ),
        (len(strange), f"Types of charges that are not documented, to be looked at: {', '.join(sorted(strange))}."),
    )
    return tuple(sentence for count, sentence in said if count)


def _adds_up(order: JsonRow) -> bool:
    """Say whether the details come to the order's total, without or with the tax on top of them."""
    if order.data.get("total") is None:
        return True
    details = order.rows("details", "type")
    net = sum((money(detail, "extendedPrice").amount for detail in details), Decimal(0))
    taxed = [detail for detail in details if detail.data.get("exclusiveTaxAmount") is not None]
    tax = sum((money(detail, "exclusiveTaxAmount").amount for detail in taxed), Decimal(0))
    return money(order, "total").amount in (net, net + tax)
