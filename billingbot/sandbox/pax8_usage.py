"""Pax8's metered usage of the running month: summaries by resource group, and their lines by day. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from billingbot.sandbox.charges import Holding
from billingbot.sandbox.dataset import DataSet, Pax8Company

_GROUPS = ("rg-production", "rg-backup", "rg-virtual-desktop", "rg-development")
_METERS = (
    ("Virtual Machines D4s v5", "1 Hour"),
    ("Premium SSD Managed Disks P10", "1/Month"),
    ("Backup Protected Instances", "1/Month"),
    ("Standard Data Transfer Out", "1 GB"),
)
_MARGIN = Decimal("1.15")
_PARTS_A_SUBSCRIPTION = 8


@dataclass(frozen=True, slots=True)
class Meter:
    """What one meter counted on one day. `cost` is the partner's, `price` the customer's, in USD."""

    name: str
    unit: str
    quantity: Decimal
    unit_price: Decimal
    cost: Decimal
    price: Decimal


@dataclass(frozen=True, slots=True)
class UsageSummary:
    """The usage of one resource group of a subscription. `part` tells the summaries of one company apart."""

    company: Pax8Company
    holding: Holding
    part: int
    group: str


def summaries(seed: int, company: Pax8Company, holding: Holding) -> list[UsageSummary]:
    """Return the summaries of a metered subscription: one to three."""
    random = Random(f"{seed}/groups/{company.number}/{holding.part}")  # noqa: S311 - lifelike, not secret
    groups = random.sample(_GROUPS, random.randint(1, 3))
    first = holding.part * _PARTS_A_SUBSCRIPTION
    return [UsageSummary(company, holding, first + place, group) for place, group in enumerate(groups)]


def meters(data: DataSet, summary: UsageSummary, day: date) -> list[Meter]:
    """Return what was counted on a day; nothing outside the running month or after `data.today`."""
    if not data.today.replace(day=1) <= day <= data.today:
        return []
    random = Random(f"{data.seed}/usage/{summary.company.number}/{summary.part}/{day}")  # noqa: S311 - lifelike, not secret
    return [_meter(name, unit, random) for name, unit in random.sample(_METERS, random.randint(1, len(_METERS)))]


def month_to_date(data: DataSet, summary: UsageSummary) -> tuple[Decimal, Decimal]:
    """Return the sums of cost and price over all days until today."""
    counted = [meter for day in _days(data.today) for meter in meters(data, summary, day)]
    return sum((meter.cost for meter in counted), Decimal(0)), sum((meter.price for meter in counted), Decimal(0))


def _meter(name: str, unit: str, random: Random) -> Meter:
    quantity = Decimal(random.randrange(1, 2400)).scaleb(-2)
    unit_cost = Decimal(random.randrange(20, 4000)).scaleb(-4)
    unit_price = (unit_cost * _MARGIN).quantize(Decimal("0.0001"))
    cost, price = ((quantity * unit).quantize(Decimal("0.000001")) for unit in (unit_cost, unit_price))
    return Meter(name, unit, quantity, unit_price, cost, price)


def _days(today: date) -> Iterator[date]:
    return (today.replace(day=day) for day in range(1, today.day + 1))
