"""Configured integrations, as they are stored. One that was removed keeps its row, its mappings and its rules."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from billingbot.domain.decision import Stamp
from billingbot.domain.integration import Assignment, Integration, Modifiers
from billingbot.domain.product import ProductMode
from billingbot.errors import NotFound
from billingbot.store import audit, revision, setup_changes
from billingbot.store.engine import Transaction

_SELECT = """
select key, name, threshold, guards, assignment,
    drop_azure, collapse_azure, drop_favorable_prorates, drop_zero_dollar, version,
    refresh_at, product_mode, default_item_id, default_item
from integration
"""
_IN_USE = "removed_at is null"
_HOLD = "update integration set version = version where key = $1 and removed_at is null"
_BY_NAME = 'order by lower(name) collate "C", key collate "C"'
_INSERT = """
insert into integration (
    key, name, threshold, guards, assignment,
    drop_azure, collapse_azure, drop_favorable_prorates, drop_zero_dollar, version
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (key) do nothing
"""
_REMOVED = """
select key, (select count(*) from mapping where mapping.integration = integration.key)
from integration
where removed_at is not null
order by key collate "C"
"""


def integration(tx: Transaction, key: str) -> Integration:
    """Return the integration that is in use, or raise `NotFound`."""
    return _one(tx, key, f"where key = $1 and {_IN_USE}")


def kept_integration(tx: Transaction, key: str) -> Integration:
    """Return the integration, also when it was removed, or raise `NotFound`."""
    return _one(tx, key, "where key = $1")


def removed_integration(tx: Transaction, key: str) -> Integration:
    """Return the integration that was removed, or raise `NotFound`."""
    return _one(tx, key, "where key = $1 and removed_at is not null")


def integrations(tx: Transaction) -> list[Integration]:
    """Return those in use by name, whatever its case, then key."""
    return [_integration(row) for row in tx.rows(f"{_SELECT} where {_IN_USE} {_BY_NAME}")]


def removed_integrations(tx: Transaction) -> dict[str, int]:
    """Return the keys of those that were removed, and how many mappings of each are kept."""
    return dict(tx.rows(_REMOVED))


def hold_in_use(tx: Transaction, key: str) -> None:
    """Raise `NotFound` unless the integration is in use; of this transaction and one that removes it, one conflicts."""
    if not tx.execute(_HOLD, (key,)):
        raise NotFound(f"There is no integration {key}.")


def add(tx: Transaction, added: Integration, actor: str, now: datetime) -> None:
    """Store the integration. One with its key stays as it is, and is in use again when it was removed."""
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
    else:
        _restore_removed(tx, added.key, actor, now)


def set_in_use(tx: Transaction, key: str, in_use: bool, now: datetime) -> None:
    """Take the integration out of use, or back into it: then what was due meanwhile is not made up for."""
    if in_use:
        tx.execute("update integration set removed_at = null, refresh_set_at = $1 where key = $2", (now, key))
    else:
        tx.execute("update integration set removed_at = $1 where key = $2", (now, key))
    tx.execute("update integration set version = version + 1 where key = $1", (key,))
    revision.count_up_all_rows(tx)


def in_use_fields(in_use: bool) -> Mapping[str, object]:
    """Return how the audit trail says whether an integration is in use."""
    return {"in_use": in_use}


def _restore_removed(tx: Transaction, key: str, actor: str, now: datetime) -> None:
    found = tx.rows("select version from integration where key = $1 and removed_at is not null", (key,))
    for (version,) in found:
        stamp = Stamp(f"integration:{key}:restore:{version}", actor, now)
        set_in_use(tx, key, True, now)
        before, after = in_use_fields(False), in_use_fields(True)
        setup_changes.record(tx, stamp, "integration", key, "restore", before, after, integration=key)


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


def _one(tx: Transaction, key: str, where: str) -> Integration:
    found = tx.rows(f"{_SELECT} {where}", (key,))
    if not found:
        raise NotFound(f"There is no integration {key}.")
    return _integration(found[0])


def _integration(row: tuple[Any, ...]) -> Integration:
    key, name, threshold, guards, assignment, *modifiers, version, refresh_at, mode, item_id, item = row
    return Integration(
        key,
        name,
        threshold,
        guards,
        Assignment(assignment),
        Modifiers(*modifiers),
        version,
        refresh_at,
        ProductMode(mode),
        item_id,
        item,
    )
