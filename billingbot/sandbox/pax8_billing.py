"""Pax8's invoices, their items, drafts and subscriptions. Pure, but for what it keeps once made.

Lifecycle (Pax8's documentation): an invoice of a month can be read from the 5th; one that was wrong is credited, stays
in the list, and another takes its place. Here the middle one of three months was; its first issue lacks the prorates.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from billingbot.sandbox.catalog import Cadence
from billingbot.sandbox.charges import PORTFOLIOS, Charge, Holding, add_months, charges, holdings
from billingbot.sandbox.dataset import DataSet, Pax8Company

_READABLE_FROM = 5
_DUE_DAY = 15


@dataclass(frozen=True, slots=True)
class Issue:
    """An invoice without its amounts. `place` tells the issues of the data set apart."""

    place: int
    day: date
    status: str
    with_prorates: bool = True

    @property
    def due(self) -> date:
        """Return the day on which it is due."""
        return self.day.replace(day=_DUE_DAY)


@dataclass(frozen=True, slots=True)
class Billed:
    """The items of one invoice or draft: those of portfolio n belong to each company whose number fits.

    `ends[i]` counts the items of the companies 0 to i, so that an item is found by its place.
    """

    portfolios: tuple[tuple[Charge, ...], ...]
    ends: tuple[int, ...]

    @property
    def count(self) -> int:
        """Return how many items there are."""
        return self.ends[-1] if self.ends else 0

    @property
    def total(self) -> Decimal:
        """Return what the MSP owes for all of them."""
        due = [sum((charge.amount_due for charge in portfolio), Decimal(0)) for portfolio in self.portfolios]
        return sum((due[number % PORTFOLIOS] for number in range(len(self.ends))), Decimal(0))

    def places_of(self, number: int) -> range:
        """Return the places of the items of a company; none for one that came later."""
        if number >= len(self.ends):
            return range(0)
        return range(self.ends[number] - len(self.portfolios[number % PORTFOLIOS]), self.ends[number])

    def item(self, place: int) -> tuple[int, int, Charge]:
        """Return the company's number, the item's place among the company's, and the charge."""
        number = bisect_right(self.ends, place)
        within = place - self.places_of(number).start
        return number, within, self.portfolios[number % PORTFOLIOS][within]


class Pax8Books:
    """What Pax8 has billed and will bill to the companies of a data set."""

    def __init__(self, data: DataSet) -> None:
        self._data = data
        self._billed: dict[tuple[date, bool, bool], Billed] = {}
        newest = add_months(data.today, 0 if data.today.day >= _READABLE_FROM else -1)
        self._held = tuple(
            holdings(data.seed, number, newest) for number in range(min(PORTFOLIOS, len(data.companies)))
        )
        self.issues = (
            Issue(0, newest, "Unpaid"),
            Issue(1, add_months(newest, -1), "Paid"),
            Issue(2, add_months(newest, -1), "Credited", with_prorates=False),
            Issue(3, add_months(newest, -2), "Paid"),
        )

    def billed(self, issue: Issue) -> Billed:
        """Return the items of an invoice."""
        return self._made(issue.day, issue.with_prorates, with_usage=True)

    def draft(self, month: date) -> Billed:
        """Return the items of an invoice that is still to come; usage is not known yet."""
        return self._made(month, with_prorates=True, with_usage=False)

    def held(self, company: Pax8Company) -> tuple[Holding, ...]:
        """Return the company's subscriptions: what it holds that has a billing term."""
        if company.number >= len(self._data.companies):
            return ()
        return tuple(item for item in self._held[company.number % PORTFOLIOS] if item.product.billing_term)

    def subscriptions(self) -> Iterator[tuple[Pax8Company, Holding]]:
        """Yield all subscriptions, company by company."""
        return ((company, holding) for company in self._data.companies for holding in self.held(company))

    def _made(self, month: date, with_prorates: bool, with_usage: bool) -> Billed:
        key = (month, with_prorates, with_usage)
        if key not in self._billed:
            portfolios = tuple(
                tuple(
                    charge
                    for charge in charges(self._data.seed, number, held, month)
                    if (with_prorates or charge.item_type != "prorate")
                    and (with_usage or charge.product.cadence is not Cadence.USAGE)
                )
                for number, held in enumerate(self._held)
            )
            sizes = (len(portfolios[company.number % PORTFOLIOS]) for company in self._data.companies)
            self._billed[key] = Billed(portfolios, tuple(accumulate(sizes)))
        return self._billed[key]
