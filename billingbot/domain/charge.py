"""What a distributor charges for a period, one record for all of them: nothing recomputed, nothing rounded.

Signs are as on the wire: a credit is negative. Where a distributor knows no retail price, the price is the cost, and
`unit_price` is None.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from billingbot.domain.period import Period


class ChargeKind(StrEnum):
    """What is charged for."""

    SUBSCRIPTION = "subscription"
    PRORATE = "prorate"
    USAGE = "usage"
    ONE_TIME = "one-time"
    CREDIT = "credit"
    FEE = "fee"


@dataclass(frozen=True, slots=True)
class Charge:
    """One cost row of a period. Money is in `currency` (ISO 4217, upper case), without tax.

    Args:
        charge_id: the distributor's id of it, or one made of what tells it apart; unique within integration and period.
        company_id: whose it is; "" when the distributor names nobody.
        company: the name that stands on it, or "".
        kind: see `ChargeKind`.
        term: the distributor's word for how long it was bought: `Monthly`, `Annual`, `Arrears`, or "".
        azure: by what evidence it is Microsoft Azure or usage in arrears, a sentence; "" when it is not.
        product: its name.
        sku: the distributor's or vendor's number of the product, or "".
        description: what else is said about it, or "".
        subscription_id: or "".
        quantity: in `unit`; the difference, where seats changed.
        unit: or "".
        unit_cost: what the MSP pays a unit, where it is said.
        unit_price: what the client pays a unit, where it is said.
        cost: what the MSP pays.
        price: what the client pays.
        tax: what the MSP pays on top as tax.
        fee: what the MSP pays on top for being billed.
        currency: see above.
        start: first day that it is for, where it is said.
        end: last day that it is for, that day included, where it is said.
        raw: the row as it came, without secrets, for whoever wants to see where it is from.
    """

    charge_id: str
    company_id: str
    company: str
    kind: ChargeKind
    term: str
    azure: str
    product: str
    sku: str
    description: str
    subscription_id: str
    quantity: Decimal
    unit: str
    unit_cost: Decimal | None
    unit_price: Decimal | None
    cost: Decimal
    price: Decimal
    tax: Decimal
    fee: Decimal
    currency: str
    start: date | None
    end: date | None
    raw: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything that a distributor charges for a period, as it is now.

    `final` is False while it may still change: the running month, or a month that is not billed yet. `remarks` are
    sentences that whoever bills by it should read.
    """

    period: Period
    charges: Sequence[Charge]
    final: bool
    remarks: tuple[str, ...] = ()
