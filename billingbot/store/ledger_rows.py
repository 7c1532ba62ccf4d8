"""Entries of the ledger as rows of the tables, and back. Amounts travel as text, members as JSON, both exact."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from billingbot.domain.ledger import LedgerEntry, LedgerLine, SentState
from billingbot.domain.period import Period
from billingbot.domain.plan import Member, PlanAction
from billingbot.domain.target import TargetKind
from billingbot.errors import DomainError
from billingbot.store.amounts import is_exact


def entry_row(entry: LedgerEntry) -> tuple[object, ...]:
    """Return the parameters of `insert_ledger_entry`. Raises `DomainError` for an amount that is not kept exactly."""
    return (
        entry.entry_id,
        entry.integration,
        str(entry.period),
        entry.client_id,
        entry.client,
        entry.revision,
        entry.reference,
        entry.plan_hash,
        entry.action.value,
        entry.kind.value,
        entry.invoice_id,
        entry.invoice,
        entry.state.value,
        entry.currency,
        _amount(entry.client, entry.total),
        members_text(entry.dropped),
        entry.actor,
        entry.started_at,
        entry.ended_at,
        entry.error,
        sentences_text(entry.differences),
    )


def line_rows(entry: LedgerEntry) -> list[tuple[object, ...]]:
    """Return a row a line, without the entry's id. Raises `DomainError` for an amount that is not kept exactly."""
    return [
        (
            position,
            line.key,
            line.description,
            line.item_id,
            _amount(line.key, line.quantity),
            _amount(line.key, line.unit_price),
            _amount(line.key, line.unit_cost),
            _amount(line.key, line.price),
            _amount(line.key, line.cost),
            members_text(line.members),
        )
        for position, line in enumerate(entry.lines)
    ]


def entry_of(row: Sequence[Any], lines: Sequence[LedgerLine]) -> LedgerEntry:
    """Return the entry of a row of `ledger_entries`."""
    entry_id, integration, period, client_id, client, revision, reference, plan_hash, action, kind, *rest = row
    invoice_id, invoice, state, currency, total, dropped, actor, started_at, ended_at, error, differences = rest
    return LedgerEntry(
        entry_id=entry_id,
        integration=integration,
        period=Period.parse(period),
        client_id=client_id,
        client=client,
        revision=revision,
        reference=reference,
        plan_hash=plan_hash,
        action=PlanAction(action),
        kind=TargetKind(kind),
        invoice_id=invoice_id,
        invoice=invoice,
        state=SentState(state),
        currency=currency,
        total=total,
        lines=tuple(lines),
        dropped=_members(dropped),
        actor=actor,
        started_at=started_at.astimezone(UTC),
        ended_at=_utc(ended_at),
        error=error,
        differences=tuple(json.loads(differences)),
    )


def line_of(row: Sequence[Any]) -> LedgerLine:
    """Return the line of a row, from its key to its members."""
    key, description, item_id, quantity, unit_price, unit_cost, price, cost, members = row
    return LedgerLine(key, description, item_id, quantity, unit_price, unit_cost, price, cost, _members(members))


def members_text(members: Sequence[Member]) -> str:
    """Return them as the JSON text that the columns `members` and `dropped` hold, in ASCII, with amounts as texts."""
    return json.dumps(
        [[one.charge_id, one.company, one.product, str(one.cost), str(one.price), one.rule] for one in members]
    )


def sentences_text(sentences: Sequence[str]) -> str:
    """Return them as the JSON text that the column `differences` holds."""
    return json.dumps(list(sentences))


def _members(text: str) -> tuple[Member, ...]:
    return tuple(
        Member(charge_id, company, product, Decimal(cost), Decimal(price), rule)
        for charge_id, company, product, cost, price, rule in json.loads(text)
    )


def _amount(whose: str, amount: Decimal) -> str:
    if not is_exact(amount):
        raise DomainError(f"{whose} has the amount {amount:.30}, which cannot be kept exactly.")
    return f"{amount:f}"


def _utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(UTC)
