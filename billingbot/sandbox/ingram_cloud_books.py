"""What the marketplace knows of a data set: customers and their orders; and the truth about what they are charged.

Customers share portfolios: number n holds what portfolio n % PORTFOLIOS holds. Nothing is made before it is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from billingbot.sandbox.charges import PORTFOLIOS, add_months
from billingbot.sandbox.customers import Customer, customers
from billingbot.sandbox.dataset import DataSet
from billingbot.sandbox.ingram_cloud_details import Portfolio, portfolio
from billingbot.sandbox.ingram_cloud_orders import Order, is_gone, orders

MONTHS = 12
_FIRST_ID = 1_000_001
# What a status is there for each so many customers, and for which of them.
_STATUSES = (("pending", 31), ("creditHold", 23), ("adminHold", 37), ("error", 53))
_EXTERNAL_EACH = 7


@dataclass(frozen=True, slots=True)
class Buyer:
    """A customer of the marketplace. `client_id` is the truth, None when it is nobody's."""

    number: int
    name: str
    client_id: int | None

    @property
    def customer_id(self) -> str:
        """Return the marketplace's id of it."""
        return str(_FIRST_ID + self.number)

    @property
    def external_id(self) -> str | None:
        """Return the id that the MSP gave it, if any: that of the client at HaloPSA."""
        return None if self.client_id is None or self.number % _EXTERNAL_EACH else str(self.client_id)

    @property
    def status(self) -> str:
        """Return the status; whoever is not active is mostly on hold."""
        if is_gone(self.number % PORTFOLIOS):
            return "cancelled"
        return next((status for status, each in _STATUSES if self.number % each == each - 1), "active")


@dataclass(frozen=True, slots=True)
class Placed:
    """An order, whose it is, and in which currency."""

    buyer: Buyer
    currency: str
    order: Order

    @property
    def created(self) -> datetime:
        """Return when it was created."""
        return datetime.fromisoformat(f"{self.order.day}T{self.order.time}Z")

    @property
    def order_id(self) -> str:
        """Return the marketplace's id of it, a number as a text."""
        months = self.order.day.year * 12 + self.order.day.month
        return f"{months}{self.buyer.number:06}{self.order.place}"


@dataclass(frozen=True, slots=True)
class Totals:
    """What the MSP pays, as far as the API tells, else what the client pays; what the client pays; in one currency."""

    currency: str
    rows: int
    cost: Decimal
    price: Decimal


class IngramCloudBooks:
    """The books. Every customer, cancelled ones too, in the order of their ids."""

    def __init__(self, data: DataSet) -> None:
        self._data = data
        self._orders: dict[date, tuple[tuple[Order, ...], ...]] = {}

    @cached_property
    def buyers(self) -> tuple[Buyer, ...]:
        """Return the customers."""
        return tuple(map(_buyer, customers(self._data, "ingram_cloud")))

    @property
    def months(self) -> Sequence[date]:
        """Return the first days of the months that there are orders of, the oldest first."""
        return [add_months(self._data.today, back) for back in range(1 - MONTHS, 1)]

    def placed(self, month: date) -> list[Placed]:
        """Return the orders of a month, by customer."""
        made = self._made(month)
        shared = ((buyer, buyer.number % PORTFOLIOS) for buyer in self.buyers)
        return [Placed(buyer, self._held[held].currency, order) for buyer, held in shared for order in made[held]]

    def totals(self, month: date) -> dict[str, Totals]:
        """Return by customer what the completed orders of a month charge, payments aside. For tests only."""
        found = [_totals(self._held[number].currency, own) for number, own in enumerate(self._made(month))]
        by_customer = {buyer.customer_id: found[buyer.number % PORTFOLIOS] for buyer in self.buyers}
        return {customer_id: totals for customer_id, totals in by_customer.items() if totals.rows}

    @cached_property
    def _held(self) -> Sequence[Portfolio]:
        return [portfolio(self._data.seed, number) for number in range(min(PORTFOLIOS, len(self.buyers)))]

    def _made(self, month: date) -> tuple[tuple[Order, ...], ...]:
        if month not in self._orders:
            self._orders[month] = tuple(
                tuple(orders(self._data.seed, held, month, self._data.today)) for held in self._held
            )
        return self._orders[month]


def _buyer(customer: Customer) -> Buyer:
    return Buyer(customer.number, customer.name, customer.client_id)


def _totals(currency: str, own: Sequence[Order]) -> Totals:
    done = [order for order in own if order.status == "completed" and order.prefix != "PO"]
    details = [detail for order in done for detail in order.details]
    cost = sum((detail.price if detail.cost is None else detail.cost for detail in details), Decimal(0))
    return Totals(currency, len(details), cost, sum((detail.price for detail in details), Decimal(0)))
