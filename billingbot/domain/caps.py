"""Bounds above which BillingBot asks before it sends: mistakes with money are mostly large ones."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Caps:
    """Bounds of one client's invoice.

    Args:
        lines: more lines than that.
        amount: more than that, in any currency: it is a bound for attention, not for accounting.
        ratio: so many times what was sent for the period before, where the difference is more than `change`.
        change: see `ratio`.
    """

    lines: int = 200
    amount: Decimal = Decimal(25_000)
    ratio: Decimal = Decimal(2)
    change: Decimal = Decimal(250)
