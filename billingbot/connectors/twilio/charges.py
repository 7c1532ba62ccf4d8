"""From a subaccount's usage records of a month to its charges. They add up to the total, which is what Twilio bills."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from billingbot.connectors.json_row import JsonRow
from billingbot.connectors.twilio.account import SOURCE
from billingbot.connectors.twilio.categories import TOTAL, leaves
from billingbot.connectors.twilio.subaccount import Subaccount
from billingbot.domain.charge import Charge, ChargeKind
from billingbot.domain.period import Period
from billingbot.errors import UpstreamSchemaError


@dataclass(frozen=True, slots=True)
class Record:
    """A usage record: what was used of a category, and what it costs. `counted` is like `12 calls`, or ""."""

    category: str
    description: str
    counted: str
    usage: Decimal
    unit: str
    price: Decimal
    currency: str
    start: date
    end: date
    raw: Mapping[str, object]


def record_of(row: JsonRow, account: Subaccount, period: Period) -> Record:
    """Return the record. Raises `UpstreamSchemaError`, also for one of another account or another time."""
    if row.text("account_sid") != account.sid:
        raise UpstreamSchemaError(f"{row.place} is of another account than {account.sid}.", source=SOURCE)
    count, count_unit = row.optional_text("count"), row.optional_text("count_unit") or ""
    return Record(
        category=row.text("category"),
        description=row.optional_text("description") or row.text("category"),
        counted=f"{count} {count_unit}".rstrip() if count else "",
        usage=row.amount("usage"),
        unit=row.optional_text("usage_unit") or "",
        price=row.amount("price"),
        currency=row.text("price_unit").upper(),
        start=_day(row, "start_date", period),
        end=_day(row, "end_date", period),
        raw=row.data,
    )


def charges_of(account: Subaccount, period: Period, records: Mapping[str, Record]) -> list[Charge]:
    """Return a charge for each category that holds no other, and one for what the total has beyond them.

    Raises `UpstreamSchemaError` when there are records without a total, or without one currency.
    """
    if not records:
        return []
    used = {name: record for name, record in records.items() if record.usage or record.price}
    total = _total(account, records)
    strangers = {record.currency for record in used.values()} - {total.currency}
    if strangers:
        sentence = f"the usage of {account.sid} is in {min(strangers)}, its total in {total.currency}."
        raise UpstreamSchemaError(sentence, source=SOURCE)
    prices = {name: record.price for name, record in used.items()}
    found = [_charge(account, period, used[name]) for name in leaves(prices)]
    rest = total.price - sum((charge.cost for charge in found), Decimal(0))
    return [*found, _other(account, period, total, rest)] if rest else found


def _total(account: Subaccount, records: Mapping[str, Record]) -> Record:
    if TOTAL not in records:
        raise UpstreamSchemaError(f"the usage of {account.sid} lacks the category '{TOTAL}'.", source=SOURCE)
    total = records[TOTAL]
    if len(total.currency) != 3:
        raise UpstreamSchemaError(f"the usage of {account.sid} is in no currency.", source=SOURCE)
    return total


def _charge(account: Subaccount, period: Period, record: Record) -> Charge:
    return Charge(
        charge_id=f"{account.sid}/{record.category}/{period}",
        company_id=account.sid,
        company=account.name,
        kind=ChargeKind.USAGE,
        term="",
        azure="",
        product=record.description,
        sku=record.category,
        description=record.counted,
        subscription_id="",
        quantity=record.usage,
        unit=record.unit,
        unit_cost=None,
        unit_price=None,
        cost=record.price,
        price=record.price,
        tax=Decimal(0),
        fee=Decimal(0),
        currency=record.currency,
        start=record.start,
        end=record.end,
        raw=record.raw,
    )


def _other(account: Subaccount, period: Period, total: Record, rest: Decimal) -> Charge:
    """Return the charge for the difference; it is negative when the categories add up to more than the total."""
    said = f"The total of {total.price:f} {total.currency}, less the categories that are listed."
    other = replace(_charge(account, period, total), product="Other usage", sku="", description=said)
    return replace(other, quantity=Decimal(1), unit="", cost=rest, price=rest)


def _day(row: JsonRow, key: str, period: Period) -> date:
    day = row.optional_day(key)
    if day is None or Period.of(day) != period:
        raise UpstreamSchemaError(f"{row.place}: '{key}' does not lie in {period}.", source=SOURCE)
    return day
