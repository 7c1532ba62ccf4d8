"""Entries of the ledger in few words."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from billingbot.domain.ledger import LedgerEntry, LedgerLine, SendLease, SentState
from billingbot.domain.plan import Member, PlanAction
from billingbot.domain.target import TargetKind
from billingbot.store import DatabaseStore
from tests.unit.store.refreshes import NOON
from tests.unit.store.statements import NOVEMBER

MEMBER = Member("ch-1", "Acme", "Office E3", Decimal("7.50"), Decimal("9.99"))
DROPPED = Member("ch-2", "Acme", "Azure", Decimal("0.0000000001"), Decimal("-3"), "Drop Azure Lines")
LINE = LedgerLine(
    key="BB-pax8-2026-11-aa",
    description="Office E3",
    item_id=7,
    quantity=Decimal(3),
    unit_price=Decimal("3.33"),
    unit_cost=Decimal("2.5"),
    price=Decimal("9.99"),
    cost=Decimal("7.50"),
    members=(MEMBER,),
)
_PLAIN = LedgerEntry(
    entry_id="",
    integration="pax8",
    period=NOVEMBER,
    client_id=1,
    client="Client 1",
    revision=1,
    reference="BB-pax8-2026-11-1-1",
    plan_hash="cafe",
    action=PlanAction.CREATE,
    kind=TargetKind.INVOICE,
    invoice_id=None,
    invoice="",
    state=SentState.SENDING,
    currency="USD",
    total=Decimal("9.99"),
    lines=(LINE,),
    dropped=(DROPPED,),
    actor="ann",
    started_at=NOON,
)


def entry(entry_id: str, client_id: int = 1, revision: int = 1, **changes: Any) -> LedgerEntry:
    """Return a plain entry with changes, for November of pax8."""
    return replace(_PLAIN, entry_id=entry_id, client_id=client_id, revision=revision, **changes)


def sent(
    store: DatabaseStore, lease: SendLease, one: LedgerEntry, state: SentState = SentState.SENT, invoice_id: int = 900
) -> LedgerEntry:
    """Begin the entry and end it; return it as it is then."""
    store.begin_entry(one, lease)
    store.end_entry(one.entry_id, lease, state, NOON, invoice_id=invoice_id, invoice=f"INV-{invoice_id}")
    return replace(one, state=state, invoice_id=invoice_id, invoice=f"INV-{invoice_id}", ended_at=NOON)
