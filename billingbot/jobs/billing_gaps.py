"""What of a month's charges is not billed, grouped by what a person can do about it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from billingbot.billing.waterfall import totals
from billingbot.domain.billing import Amount, Billing, Obstacle
from billingbot.domain.charge import Charge


@dataclass(frozen=True, slots=True)
class UnassignedCompany:
    """A company with charges and no client; `company_id` is "" for charges that name none. Amounts are by currency."""

    company_id: str
    company: str
    amounts: Mapping[str, Amount]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The charges of clients that one obstacle keeps from being billed, and of how many clients they are."""

    obstacle: Obstacle
    clients: int
    amounts: Mapping[str, Amount]


@dataclass(frozen=True, slots=True)
class OpenProduct:
    """A product without a HaloPSA item: the lines that cannot be sent before it has one."""

    name: str
    amounts: Mapping[str, Amount]


def unassigned_companies(billing: Billing) -> list[UnassignedCompany]:
    """Return them in the order of the billing: by price, most first."""
    return [
        UnassignedCompany(company.company_id, company.company, totals(problem.charge for problem in company.problems))
        for company in billing.unassigned
    ]


def waiting(billing: Billing) -> list[Waiting]:
    """Return what keeps charges of clients from being billed, in the order of `Obstacle`."""
    charges: defaultdict[Obstacle, list[Charge]] = defaultdict(list)
    clients: defaultdict[Obstacle, set[int]] = defaultdict(set)
    for client in billing.clients:
        for problem in client.problems:
            charges[problem.obstacle].append(problem.charge)
            clients[problem.obstacle].add(client.client.client_id)
    return [
        Waiting(obstacle, len(clients[obstacle]), totals(charges[obstacle]))
        for obstacle in Obstacle
        if obstacle in charges
    ]


def open_products(billing: Billing, unmapped: Mapping[str, str]) -> list[OpenProduct]:
    """Return the products with lines that wait for an item, by name.

    Args:
        billing: of the month.
        unmapped: the names of products that wait for an item, by key.
    """
    lines = defaultdict(list)
    for client in billing.clients:
        for line in client.lines:
            if line.product_key in unmapped:
                lines[line.product_key].append(line)
    found = [OpenProduct(unmapped[key], totals(of_product)) for key, of_product in lines.items()]
    return sorted(found, key=lambda product: product.name.casefold())
