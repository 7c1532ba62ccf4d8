"""The record of what happened: who, when, what, before and after. Rows are only ever added."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from billingbot.store.engine import Transaction

AUTO = "auto"
"""The actor of what the machine decides."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change. `request_id` is unique, so that a change that is asked for twice happens once.

    `batch` ties together what is undone together. `before` and `after` hold the fields that changed; None is no row.
    """

    request_id: str
    batch: str
    actor: str
    recorded_at: datetime
    entity: str
    entity_key: str
    action: str
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
    reason: str = ""


def record(tx: Transaction, entry: Entry) -> None:
    """Add the entry."""
    tx.execute(
        "insert into audit"
        " (request_id, batch, actor, recorded_at, entity, entity_key, action, before, after, reason)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        (
            entry.request_id,
            entry.batch,
            entry.actor,
            entry.recorded_at,
            entry.entity,
            entry.entity_key,
            entry.action,
            fields_text(entry.before),
            fields_text(entry.after),
            entry.reason,
        ),
    )


def fields_text(fields: Mapping[str, object] | None) -> str | None:
    """Return the fields as the JSON text that the columns `before` and `after` hold."""
    return None if fields is None else json.dumps(fields, ensure_ascii=False, allow_nan=False)
