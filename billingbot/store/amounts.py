"""Which amounts a column can keep exactly."""

from decimal import Decimal

AMOUNT = "decimal(28, 10)"
"""The SQL type of amounts. The database would round decimals that are too many, and not say so."""
# What it holds, with room for the sums of many.
_LIMIT = Decimal(10) ** 15
_PLACES = 10


def is_exact(amount: Decimal) -> bool:
    """Say whether a column of amounts keeps this one exactly.

    >>> is_exact(Decimal("0.0000000001")), is_exact(Decimal("0.00000000001")), is_exact(Decimal("1E+15"))
    (True, False, False)
    """
    return amount.is_finite() and abs(amount) < _LIMIT and amount == round(amount, _PLACES)
