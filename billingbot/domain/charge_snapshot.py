"""What is known of a period's charges without looking at each: when they were read, how many there are, their sums."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from billingbot.domain.period import Period


@dataclass(frozen=True, slots=True)
class CurrencyTotals:
    """Exact sums of the charges in one currency; `charges` counts them. The amounts are those of `Charge`."""

    currency: str
    charges: int
    cost: Decimal
    price: Decimal
    tax: Decimal
    fee: Decimal


@dataclass(frozen=True, slots=True)
class ChargeSnapshot:
    """What a distributor charged for a period when it was last read. `totals` are by currency.

    `final` and `remarks` are those of the statement.
    """

    period: Period
    fetched_at: datetime
    fetched_by: str
    final: bool
    remarks: tuple[str, ...]
    charges: int
    totals: tuple[CurrencyTotals, ...]
