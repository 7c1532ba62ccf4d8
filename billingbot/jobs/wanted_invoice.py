"""What a client's invoice should hold: its lines with their HaloPSA items, before anybody looks at HaloPSA."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from billingbot.billing.lines import product_key
from billingbot.domain.billing import ClientBilling, InvoiceLine
from billingbot.domain.charge import Charge
from billingbot.domain.integration import Assignment, Integration
from billingbot.domain.plan import Member
from billingbot.domain.product import HaloItem, Product
from billingbot.jobs.map_products import Treatment, treatment


@dataclass(frozen=True, slots=True)
class WantedLine:
    """An invoice line and its item: None when one is to be created, or when the product waits for one (`open`)."""

    line: InvoiceLine
    product_key: str
    item: HaloItem | None
    open: bool


@dataclass(frozen=True, slots=True)
class WantedInvoice:
    """What is wanted for a client. `basis` is a hash of all of it, and of where it should go."""

    billing: ClientBilling
    lines: tuple[WantedLine, ...]
    dropped: tuple[Member, ...]
    basis: str

    @property
    def assignment(self) -> Assignment:
        """Return the effective one."""
        return self.billing.settings.assignment

    @property
    def target_id(self) -> int | None:
        """Return the invoice that the client's settings point at, for its assignment."""
        return self.billing.client.settings.target(self.assignment)

    @property
    def currencies(self) -> list[str]:
        """Return the currencies of the lines."""
        return sorted({wanted.line.currency for wanted in self.lines})


def wanted_invoice(
    integration: Integration,
    billing: ClientBilling,
    products: Mapping[str, Product],
    to_create: Collection[str] = (),
) -> WantedInvoice:
    """Return what is wanted.

    Args:
        integration: whose charges.
        billing: of the client.
        products: of the integration, by key.
        to_create: products that count as having no item yet, though they may have got one since.
    """
    lines = tuple(_with_item(integration, line, products, to_create) for line in billing.lines)
    dropped = tuple(member(row.charge, row.rule) for row in billing.dropped)
    return WantedInvoice(billing, lines, dropped, _basis(billing, lines, dropped))


def member(charge: Charge, rule: str = "") -> Member:
    """Return what is remembered of a charge."""
    return Member(charge.charge_id, charge.company, charge.product, charge.cost, charge.price, rule)


def _with_item(
    integration: Integration, line: InvoiceLine, products: Mapping[str, Product], to_create: Collection[str]
) -> WantedLine:
    key = line.product_key or _main_product(line.members)
    if not line.product_key:
        mapped = {_mapped(products.get(product_key(charge))) for charge in line.members}
        if len(mapped) == 1 and None not in mapped and key not in to_create:
            return WantedLine(line, key, mapped.pop(), open=False)
        if integration.default_item_id is not None:
            return WantedLine(line, key, HaloItem(integration.default_item_id, integration.default_item), open=False)
    product = products.get(key) or Product(key, line.product, "", 0, "", "")
    if key in to_create and product.item_id is not None:
        return WantedLine(line, key, None, open=False)
    how = treatment(integration, product)
    if how is Treatment.MAPPED:
        return WantedLine(line, key, _mapped(product), open=False)
    if how is Treatment.DEFAULT and integration.default_item_id is not None:
        return WantedLine(line, key, HaloItem(integration.default_item_id, integration.default_item), open=False)
    return WantedLine(line, key, None, open=how is Treatment.OPEN)


def _mapped(product: Product | None) -> HaloItem | None:
    if product is None or product.item_id is None:
        return None
    return HaloItem(product.item_id, product.item)


def _main_product(members: Sequence[Charge]) -> str:
    """Return the product that costs most of all."""
    costs: dict[str, Decimal] = {}
    for charge in members:
        costs[product_key(charge)] = costs.get(product_key(charge), Decimal(0)) + charge.cost
    return min(costs, key=lambda key: (-costs[key], key))


def _basis(billing: ClientBilling, lines: Sequence[WantedLine], dropped: Sequence[Member]) -> str:
    settings = billing.client.settings
    rows = [
        [
            *(wanted.line.key, wanted.line.recurring_key, wanted.line.description, wanted.line.currency),
            *(wanted.product_key, wanted.item.item_id if wanted.item else None, wanted.open),
            *map(str, (wanted.line.quantity, wanted.line.unit_price, wanted.line.price, wanted.line.cost)),
            [_member_row(member(charge)) for charge in wanted.line.members],
        ]
        for wanted in lines
    ]
    whole = [
        billing.client.client_id,
        billing.client.gone,
        billing.settings.excluded,
        billing.settings.assignment,
        settings.target(billing.settings.assignment),
        rows,
        [_member_row(row) for row in dropped],
        [problem.charge.charge_id for problem in billing.problems],
    ]
    return sha256(json.dumps(whole, ensure_ascii=True).encode()).hexdigest()


def _member_row(row: Member) -> list[str]:
    return [row.charge_id, row.company, row.product, str(row.cost), str(row.price), row.rule]
