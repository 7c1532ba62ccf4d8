"""What a planned invoice becomes on its way: ledger entry, written lines, result."""

from datetime import datetime
from uuid import uuid4

from billingbot.domain.ledger import LedgerEntry, LedgerLine, SentState
from billingbot.domain.plan import LineChange, Plan, PlannedInvoice, PlannedLine
from billingbot.domain.sending import SendOutcome, SendResult
from billingbot.domain.target import WrittenLine


def ledger_entry(plan: Plan, planned: PlannedInvoice, revision: int, actor: str, now: datetime) -> LedgerEntry:
    """Return what is written down before the call."""
    return LedgerEntry(
        entry_id=uuid4().hex,
        integration=plan.integration,
        period=plan.period,
        client_id=planned.client_id,
        client=planned.client,
        revision=revision,
        reference=_reference(planned.reference, revision),
        plan_hash=plan.plan_hash,
        action=planned.action,
        kind=planned.kind,
        invoice_id=planned.target_id,
        invoice=planned.target,
        state=SentState.SENDING,
        currency=planned.currency,
        total=planned.total,
        lines=tuple(map(_ledger_line, planned.lines)),
        dropped=planned.dropped,
        actor=actor,
        started_at=now,
    )


def written_line(line: PlannedLine) -> WrittenLine:
    """Return what is written of the line. One that stays as it is is written as it is."""
    return WrittenLine(
        key=line.key,
        description=line.description,
        quantity=line.quantity,
        unit_price=line.unit_price,
        unit_cost=line.unit_cost,
        item_id=line.item_id,
        line_id=None if line.change is LineChange.ADD else line.line_id,
    )


def result_of(
    planned: PlannedInvoice,
    outcome: SendOutcome,
    sentence: str = "",
    invoice_id: int | None = None,
    differences: tuple[str, ...] = (),
) -> SendResult:
    """Return what came of the invoice."""
    return SendResult(
        planned.client_id,
        planned.client,
        outcome,
        sentence,
        planned.target_id if invoice_id is None else invoice_id,
        planned.target,
        planned.total,
        planned.currency,
        differences,
    )


def result_of_entry(outcome: SendOutcome, entry: LedgerEntry, sentence: str = "") -> SendResult:
    """Return what came of the invoice, as the ledger has it."""
    return SendResult(
        entry.client_id,
        entry.client,
        outcome,
        sentence,
        entry.invoice_id,
        entry.invoice,
        entry.total,
        entry.currency,
        entry.differences,
    )


def _reference(planned: str, revision: int) -> str:
    """Return the reference of a try: each has its own, so that whatever arrives late is told from what came after it.

    >>> _reference("BB-pax8-2026-11-1042-1", 3)
    'BB-pax8-2026-11-1042-3'
    """
    return f"{planned.rpartition('-')[0]}-{revision}"


def _ledger_line(line: PlannedLine) -> LedgerLine:
    return LedgerLine(
        key=line.key,
        description=line.description,
        item_id=line.item_id,
        quantity=line.quantity,
        unit_price=line.unit_price,
        unit_cost=line.unit_cost,
        price=line.price,
        cost=line.cost,
        members=line.members,
    )
