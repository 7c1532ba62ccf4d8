"""Changes of decisions as the audit trail holds them: written in one statement, read back as they were."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any

from billingbot.domain.decision import SETUP, Action, Change, Entity, Stamp
from billingbot.domain.history import Recorded
from billingbot.store import audit
from billingbot.store.engine import Transaction
from billingbot.store.statements import columns, statement

_INSERT = statement("insert_changes")
_SELECT = statement("changes")


def record(
    tx: Transaction, integration: str, changes: Sequence[Change], stamp: Stamp, revision: int, undoes: str | None = None
) -> None:
    """Add an audit row for each of the changes, of which there is at least one, in their order, as one batch.

    The reason is the stamp's, or the changed row's own when the stamp has none.
    """
    rows = [
        (
            f"{stamp.request_id}:{number}",
            change.entity.value,
            _entity_key(integration, change),
            change.action.value,
            change.client_id,
            change.company_id,
            audit.fields_text(change.before),
            audit.fields_text(change.after),
            stamp.reason or (change.after or {}).get("reason", ""),
        )
        for number, change in enumerate(changes)
    ]
    shared = (stamp.request_id, stamp.actor, stamp.at, integration, revision, undoes)
    tx.execute(_INSERT, (*shared, *columns(rows)))


def record_kept(tx: Transaction, batch: str, kept: Sequence[str], stamp: Stamp) -> None:
    """Remember what an undo of the batch had to leave, so that the same request has the same answer again."""
    entry = audit.Entry(
        request_id=f"{stamp.request_id}:kept",
        batch=stamp.request_id,
        actor=stamp.actor,
        recorded_at=stamp.at,
        entity="undo",
        entity_key=batch,
        action="keep",
        before=None,
        after={"kept": list(kept)},
    )
    audit.record(tx, entry)


def kept_by(tx: Transaction, batch: str) -> tuple[str, ...]:
    """Return what the undo that this batch is had to leave."""
    found = tx.rows("select after from audit where batch = $1 and entity = 'undo'", (batch,))
    return tuple(sentence for (after,) in found for sentence in json.loads(after)["kept"])


def of_batch(tx: Transaction, batch: str, limit: int | None = None) -> list[Recorded]:
    """Return the changes of the batch in their order, or the first of them; none when there is no such batch."""
    sql = f"{_SELECT} and audit.batch = $1 order by audit.audit_id limit cast($2 as bigint)"
    return [_recorded(row) for row in tx.rows(sql, (batch, limit))]


def of_client(tx: Transaction, integration: str, client_id: int, limit: int) -> list[Recorded]:
    """Return the last changes of what is decided about the client, newest first."""
    wanted = "and audit.integration = $1 and audit.client_id = $2"
    sql = f"{_SELECT} {wanted} order by audit.audit_id desc limit cast($3 as bigint)"
    return [_recorded(row) for row in tx.rows(sql, (integration, client_id, limit))]


def subject_of(entity: Entity, integration: str, entity_key: str) -> str:
    """Return what of an entity's key a change of it is about, see `Change`; "" for decisions about clients."""
    if entity is Entity.PRODUCT_MAPPING:
        return entity_key.removeprefix(f"{integration}/")
    return entity_key if entity in SETUP else ""


def fields(text: str | None) -> Mapping[str, object] | None:
    """Return the fields that the JSON text of `before` or `after` holds; None for no row."""
    return None if text is None else json.loads(text)


def _entity_key(integration: str, change: Change) -> str:
    match change.entity:
        case Entity.MAPPING:
            return f"{integration}/{change.company_id}"
        case Entity.REJECTED_PAIR:
            return f"{integration}/{change.company_id}/{change.client_id}"
        case Entity.CLIENT_SETTINGS:
            return f"{integration}/{change.client_id}"
        case Entity.PRODUCT_MAPPING:
            return f"{integration}/{change.subject}"
        case Entity.INTEGRATION | Entity.CREDENTIAL | Entity.USER:
            return change.subject


def _recorded(row: tuple[Any, ...]) -> Recorded:
    audit_id, batch, integration, actor, recorded_at, *changed, client, company, reason = row
    entity, action, client_id, company_id, before, after, entity_key = changed
    subject = subject_of(Entity(entity), integration, entity_key)
    change = Change(Entity(entity), Action(action), client_id, company_id, fields(before), fields(after), subject)
    at = recorded_at.astimezone(UTC)
    return Recorded(audit_id, batch, integration, actor, at, change, client, company, reason)
