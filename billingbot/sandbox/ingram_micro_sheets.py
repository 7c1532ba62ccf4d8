"""What stands on each of Ingram Micro's invoices, and the truth about what it charges. Pure, in `Decimal`.

The oddities are Ingram Micro's: freight among the miscellaneous charges, in the totals, or in both; the tax on the
lines, as a miscellaneous charge, or in both; discounts that the prices hold already and others that they do not; line
numbers that repeat; and now and then a total to which nothing adds up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from billingbot.sandbox.ingram_micro_books import IngramMicroBooks, Issue
from billingbot.sandbox.ingram_micro_catalog import ITEMS, Item

_CENT = Decimal("0.01")
_TAX_RATE = Decimal("0.0825")
_ZERO = Decimal(0)
_HANDLING = Decimal("4.95")
_FREIGHT = Decimal("31.9")
_DISCOUNT = Decimal("2.50")
_ERROR = Decimal("1.11")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an invoice. The quantity is negative on credits."""

    number: str
    item: Item
    quantity: int
    tax: Decimal

    @property
    def extended(self) -> Decimal:
        """Return what it costs without tax."""
        return self.item.price * self.quantity


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on an invoice. `cost` and `tax` are the truth; `total` is what Ingram Micro claims that they make."""

    lines: tuple[Line, ...]
    misc: tuple[tuple[str, Decimal], ...]
    freight: Decimal
    discount: Decimal
    discount_type: str
    cost: Decimal
    tax: Decimal
    total: Decimal


def sheet_of(books: IngramMicroBooks, issue: Issue) -> Sheet:
    """Return what stands on an invoice."""
    number = issue.end_user.number if issue.end_user else 0
    is_credit = issue.kind == "credit"
    random = Random(f"{books.data.seed}/ingram_micro/{issue.place}")  # noqa: S311 - lifelike, not secret
    # A third of the taxed have it on the lines, a third beside them, a third twice.
    taxed = ("lines", "misc", "both")[number % 3] if number % 7 == 0 else "no"
    lines = tuple(_lines(random, -1 if is_credit else 1, taxed, repeats=number % 37 == 6))
    net = sum((line.extended for line in lines), _ZERO)
    tax = _tax(net) if taxed == "misc" else sum((line.tax for line in lines), _ZERO)
    freight = _FREIGHT if number % 5 in (2, 3) and not is_credit else _ZERO
    misc = [("HANDLING FEE", _HANDLING)] if number % 6 == 1 and not is_credit else []
    misc += [("FREIGHT OUT", freight)] if freight and number % 5 == 2 else []
    extra = sum((amount for _, amount in misc), _ZERO) + (freight if number % 5 == 3 else _ZERO)
    misc += [("TAX", tax)] if taxed in ("misc", "both") else []
    discount = _DISCOUNT if number % 13 in (4, 9) else _ZERO
    cost = net + extra - (discount if number % 13 == 9 else _ZERO)
    total = cost + tax + (_ERROR if number % 29 == 11 else _ZERO)
    kind = "Promo Discount" if number % 13 == 9 else "Special Bid"
    # Where nothing adds up, nobody can tell what is meant by a discount: the lines count as they stand.
    cost += discount if number % 29 == 11 and number % 13 == 9 else _ZERO
    return Sheet(lines, tuple(misc), freight, discount, kind, cost, tax, total)


def truth(books: IngramMicroBooks, month: date) -> Iterator[tuple[Issue, Sheet]]:
    """Yield what is charged for a month, invoice by invoice: all but those that are void."""
    for issue in books.issues:
        if issue.day.replace(day=1) == month and issue.kind != "void":
            yield issue, sheet_of(books, issue)


def _lines(random: Random, sign: int, taxed: str, *, repeats: bool) -> Iterator[Line]:
    for place, item in enumerate(random.sample(ITEMS, random.randint(1, 4)), 1):
        quantity = sign * random.choice((1, 1, 2, 3, 5, 10))
        tax = _tax(item.price * quantity) if taxed in ("lines", "both") else _ZERO
        yield Line("1" if repeats else str(place), item, quantity, tax)


def _tax(net: Decimal) -> Decimal:
    return (net * _TAX_RATE).quantize(_CENT, ROUND_HALF_UP)
