"""Configured integrations, as they are stored."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from billingbot.domain.integration import Assignment, Integration, Modifiers
from billingbot.errors import NotFound
from billingbot.store import audit, revision
from billingbot.store.engine import Transaction

_SELECT = """
select key, name, threshold, guards, assignment,
    drop_azure, collapse_azure, drop_favorable_prorates, drop_zero_dollar, version
from integration
"""
_INSERT = """
insert into integration (
    key, name, threshold, guards, assignment,
    drop_azure, collapse_azure, drop_favorable_prorates, drop_zero_dollar, version
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (key) do nothing
"""


def integration(tx: Transaction, key: str) -> Integration:
    """Return the integration, or raise `NotFound`."""
    found = tx.rows(f"{_SELECT} where key = $1", (key,))
    if not found:
        raise NotFound(f"There is no integration {key}.")
    return _integration(found[0])


def integrations(tx: Transaction) -> list[Integration]:
    """Return all of them by name, whatever its case, then key."""
    return [_integration(row) for row in tx.rows(f'{_SELECT} order by lower(name) collate "C", key collate "C"')]


def add(tx: Transaction, added: Integration, actor: str, now: datetime) -> None:
    """Store the integration; one with its key stays as it is."""
    modifiers = added.modifiers
    inserted = tx.execute(
        _INSERT,
        (
            added.key,
            added.name,
            added.threshold,
            added.guards,
            added.assignment.value,
            modifiers.drop_azure,
            modifiers.collapse_azure,
            modifiers.drop_favorable_prorates,
            modifiers.drop_zero_dollar,
            added.version,
        ),
    )
    if inserted:
        revision.count_up_all_rows(tx)
        audit.record(tx, _entry(added, actor, now))


def _entry(added: Integration, actor: str, now: datetime) -> audit.Entry:
    request_id = f"integration:{added.key}:add"
    return audit.Entry(
        request_id=request_id,
        batch=request_id,
        actor=actor,
        recorded_at=now,
        entity="integration",
        entity_key=added.key,
        action="add",
        before=None,
        after=asdict(added),
    )


def _integration(row: tuple[Any, ...]) -> Integration:
    key, name, threshold, guards, assignment, *modifiers, version = row
    return Integration(key, name, threshold, guards, Assignment(assignment), Modifiers(*modifiers), version)
