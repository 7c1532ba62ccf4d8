"""The orders of a customer and a month. Pure; all that is random is drawn from seed and number.

The month begins with a billing order; renewals, changes, sales and cancellations come when they come. Most types of
detail occur, and every status of an order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from billingbot.sandbox.charges import add_months
from billingbot.sandbox.ingram_cloud_catalog import MIGRATION, MONTHLY
from billingbot.sandbox.ingram_cloud_details import (
    Detail,
    Portfolio,
    part_of_period,
    plain,
    recurring,
    refund,
    setup,
    usage,
)

_GONE_EACH = 40


@dataclass(frozen=True, slots=True)
class Order:
    """An order without its customer. `place` tells the orders of a customer and month apart; `time` is of the day."""

    place: int
    order_type: str
    prefix: str
    day: date
    time: str
    status: str
    details: tuple[Detail, ...]

    @property
    def total(self) -> Decimal:
        """Return what the client pays for it, with tax."""
        return sum((detail.price + detail.tax for detail in self.details), Decimal(0))


def is_gone(portfolio: int) -> bool:
    """Say whether the customers of a portfolio have cancelled; they did so in the month before the running one."""
    return portfolio % _GONE_EACH == _GONE_EACH - 1


def orders(seed: int, held: Portfolio, month: date, today: date) -> Iterator[Order]:
    """Yield the orders of a portfolio's customers that were created in a month.

    Args:
        seed: of the data set.
        held: the portfolio.
        month: its first day.
        today: the last day on which an order can have been created.
    """
    random = Random(f"{seed}/ingram cloud/{held.number}/{month}")  # noqa: S311 - lifelike, not secret
    running = today.replace(day=1)
    drafts = _of_the_gone(held, month, running) if is_gone(held.number) else _of_all(held, month, running, random)
    for place, (kind, day, status, details) in enumerate(drafts):
        order_type, prefix = _KINDS[kind]
        # Billing is at midnight: a list that includes its last moment has it in the month before, too.
        time = "00:00:00" if kind == "billing" else f"{random.randrange(24):02}:{random.randrange(60):02}:17"
        created = month.replace(day=day)
        if created <= today:
            yield Order(place, order_type, prefix, created, time, status, tuple(details))


# The API has no word for orders of billing and of payment.
_KINDS = {
    "billing": ("unknown", "BO"),
    "payment": ("unknown", "PO"),
    "sale": ("sales", "SO"),
    "renewal": ("renewal", "RN"),
    "change": ("change", "CH"),
    "cancellation": ("cancellation", "CL"),
}

# Kind, day, status and details of an order.
_Draft = tuple[str, int, str, list[Detail]]
_DONE = "completed"


def _of_the_gone(held: Portfolio, month: date, running: date) -> Iterator[_Draft]:
    last = add_months(running, -1)
    if month < last:
        yield "billing", 1, _DONE, [recurring(held, product, quantity) for product, quantity in held.seats]
    if month == last:
        fee = plain(held, "cancellation", "Early cancellation", "4.00")
        yield "cancellation", 15, _DONE, [*(refund(held, product, seats) for product, seats in held.seats), fee]


def _of_all(held: Portfolio, month: date, running: date, random: Random) -> Iterator[_Draft]:
    yield "billing", 1, _DONE, list(_billed(held, random))
    yearly = held.yearly
    if yearly is not None and yearly.month == month.month:
        word = "renew" if held.number % 2 else "recurring"
        yield "renewal", 12, _DONE, [recurring(held, yearly.product, yearly.quantity, word)]
    if random.random() < 0.25:
        seats, days = random.choice((1, 1, 2, 3, -1, -2)), random.randint(1, 29)
        part = (Decimal(days) / 30).quantize(Decimal("0.000001"))
        yield "change", random.randint(2, 28), _DONE, [part_of_period(held, held.seats[0][0], seats, part)]
    if random.random() < 0.1:
        yield "sale", random.randint(2, 28), _DONE, list(_bought(held))
    if held.number % 10 == 6:
        yield "payment", 3, _DONE, [plain(held, "payment", "Payment", "100.00")]
    if held.number % 13 == 0:
        yield "sale", 5, "error", [recurring(held, MONTHLY[0], 1)]
    if held.number % 17 == 0:
        yield "sale", 6, "cancelled", [recurring(held, MONTHLY[1], 3)]
    if month == running and held.number % 19 == 0:
        yield "sale", 7, "processing" if held.number % 2 else "submitted", [recurring(held, MONTHLY[2], 2)]


def _billed(held: Portfolio, random: Random) -> Iterator[Detail]:
    """Yield what is billed each month: seats ahead, usage after, and what is put right."""
    for product, quantity in held.seats:
        yield recurring(held, product, quantity)
    if held.has_azure:
        yield usage(held, random)
    if held.number % 6 == 2:
        yield plain(held, "discount", "Loyalty discount", "-2.50")
    if held.number % 7 == 3:
        yield plain(held, "adjustment", "Correction of last month", "-7.77")
    if held.number % 11 == 5:
        yield plain(held, "adjustment", "Correction of last month", "3.10")
    if held.number % 9 == 4:
        yield plain(held, "handlingFee", "Handling fee", "1.95")
    if held.number % 50 == 7:
        yield plain(held, "billRecord", "Bill record", "0.40")


def _bought(held: Portfolio) -> Iterator[Detail]:
    """Yield what a new product is charged: setting it up, the rest of its month, and what comes with it."""
    yield setup(held, MONTHLY[4])
    yield setup(held, MIGRATION)
    yield part_of_period(held, MONTHLY[4], 3, Decimal("0.4"))
    yield plain(held, "nonProvisioningItem", "Onboarding workshop", "250.00")
