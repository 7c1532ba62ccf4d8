"""Items of Pax8's invoices and drafts, each of which becomes a charge."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256

from billingbot.connectors.azure import azure_name
from billingbot.connectors.json_row import JsonRow
from billingbot.connectors.pax8.account import SOURCE
from billingbot.domain.charge import Charge, ChargeKind
from billingbot.errors import UpstreamSchemaError

KINDS = {
    "subscription": ChargeKind.SUBSCRIPTION,
    "prorate": ChargeKind.PRORATE,
    "one-time": ChargeKind.ONE_TIME,
    "service-charge": ChargeKind.ONE_TIME,
    "rebate": ChargeKind.CREDIT,
    "payment-credit": ChargeKind.CREDIT,
    "service-credit": ChargeKind.CREDIT,
    "invoice-credit": ChargeKind.CREDIT,
}


def names_azure(row: JsonRow) -> str:
    """Return as a sentence which name in the row is Azure's, or ""."""
    for key, what in (("productName", "product"), ("vendorName", "vendor")):
        name = row.optional_text(key) or ""
        if azure_name([name]):
            return f"The {what} is named “{name}”."
    return ""


def in_arrears(row: JsonRow) -> bool:
    """Say whether an item is billed after the month in which it was used. Pax8 spells terms in more than one way."""
    return row.text("term").casefold() == "arrears"


def charges_of(items: Iterable[JsonRow]) -> dict[str, Charge]:
    """Return a charge for each item, by its id. Raise `UpstreamSchemaError` when an id comes twice.

    An item without an id is named by a digest of what it says, and a number when others say the same.
    """
    found: dict[str, Charge] = {}
    alike: Counter[str] = Counter()
    for row in items:
        charge_id = row.optional_text("id") or _digest(row, alike)
        if charge_id in found:
            raise UpstreamSchemaError(f"the item {charge_id} is on two invoices.", source=SOURCE)
        found[charge_id] = _charge(row, charge_id)
    return found


def last_day(start: date | None, end: date | None) -> date | None:
    """Return the last day of a period whose end is that day, or the day after.

    The end is the day after when it comes later than the start and is the first of a month, or falls on the start's day
    of the month: months are billed from their first day on, years from their anniversary on.

    >>> last_day(date(2019, 4, 1), date(2019, 5, 1)), last_day(date(2025, 2, 1), date(2025, 2, 28))
    (datetime.date(2019, 4, 30), datetime.date(2025, 2, 28))
    """
    if start is None or end is None or end <= start or end.day not in (1, start.day):
        return end
    return end - timedelta(days=1)


def _charge(row: JsonRow, charge_id: str) -> Charge:
    cost, price = row.amount("costTotal"), row.amount("total")
    description = row.optional_text("description") or ""
    product = row.optional_text("productName") or description
    start = row.optional_day("startPeriod")
    return Charge(
        charge_id=charge_id,
        company_id=row.optional_text("companyId") or "",
        company=row.optional_text("companyName") or "",
        kind=_kind(row, credited=cost < 0 or price < 0),
        term=row.text("term"),
        azure="The term is Arrears." if in_arrears(row) else names_azure(row),
        product=product,
        sku=row.optional_text("sku") or "",
        description=" · ".join(
            part for part in (description, row.optional_text("details")) if part and part != product
        ),
        subscription_id=row.optional_text("subscriptionId") or "",
        quantity=row.amount("quantity"),
        unit=row.optional_text("unitOfMeasure") or "",
        unit_cost=row.optional_amount("cost"),
        unit_price=row.optional_amount("price"),
        cost=cost,
        price=price,
        tax=row.amount("salesTax"),
        fee=row.amount("billingFee"),
        currency=row.text("currencyCode").upper(),
        start=start,
        end=last_day(start, row.optional_day("endPeriod")),
        raw=row.data,
    )


def _kind(row: JsonRow, *, credited: bool) -> ChargeKind:
    """Return the kind. A type that is not known is a credit or a one-time charge: its money counts all the same."""
    kind = KINDS.get(row.text("type"))
    if kind is None:
        return ChargeKind.CREDIT if credited else ChargeKind.ONE_TIME
    return ChargeKind.USAGE if kind is ChargeKind.SUBSCRIPTION and in_arrears(row) else kind


def _digest(row: JsonRow, alike: Counter[str]) -> str:
    said = json.dumps(row.data, sort_keys=True, default=str)
    digest = sha256(said.encode()).hexdigest()[:32]
    alike[digest] += 1
    return digest if alike[digest] == 1 else f"{digest}-{alike[digest]}"
