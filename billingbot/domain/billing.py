"""What becomes of charges under the rules: invoice lines, what a rule dropped, and what cannot be billed yet.

Nothing disappears: charges in = members of lines + dropped by a named rule + problems, in count and in money.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from billingbot.domain.account import BilledClient
from billingbot.domain.charge import Charge
from billingbot.domain.integration import Assignment, Modifiers
from billingbot.domain.period import Period


class Rule(StrEnum):
    """What drops a charge, in the order in which the rules are asked, as the page calls them."""

    DO_NOT_INVOICE = "Do Not Invoice"
    DROP_AZURE = "Drop Azure Lines"
    DROP_FAVORABLE_PRORATES = "Drop Favorable Prorates"
    DROP_ZERO_DOLLAR = "Drop Zero Dollar Lines"


class Obstacle(StrEnum):
    """Why a charge cannot be billed yet, as the page says it."""

    NO_COMPANY = "The charge names no company"
    NO_CLIENT = "Its company has no client"
    REVIEW = "Its company's client waits for review"
    COMPANY_GONE = "Its company is gone at the distributor"
    CLIENT_GONE = "Its client is gone in HaloPSA"


class Source(StrEnum):
    """Who said how a client is billed."""

    INTEGRATION = "integration"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class EffectiveSettings:
    """How a client is billed, and who said so. `modifiers` all come from the same source."""

    modifiers: Modifiers
    modifiers_from: Source
    assignment: Assignment
    assignment_from: Source
    excluded: bool


@dataclass(frozen=True, slots=True)
class Dropped:
    """A charge that a rule keeps off the invoice."""

    charge: Charge
    rule: Rule


@dataclass(frozen=True, slots=True)
class Problem:
    """A charge that cannot be billed yet."""

    charge: Charge
    obstacle: Obstacle


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """What goes to HaloPSA for one charge, or for all Azure charges in a currency. Rounded once, here.

    Args:
        key: tells it from every other line of the integration and period: the same charge has the same key whenever it
            is billed again. At most 40 characters of `[A-Za-z0-9._-]`.
        recurring_key: tells it from every other line of the integration in any period, and is that of the same
            subscription's line a month later. As long.
        product_key: that of the product (`Product.key`); "" for collapsed lines of several products.
        product: its name.
        description: what the client reads.
        quantity: `quantity` x `unit_price`, rounded to the currency's decimals, is `price`.
        unit_price: what the client pays a unit.
        unit_cost: what the MSP pays a unit; rounded to 6 decimals.
        price: what the client pays, rounded half up to the decimals of the currency.
        cost: what the MSP pays, rounded likewise.
        currency: ISO 4217, upper case.
        members: the charges, whose exact sums `price` and `cost` round; one, unless the line is collapsed.
        collapsed: whether it stands for all Azure charges.
    """

    key: str
    recurring_key: str
    product_key: str
    product: str
    description: str
    quantity: Decimal
    unit_price: Decimal
    unit_cost: Decimal
    price: Decimal
    cost: Decimal
    currency: str
    members: tuple[Charge, ...]
    collapsed: bool = False


@dataclass(frozen=True, slots=True)
class ClientBilling:
    """What a client is billed for a period. Lines are in the order of the charges' ids, collapsed ones last.

    `problems` are charges of its companies that cannot be billed yet.
    """

    client: BilledClient
    settings: EffectiveSettings
    lines: tuple[InvoiceLine, ...]
    dropped: tuple[Dropped, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Unassigned:
    """A company with charges and no client; `company_id` is "" for charges that name none. Its charges are problems."""

    company_id: str
    company: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Billing:
    """Everything that an integration charges for a period, under the rules.

    `clients` are those with charges, by name and id; `unassigned` by price, most first, then by company id.
    """

    integration: str
    period: Period
    clients: tuple[ClientBilling, ...]
    unassigned: tuple[Unassigned, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """Some charges or lines: how many, and their exact sums in one currency."""

    count: int
    cost: Decimal
    price: Decimal


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """One step from what came in to what goes out, by currency; what a rule drops is counted positive."""

    name: str
    amounts: Mapping[str, Amount]
