"""What HaloPSA would get of a period's charges: decided before anything is sent, and frozen under a hash."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from billingbot.domain.integration import Assignment
from billingbot.domain.period import Period
from billingbot.domain.target import TargetKind


class PlanAction(StrEnum):
    """What is done for a client, as the page says it."""

    CREATE = "Create"
    APPEND = "Append"
    UPDATE = "Update"
    UNCHANGED = "Unchanged"
    REFUSED = "Refused"


WRITES = frozenset({PlanAction.CREATE, PlanAction.APPEND, PlanAction.UPDATE})
"""The actions that write to HaloPSA."""


class LineChange(StrEnum):
    """What is done to a line, as the page says it. `REMOVE` writes it with quantity 0."""

    ADD = "Add"
    CHANGE = "Change"
    KEEP = "Keep"
    REMOVE = "Remove"


@dataclass(frozen=True, slots=True)
class Member:
    """A charge behind a line, or one that a rule dropped (`rule`, else ""), as it was when the plan was made."""

    charge_id: str
    company: str
    product: str
    cost: Decimal
    price: Decimal
    rule: str = ""


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line of a planned invoice. Amounts are in the currency of the invoice.

    `key` is what it is found again by in HaloPSA, `BB-…`. `line_id` is the line there that it takes the place of.
    `item_id` is None where the item is created at sending, and on a line that is taken back. `was` says in words what
    is in HaloPSA now, where that differs.
    """

    change: LineChange
    key: str
    line_id: int | None
    product_key: str
    product: str
    item_id: int | None
    item: str
    description: str
    quantity: Decimal
    unit_price: Decimal
    unit_cost: Decimal
    price: Decimal
    cost: Decimal
    members: tuple[Member, ...]
    was: str = ""


@dataclass(frozen=True, slots=True)
class PlannedInvoice:
    """What one client's charges become.

    Args:
        client_id: whose.
        client: the name of then.
        action: see `PlanAction`.
        assignment: the effective one of then.
        kind: what is written to.
        target_id: which one; None for one that is created, or where there is none.
        target: it in words: `INV-001234`.
        reference: unique: how the invoice is found again, `BB-pax8-2026-11-1042-1`.
        currency: of all lines.
        lines: all of them, also those that stay as they are.
        dropped: the charges that rules keep off it.
        asks: sentences to be agreed to before it is sent: above a cap, changed by somebody in HaloPSA.
        refusal: why it is refused, a sentence; "" when it is not.
        notes: sentences worth reading: charges that wait for review.
        fingerprint: of the target as it was; "" where there is none.
        basis: a hash of what it rests on in BillingBot: charges, rules, items, assignment.
        revision: that of the ledger's newest entry for the client and period when it was planned; 0 for none.
    """

    client_id: int
    client: str
    action: PlanAction
    assignment: Assignment
    kind: TargetKind
    target_id: int | None
    target: str
    reference: str
    currency: str
    lines: tuple[PlannedLine, ...]
    dropped: tuple[Member, ...]
    asks: tuple[str, ...]
    refusal: str
    notes: tuple[str, ...]
    fingerprint: str
    basis: str
    revision: int

    @property
    def writes(self) -> bool:
        """Say whether anything is written to HaloPSA."""
        return self.action in WRITES

    @property
    def total(self) -> Decimal:
        """Return what the client pays for the lines."""
        return sum((line.price for line in self.lines), Decimal(0))

    @property
    def cost(self) -> Decimal:
        """Return what the MSP pays for the lines."""
        return sum((line.cost for line in self.lines), Decimal(0))

    def count(self, change: LineChange) -> int:
        """Return how many lines are so changed."""
        return sum(line.change is change for line in self.lines)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is sent for the chosen clients, in the order of their names. The hash is of everything but who and when."""

    plan_hash: str
    integration: str
    period: Period
    invoices: tuple[PlannedInvoice, ...]
    actor: str
    made_at: datetime

    def totals(self) -> dict[str, Decimal]:
        """Return what the clients pay on the invoices that are written, by currency, in the order of the currencies."""
        sums: dict[str, Decimal] = {}
        for invoice in self.invoices:
            if invoice.writes:
                sums[invoice.currency] = sums.get(invoice.currency, Decimal(0)) + invoice.total
        return dict(sorted(sums.items()))


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan as the database has it: its text, as `jobs.plan_text` writes it."""

    plan_hash: str
    integration: str
    period: Period
    text: str
    actor: str
    made_at: datetime
