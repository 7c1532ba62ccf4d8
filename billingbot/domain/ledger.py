"""The ledger: what was sent to HaloPSA, written down before each call."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from billingbot.domain.period import Period
from billingbot.domain.plan import Member, PlanAction
from billingbot.domain.target import TargetKind


class SentState(StrEnum):
    """How far an entry is, as the database has it.

    `sending`: written down, and the call was made or not; `unknown`: its answer was lost, and HaloPSA did not have it
    when it was looked up; `failed`: it is sure that nothing arrived.
    """

    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"


OPEN = frozenset({SentState.SENDING, SentState.UNKNOWN})
"""States in which HaloPSA has to be read before anything is sent again."""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line as it was sent, with the charges behind it. A line that was taken back has quantity 0 and no members."""

    key: str
    description: str
    item_id: int | None
    quantity: Decimal
    unit_price: Decimal
    unit_cost: Decimal
    price: Decimal
    cost: Decimal
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One sending of one client's charges.

    `revision` counts the entries of integration, period and client from 1. `invoice_id` is HaloPSA's id of what was
    written, known from the start unless it is created. `lines` are all of ours on it afterwards, `dropped` the charges
    that rules kept off. `differences` are sentences about what HaloPSA made of it, read back. `total` is the sum of the
    lines' prices.
    """

    entry_id: str
    integration: str
    period: Period
    client_id: int
    client: str
    revision: int
    reference: str
    plan_hash: str
    action: PlanAction
    kind: TargetKind
    invoice_id: int | None
    invoice: str
    state: SentState
    currency: str
    total: Decimal
    lines: tuple[LedgerLine, ...]
    dropped: tuple[Member, ...]
    actor: str
    started_at: datetime
    ended_at: datetime | None = None
    error: str = ""
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SendLease:
    """The right to send for an integration. `owner` is the sending's id; `token` proves that nobody came between."""

    integration: str
    owner: str
    token: int
