"""Amounts as people read them: with the decimals of their currency, never through a float."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from billingbot.billing.rounding import decimals, rounded


def figure(amount: Decimal, currency: str) -> str:
    """Write an amount without its currency, for a column that names it.

    >>> figure(Decimal("1234.005"), "USD"), figure(Decimal("-2.4"), "JPY"), figure(Decimal("-0.001"), "USD")
    ('1,234.01', '-2', '0.00')
    """
    paid = rounded(amount, currency)
    return f"{abs(paid) if paid == 0 else paid:,f}"


def money(amount: Decimal, currency: str) -> str:
    """Write an amount with its currency.

    >>> money(Decimal("1234.5"), "USD"), money(Decimal(1), "")
    ('USD 1,234.50', '1.00')
    """
    return f"{currency} {figure(amount, currency)}".strip()


def amount_format(currencies: Iterable[str]) -> str:
    """Return how a column of amounts in these currencies is written: with the decimals of the one that has most.

    >>> amount_format(["USD", "KWD"]), amount_format(["JPY"]), amount_format([])
    ('%,.3f', '%,.0f', '%,.2f')
    """
    return f"%,.{max(map(decimals, filter(None, currencies)), default=2)}f"


def summed(amounts: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    """Add amounts up by currency, in the order of the currencies.

    >>> summed([("USD", Decimal(1)), ("EUR", Decimal(3)), ("USD", Decimal(2))])
    {'EUR': Decimal('3'), 'USD': Decimal('3')}
    """
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for currency, amount in amounts:
        sums[currency] += amount
    return dict(sorted(sums.items()))


def sums_words(sums: Mapping[str, Decimal]) -> str:
    """Write sums by currency; they are never added up over currencies.

    >>> sums_words({"EUR": Decimal(2), "USD": Decimal(1)}), sums_words({})
    ('EUR 2.00 and USD 1.00', 'nothing')
    """
    return " and ".join(money(amount, currency) for currency, amount in sums.items()) or "nothing"
