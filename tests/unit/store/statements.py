"""Charges and statements in few words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from billingbot.domain.charge import Charge, ChargeKind, Statement
from billingbot.domain.period import Period

OCTOBER, NOVEMBER = Period(2026, 10), Period(2026, 11)
_PLAIN = Charge(
    charge_id="",
    company_id="c1",
    company="Acme",
    kind=ChargeKind.SUBSCRIPTION,
    term="Monthly",
    azure="",
    product="Office E3",
    sku="SKU-1",
    description="Seats",
    subscription_id="s1",
    quantity=Decimal(3),
    unit="User",
    unit_cost=Decimal("2.50"),
    unit_price=None,
    cost=Decimal("7.50"),
    price=Decimal("9.99"),
    tax=Decimal("0.62"),
    fee=Decimal("0.10"),
    currency="USD",
    start=date(2026, 11, 1),
    end=date(2026, 11, 30),
    raw={"id": "x", "cost": Decimal("2.50"), "tags": ["a", None, True]},
)


def charge(charge_id: str, **changes: Any) -> Charge:
    """Return a plain charge with changes."""
    return replace(_PLAIN, charge_id=charge_id, **changes)


def statement(
    *charges: str | Charge, period: Period = NOVEMBER, final: bool = True, remarks: Sequence[str] = ()
) -> Statement:
    """Return a statement, in which an id alone stands for a plain charge."""
    rows = [row if isinstance(row, Charge) else charge(row) for row in charges]
    return Statement(period, rows, final, tuple(remarks))
