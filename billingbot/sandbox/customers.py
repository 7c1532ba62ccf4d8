"""The customers of the invented MSP as a distributor other than Pax8 knows them. The same data set gives the same.

Each distributor has some of the HaloPSA clients, spelled as another person would, and some customers of its own.
"""

from dataclasses import dataclass
from random import Random

from billingbot.sandbox.dataset import DataSet, orphan_names, owned_companies
from billingbot.sandbox.names import distinct_names


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer. `number` is its place: what is derived hangs on it. `client_id` is the truth, None when nobody's."""

    number: int
    name: str
    client_id: int | None


def customers(data: DataSet, distributor: str) -> tuple[Customer, ...]:
    """Return as many customers as Pax8 has companies, in no order that means anything.

    Args:
        data: what they are derived from.
        distributor: its key; another one gives other customers and other spellings.
    """
    random = Random(f"{data.seed}/customers/{distributor}")  # noqa: S311 - lifelike, not secret
    fresh = distinct_names(random)
    count = len(data.companies)
    owned = [
        (name, client.client_id if client else None)
        for name, client in owned_companies(data.clients, count, fresh, random)
    ]
    orphans = orphan_names(count - len(owned), data.clients, fresh, random)
    rows = [*owned, *((name, None) for name in orphans)]
    random.shuffle(rows)
    return tuple(Customer(number, name, client_id) for number, (name, client_id) in enumerate(rows))
