"""What happened, as lists for people: batches of changes, refresh runs, and who was active."""

import json
from datetime import UTC

from billingbot.domain.decision import SETUP, Entity
from billingbot.domain.history import ActivityFilter, Batch
from billingbot.store import changes
from billingbot.store.engine import Transaction
from billingbot.store.statements import like_pattern, statement
from billingbot.store.undone import newest_undos, undone_by

_BATCHES = statement("batches")
_ACTIONS = """
select batch, action, count(*)
from audit
where batch in (select unnest(cast($1 as varchar[])))
and entity in (
    'mapping', 'rejected_pair', 'client_settings', 'integration', 'credential', 'product_mapping', 'user'
)
group by batch, action
order by batch, min(audit_id)
"""
_INTEGRATIONS = """
select coalesce(integration, entity_key)
from audit
where entity in ('mapping', 'rejected_pair', 'client_settings', 'integration', 'credential', 'product_mapping')
union
select integration from refresh_run
"""
_ACTORS = """
select actor from audit
union
select actor from refresh_run
"""


def batches(tx: Transaction, wanted: ActivityFilter, limit: int) -> list[Batch]:
    """Return the batches in which anything is as wanted, newest first."""
    pattern, named = like_pattern(wanted.text), list(wanted.batches) or None
    found = tx.rows(_BATCHES, (wanted.integration, wanted.actor, wanted.since, pattern, named, limit))
    actions = _actions(tx, [row[0] for row in found])
    newest = newest_undos(tx)
    return [
        Batch(
            batch=batch,
            integration=integration,
            actor=actor,
            at=at.astimezone(UTC),
            actions=actions[batch],
            clients=clients,
            client=client,
            undoes=undoes,
            undone_by=undone_by(newest, batch),
            setup=Entity(entity) if entity in SETUP else None,
            subject=_subject(Entity(entity), integration, entity_key, fields),
        )
        for batch, integration, actor, at, clients, client, undoes, entity, entity_key, fields in found
    ]


def actors(tx: Transaction) -> list[str]:
    """Return everybody who has changed anything, by name, whatever its case."""
    return sorted((row[0] for row in tx.rows(_ACTORS)), key=lambda actor: (actor.lower(), actor))


def changed_integrations(tx: Transaction) -> list[str]:
    """Return the keys of the integrations that anything is recorded of, and "halo" for HaloPSA."""
    return sorted(row[0] for row in tx.rows(_INTEGRATIONS))


def _subject(entity: Entity, integration: str, entity_key: str, fields: str | None) -> str:
    subject = changes.subject_of(entity, integration, entity_key)
    if entity not in (Entity.PRODUCT_MAPPING, Entity.USER) or fields is None:
        return subject
    return str(json.loads(fields).get("name") or subject)


def _actions(tx: Transaction, found: list[str]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {batch: {} for batch in found}
    for batch, action, count in tx.rows(_ACTIONS, (found,)):
        counts[batch][action] = count
    return counts
