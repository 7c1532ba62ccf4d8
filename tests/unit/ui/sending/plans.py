"""Plans, entries and results in few words."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from billingbot.domain.integration import Assignment
from billingbot.domain.ledger import LedgerEntry, LedgerLine, SentState
from billingbot.domain.period import Period
from billingbot.domain.plan import LineChange, Member, Plan, PlanAction, PlannedInvoice, PlannedLine
from billingbot.domain.sending import SendOutcome, SendResult
from billingbot.domain.target import TargetKind

NOVEMBER = Period(2026, 11)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def member(charge_id: str, price: str = "10", rule: str = "") -> Member:
    return Member(charge_id, "Acme Ltd", "Office E3", Decimal(price) / 2, Decimal(price), rule)


def line(key: str, price: str = "10", change: LineChange = LineChange.ADD, **changes: Any) -> PlannedLine:
    """Return a line that one charge, called like the key, is behind."""
    return replace(
        PlannedLine(
            change=change,
            key=key,
            line_id=None,
            product_key="SKU-1",
            product="Office E3",
            item_id=101,
            item="Office",
            description=f"Office E3 {key}",
            quantity=Decimal("2.000000"),
            unit_price=Decimal(price) / 2,
            unit_cost=Decimal(price) / 4,
            price=Decimal(price),
            cost=Decimal(price) / 2,
            members=(member(f"charge-{key}", price),),
        ),
        **changes,
    )


def invoice(
    client_id: int, *lines: PlannedLine, action: PlanAction = PlanAction.CREATE, **changes: Any
) -> PlannedInvoice:
    return replace(
        PlannedInvoice(
            client_id=client_id,
            client=f"Client {client_id}",
            action=action,
            assignment=Assignment.NEW,
            kind=TargetKind.INVOICE,
            target_id=None,
            target="",
            reference=f"BB-pax8-2026-11-{client_id}-1",
            currency="USD",
            lines=lines,
            dropped=(),
            asks=(),
            refusal="",
            notes=(),
            fingerprint="",
            basis="b",
            revision=0,
        ),
        **changes,
    )


def refused(client_id: int, sentence: str) -> PlannedInvoice:
    return invoice(client_id, action=PlanAction.REFUSED, refusal=sentence, currency="")


def plan(*invoices: PlannedInvoice) -> Plan:
    return Plan("0123456789abcdef", "pax8", NOVEMBER, invoices, "ann", NOON)


def entry(entry_id: str, *lines: LedgerLine, **changes: Any) -> LedgerEntry:
    return replace(
        LedgerEntry(
            entry_id=entry_id,
            integration="pax8",
            period=NOVEMBER,
            client_id=7,
            client="Client 7",
            revision=1,
            reference="BB-pax8-2026-11-7-1",
            plan_hash="0123456789abcdef",
            action=PlanAction.CREATE,
            kind=TargetKind.INVOICE,
            invoice_id=12,
            invoice="INV-0012",
            state=SentState.SENT,
            currency="USD",
            total=sum((one.price for one in lines), Decimal(0)),
            lines=lines,
            dropped=(),
            actor="ann",
            started_at=NOON,
            ended_at=NOON,
        ),
        **changes,
    )


def ledger_line(key: str, price: str = "10", *members: Member) -> LedgerLine:
    amount = Decimal(price)
    return LedgerLine(key, f"Office E3 {key}", 101, Decimal(1), amount, amount / 2, amount, amount / 2, members)


def result(client_id: int, outcome: SendOutcome, price: str = "0", **changes: Any) -> SendResult:
    return SendResult(client_id, f"Client {client_id}", outcome, total=Decimal(price), currency="USD", **changes)
