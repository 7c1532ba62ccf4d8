"""Whom Ingram Micro sold to: end users that have a name and no id, their orders, renewals and invoices. Pure.

Nothing is kept but which order, renewal or invoice is whose; names are spelled a little differently from one to the
next, in case, white space and punctuation.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from billingbot.sandbox.charges import add_months
from billingbot.sandbox.customers import Customer, customers
from billingbot.sandbox.dataset import DataSet

MONTHS = 6
_STOCK_ORDERS = 9
_STOCK_INVOICES = 2
_OLDEST_ORDER = 300
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Order:
    """An order; nobody is its end user when it was for the reseller's own stock."""

    place: int
    end_user: Customer | None
    day: date
    name: str

    @property
    def number(self) -> str:
        """Return Ingram Micro's number of it."""
        return f"20-{coded(self.place)}"


@dataclass(frozen=True, slots=True)
class Renewal:
    """Something of an end user that ends, and can be renewed."""

    place: int
    end_user: Customer
    name: str


@dataclass(frozen=True, slots=True)
class Issue:
    """An invoice without its lines. `kind` is invoice, branch (another address), credit, void or stock."""

    place: int
    end_user: Customer | None
    day: date
    name: str
    kind: str

    @property
    def listed_number(self) -> str:
        """Return its number as the list writes it."""
        return f"40{coded(self.place)}11"

    @property
    def number(self) -> str:
        """Return its number as it stands on the invoice itself."""
        return f"40-{coded(self.place)}-11"


class IngramMicroBooks:
    """What Ingram Micro knows of a data set."""

    def __init__(self, data: DataSet) -> None:
        self.data = data
        self._end_users = customers(data, "ingram_micro")

    @cached_property
    def orders(self) -> tuple[Order, ...]:
        """Return the orders, newest first. Some end users have two, every seventeenth has none but a renewal."""
        found: list[tuple[date, Customer | None, str]] = []
        for one in self._end_users:
            if not _renews_only(one):
                found.append((self._ago(one.number * 37), one, one.name))
            if one.number % 5 == 0:
                found.append((self._ago(one.number * 53), one, spelled(one.name, one.number // 5)))
        found += [(self._ago(place * 11), None, "") for place in range(_STOCK_ORDERS)]
        found.sort(key=lambda order: order[0])
        orders = [Order(place, owner, day, name) for place, (day, owner, name) in enumerate(found)]
        return tuple(reversed(orders))

    @cached_property
    def renewals(self) -> tuple[Renewal, ...]:
        """Return the renewals, of every fourth end user and of those who have no order."""
        owners = [one for one in self._end_users if _renews_only(one) or one.number % 4 == 0]
        return tuple(Renewal(place, owner, spelled(owner.name, owner.number + 1)) for place, owner in enumerate(owners))

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """Return the invoices of the last months, oldest first."""
        newest = self.data.today.replace(day=1)
        months = [add_months(newest, -ago) for ago in reversed(range(MONTHS))]
        found = [issue for month in months for issue in sorted(self._issued(month), key=lambda issue: issue[0])]
        due = (issue for issue in found if issue[0] <= self.data.today)
        return tuple(Issue(place, owner, day, name, kind) for place, (day, owner, name, kind) in enumerate(due))

    def issue(self, number: str) -> Issue | None:
        """Return the invoice with that number, written in either way; None when there is none."""
        code = number.replace("-", "").upper()[2:-2]
        place = int(code, 36) if code.isalnum() and code.isascii() else len(self.issues)
        found = self.issues[place] if place < len(self.issues) else None
        return found if found is not None and number.upper() in (found.number, found.listed_number) else None

    def _issued(self, month: date) -> list[tuple[date, Customer | None, str, str]]:
        found: list[tuple[date, Customer | None, str, str]] = [
            (month.replace(day=1 + stock), None, "", "stock") for stock in range(_STOCK_INVOICES)
        ]
        for one in self._end_users:
            kinds = (
                ("invoice", (one.number + month.month) % 5 < 3),
                ("branch", one.number % 40 == 9),
                ("credit", one.number % 23 == 7),
                ("void", one.number % 31 == 3),
            )
            day = month.replace(day=1 + one.number * 5 % 28)
            name = spelled(one.name, one.number + month.month)
            found += [(day, one, name, kind) for kind, is_due in kinds if is_due]
        return found

    def _ago(self, days: int) -> date:
        return self.data.today - timedelta(days=days % _OLDEST_ORDER)


def spelled(name: str, how: int) -> str:
    """Return the name as somebody else typed it: the same words, in other case, spacing or punctuation.

    >>> [spelled("Acme, Inc.", how) for how in range(4)]
    ['Acme, Inc.', 'ACME, INC.', 'Acme,  Inc. ', 'Acme Inc']
    """
    loud = name.upper()
    ways = (
        name,
        loud if loud.casefold() == name.casefold() else name,
        name.replace(" ", "  ") + " ",
        name.replace(", ", " ").rstrip("."),
    )
    return ways[how % len(ways)]


def coded(place: int) -> str:
    """Return a number in five digits and letters."""
    code = ""
    for _ in range(5):
        place, digit = divmod(place, len(_DIGITS))
        code = _DIGITS[digit] + code
    return code


def _renews_only(one: Customer) -> bool:
    return one.number % 17 == 5 and one.number % 5 != 0
