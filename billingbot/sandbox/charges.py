"""The charges of a company and a month, as Pax8 bills them. Pure; all that is random is drawn from seed and number.

Companies share portfolios: company n holds what portfolio n % PORTFOLIOS holds. So 100,000 companies cost no more
memory than 500, and the total of an invoice is known without making its rows.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from billingbot.sandbox.catalog import EXTRAS, SEATS, Cadence, Product

PORTFOLIOS = 500
_EMPTY_EACH = 13
_TAXED_EACH = 7
_FEE_EACH = 11
_TAX_RATE = Decimal("0.0825")
_FEE_RATE = Decimal("2")
_CENT = Decimal("0.01")
_YEARS = {"Annual": 1, "2 Year": 2, "3 Year": 3}


@dataclass(frozen=True, slots=True)
class Holding:
    """What a company holds of a product: so many units, since a day. `part` tells the holdings of one company apart."""

    part: int
    product: Product
    quantity: int
    since: date

    @property
    def is_metered(self) -> bool:
        """Say whether usage is billed after the month."""
        return self.product.cadence is Cadence.USAGE


@dataclass(frozen=True, slots=True)
class Charge:
    """One invoice item without its company. Money in USD; `end` is the last day, and for yearly terms the day after."""

    part: int
    item_type: str
    product: Product
    start: date
    end: date
    quantity: Decimal
    cost: Decimal
    price: Decimal
    cost_total: Decimal
    sub_total: Decimal
    sales_tax: Decimal
    billing_fee: Decimal

    @property
    def amount_due(self) -> Decimal:
        """Return what the MSP owes for it."""
        return self.cost_total + self.sales_tax + self.billing_fee


def add_months(month: date, count: int) -> date:
    """Return the first day of the month that lies `count` months after (negative: before).

    >>> add_months(date(2026, 1, 31), -1), add_months(date(2026, 11, 1), 2)
    (datetime.date(2025, 12, 1), datetime.date(2027, 1, 1))
    """
    years, index = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(years, index + 1, 1)


def holdings(seed: int, number: int, newest: date) -> tuple[Holding, ...]:
    """Return what the companies of a portfolio hold; every thirteenth portfolio is empty.

    Args:
        seed: of the data set.
        number: of the portfolio.
        newest: the month of the newest invoice; the first portfolios have their extras on it.
    """
    if number % _EMPTY_EACH == _EMPTY_EACH - 1:
        return ()
    random = Random(f"{seed}/holdings/{number}")  # noqa: S311 - lifelike, not secret
    early = number < 3 * len(EXTRAS)
    products = random.sample(SEATS, random.randint(1, 5))
    if early or random.random() < 0.4:
        products.append(EXTRAS[number % len(EXTRAS)] if early else random.choice(EXTRAS))
    return tuple(
        Holding(part, product, _quantity(product, random), _since(product, early, newest, random))
        for part, product in enumerate(products)
    )


def charges(seed: int, number: int, held: tuple[Holding, ...], month: date) -> Iterator[Charge]:
    """Yield the charges of a portfolio for a month: what is billed ahead, what is billed after, and seat changes."""
    random = Random(f"{seed}/charges/{number}/{month}")  # noqa: S311 - lifelike, not secret
    taxed, with_fee = number % _TAXED_EACH == 0, number % _FEE_EACH == 0
    for holding in held:
        if _is_due(holding, month):
            yield _charge(holding, month, _usage_cost(holding.product, random), taxed, with_fee)
        if holding.product in SEATS and random.random() < 0.2:
            yield _prorate(holding, month, random)


def _quantity(product: Product, random: Random) -> int:
    if product.charge_type == "flat":
        return 1
    return (
        random.choice((1, 2, 3, 5, 8, 12, 17, 25, 40, 75))
        if product.cadence is Cadence.MONTHLY
        else random.randint(1, 4)
    )


def _since(product: Product, early: bool, newest: date, random: Random) -> date:
    """Return the month of the first charge; the extras of early portfolios are due in the newest month."""
    if product.cadence is Cadence.ONCE:
        return add_months(newest, 0 if early else -random.randrange(3))
    if early:
        return add_months(newest, 0 if product.cadence is Cadence.YEARLY else -3)
    return add_months(newest, -random.randrange(3, 33))


def _is_due(holding: Holding, month: date) -> bool:
    cadence = holding.product.cadence
    if month < holding.since:
        return False
    if cadence is Cadence.ONCE:
        return month == holding.since
    months = (month.year - holding.since.year) * 12 + month.month - holding.since.month
    return cadence is not Cadence.YEARLY or months % (12 * _YEARS[holding.product.term]) == 0


def _usage_cost(product: Product, random: Random) -> Decimal | None:
    """Return what a month of metered usage cost, with the four decimals that meters have; None for anything else."""
    return Decimal(random.randrange(30_000, 9_000_000)).scaleb(-4) if product.cadence is Cadence.USAGE else None


def _charge(holding: Holding, month: date, usage: Decimal | None, taxed: bool, with_fee: bool) -> Charge:
    product = holding.product
    cost = product.cost if usage is None else usage
    price = product.price if usage is None else (usage * Decimal("1.15")).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    start, end = _period(product, month)
    quantity = Decimal(holding.quantity)
    sub_total, cost_total = price * quantity, cost * quantity
    tax = (cost_total * _TAX_RATE).quantize(_CENT, ROUND_HALF_UP) if taxed and cost_total > 0 else Decimal(0)
    fee = (sub_total * _FEE_RATE / 100).quantize(_CENT, ROUND_HALF_UP) if with_fee and sub_total > 0 else Decimal(0)
    return Charge(
        holding.part, product.item_type, product, start, end, quantity, cost, price, cost_total, sub_total, tax, fee
    )


def _period(product: Product, month: date) -> tuple[date, date]:
    """Return start and end: the month itself, the month before for usage, or its years with the day after as end."""
    if product.cadence is Cadence.USAGE:
        month = add_months(month, -1)
    if product.cadence is Cadence.YEARLY:
        return month, add_months(month, 12 * _YEARS[product.term])
    return month, month.replace(day=monthrange(month.year, month.month)[1])


def _prorate(holding: Holding, month: date, random: Random) -> Charge:
    """Return a seat change in the month before: seats that came or went, for the rest of that month."""
    product, last = holding.product, month - timedelta(days=1)
    start = last.replace(day=random.randint(2, last.day))
    share = Decimal((last - start).days + 1) / last.day
    seats = Decimal(random.choice((1, 1, 1, 2, 3, 5, -1, -1, -2)))
    cost, price = ((unit * share).quantize(_CENT, ROUND_HALF_UP) for unit in (product.cost, product.price))
    zero = Decimal(0)
    return Charge(
        holding.part, "prorate", product, start, last, seats, cost, price, cost * seats, price * seats, zero, zero
    )
