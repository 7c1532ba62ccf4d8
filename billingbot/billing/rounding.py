"""Rounding to what a currency can be paid in: once, at the invoice line."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

# Minor units of ISO 4217, where they are not 2.
_DECIMALS: Mapping[str, int] = dict.fromkeys(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0
) | dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3)
_CENT = Decimal("0.01")
_SMALLEST: Mapping[str, Decimal] = {currency: Decimal(1).scaleb(-places) for currency, places in _DECIMALS.items()}
# Python's default of 28 digits would cut the sum of many large amounts of 10 decimals, and not say so.
EXACT = Context(prec=60)


def decimals(currency: str) -> int:
    """Return how many decimals amounts of the currency have on an invoice.

    >>> decimals("USD"), decimals("JPY"), decimals("KWD")
    (2, 0, 3)
    """
    return _DECIMALS.get(currency, 2)


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Return the amount as it is paid: half a unit goes away from zero, as on invoices.

    >>> rounded(Decimal("-0.005"), "USD")
    Decimal('-0.01')
    """
    return quantized(amount, _SMALLEST.get(currency, _CENT))


def quantized(amount: Decimal, smallest: Decimal) -> Decimal:
    """Return the amount in the decimals of `smallest`, rounded half up. What comes to nothing has no sign.

    >>> quantized(Decimal("-0.001"), Decimal("0.01"))
    Decimal('0.00')
    """
    found = amount.quantize(smallest, ROUND_HALF_UP, EXACT)
    return found if found else abs(found)


def exact_sum(amounts: Iterable[Decimal]) -> Decimal:
    """Return the sum, to the last decimal."""
    with localcontext(EXACT):
        return sum(amounts, Decimal(0))
