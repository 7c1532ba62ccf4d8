"""The subaccounts of the invented MSP at Twilio and what they used, month by month; and the truth about their charges.

Subaccounts share portfolios, as Pax8's companies do: what number n used is drawn for n % PORTFOLIOS. Nothing is made
before it is asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from functools import cached_property
from random import Random

from billingbot.sandbox.charges import PORTFOLIOS, add_months
from billingbot.sandbox.customers import customers
from billingbot.sandbox.dataset import DataSet
from billingbot.sandbox.identifiers import uuid_for
from billingbot.sandbox.twilio_catalog import CATEGORIES, LEAVES, TOTAL

_LONGEST_NAME = 64
_NOTHING_EACH = 9
_UNLISTED_EACH = 5
_DEAR_UNITS = ("numbers", "fees")
_SPLIT_UNITS = ("minutes", "mb", "hours")


@dataclass(frozen=True, slots=True)
class Account:
    """An account, for the most part a subaccount.

    `since` is the month of its first usage, `refusal` the status that asking for its usage answers. Whoever is
    suspended is refused; whoever is closed can be read for a while, and is not found later.
    """

    number: int
    sid: str
    name: str
    client_id: int | None
    status: str
    since: date
    refusal: int | None


@dataclass(frozen=True, slots=True)
class Amounts:
    """What an account used of a category in a month. `price` is USD, `count` None where nothing is counted."""

    usage: Decimal
    count: int | None
    price: Decimal

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(self.usage + other.usage, (self.count or 0) + (other.count or 0), self.price + other.price)


_NOTHING = Amounts(Decimal(0), 0, Decimal(0))


class TwilioBooks:
    """What Twilio knows of a data set."""

    def __init__(self, data: DataSet) -> None:
        self._data = data

    @cached_property
    def accounts(self) -> Mapping[str, Account]:
        """Return all subaccounts by sid, the newest first."""
        firsts: set[int] = set()
        found: dict[str, Account] = {}
        for customer in customers(self._data, "twilio"):
            sid = _orphan_sid(self._data.seed, customer.number)
            if customer.client_id is not None:
                sid = client_sid(self._data.seed, customer.client_id, second=customer.client_id in firsts)
                firsts.add(customer.client_id)
            found[sid] = self._account(customer.number, sid, customer.name, customer.client_id)
        return found

    def usage(self, account: Account, month: date) -> dict[str, Amounts]:
        """Return what an account used by category, the total among them; nothing at all before its first month.

        `month` is the first day. Of the running month it is what was used until today.
        """
        if not account.since <= month <= self._data.today:
            return {}
        return _usage(self._data, account.number % PORTFOLIOS, month)

    def truth(self, month: date) -> dict[str, Decimal]:
        """Return what each subaccount costs in a month, USD by sid, of those that can be read and cost something."""
        totals = {
            sid: self.usage(account, month)[TOTAL].price
            for sid, account in self.accounts.items()
            if account.refusal is None and account.since <= month <= self._data.today
        }
        return {sid: total for sid, total in totals.items() if total}

    def _account(self, number: int, sid: str, name: str, client_id: int | None) -> Account:
        since = add_months(self._data.today, -1 - number * 7 % 40)
        status, refusal = "active", None
        if number % 12 == 5:
            status, refusal = "suspended", 401
        elif number % 20 == 7:
            status, refusal = "closed", 404 if number % 40 == 7 else None
        return Account(number, sid, name[:_LONGEST_NAME], client_id, status, since, refusal)


def client_sid(seed: int, client_id: int, *, second: bool = False) -> str:
    """Return the sid of the subaccount of a HaloPSA client, if it has one; or of its second one."""
    return _sid(uuid_for(seed, "twilio client", client_id, int(second)))


def _orphan_sid(seed: int, number: int) -> str:
    return _sid(uuid_for(seed, "twilio orphan", number))


def _sid(uuid: str) -> str:
    return f"AC{uuid.replace('-', '')}"


def _usage(data: DataSet, number: int, month: date) -> dict[str, Amounts]:
    """Return the usage of a portfolio."""
    random = Random(f"{data.seed}/twilio usage/{number}/{month}")  # noqa: S311 - lifelike, not secret
    share = Decimal(data.today.day) / 31 if month == data.today.replace(day=1) else Decimal(1)
    used = [] if number % _NOTHING_EACH == 0 else random.sample(LEAVES, random.randint(3, 9))
    amounts = {leaf.name: _NOTHING for leaf in CATEGORIES}
    for leaf in used:
        most = 900 if leaf.usage_unit in _DEAR_UNITS else 90_000
        usage = (Decimal(random.randrange(1, most)) / 100 * share).quantize(Decimal("0.01"), ROUND_DOWN)
        usage = usage if leaf.usage_unit in _SPLIT_UNITS else usage // 1
        count = int(usage) // random.randint(1, 3) if leaf.count_unit else None
        amounts[leaf.name] = Amounts(usage, count, usage * (leaf.unit_price or 0))
    for category in CATEGORIES:
        if category.repeats:
            amounts[category.name] = amounts[category.repeats]
        elif category.unit_price is None:
            parts = (amounts[leaf.name] for leaf in LEAVES if category.name in leaf.inside)
            amounts[category.name] = sum(parts, _NOTHING)
    listed = sum((amounts[leaf.name].price for leaf in LEAVES), Decimal(0))
    # As Twilio says itself: some costs are in no category.
    unlisted = Decimal(random.randrange(1, 900_000)).scaleb(-5) if used and number % _UNLISTED_EACH == 2 else Decimal(0)
    amounts[TOTAL] = Amounts(listed + unlisted, None, listed + unlisted)
    return amounts
