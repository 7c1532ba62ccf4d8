"""Undoing which HaloPSA items products are: all of a batch, or what of it is still as it was left."""

from collections.abc import Mapping, Sequence
from typing import Any

from billingbot.domain.decision import Action, Change, Stamp
from billingbot.domain.history import Recorded
from billingbot.store import changes, products, setup_changes
from billingbot.store.decision_rules import by
from billingbot.store.engine import Transaction

_MAPPERS = """
select entity_key, actor
from audit
where audit_id in (
    select max(audit_id)
    from audit
    where entity = 'product_mapping'
    and integration = $1
    and entity_key in (select unnest(cast($2 as varchar[])))
    group by entity_key
)
"""


def take_back_products(
    tx: Transaction, newest_first: Sequence[Recorded], stamp: Stamp, partly: bool
) -> tuple[str, ...]:
    """Map the products of a batch as before, and return what had to be left, a sentence each.

    Raises:
        DecisionRefused: some product was mapped otherwise since, and not `partly`; or all were.
    """
    integration, batch = newest_first[0].integration, newest_first[0].batch
    mapped = products.mapped(tx, integration, [row.change.subject for row in newest_first])
    possible: list[Change] = []
    changed_since: list[Change] = []
    for row in newest_first:
        as_left = mapped.get(row.change.subject) == _item(row.change.after)
        (possible if as_left else changed_since).append(row.change)
    sentences = _sentences(tx, integration, changed_since)
    if sentences and not (partly and possible):
        raise setup_changes.refusal(sentences)
    products.write(tx, integration, [_reversed(change) for change in possible], stamp, batch)
    if sentences:
        changes.record_kept(tx, batch, sentences, stamp)
    return tuple(sentences)


def _reversed(change: Change) -> Change:
    action = Action.UNMAP if change.before is None else Action.MAP
    return Change(change.entity, action, None, None, change.after, change.before, change.subject)


def _item(fields: Mapping[str, Any] | None) -> tuple[int, str] | None:
    return None if fields is None else (fields["item_id"], fields["item"])


def _sentences(tx: Transaction, integration: str, changed_since: Sequence[Change]) -> list[str]:
    keys = [f"{integration}/{change.subject}" for change in changed_since]
    mappers = dict(tx.rows(_MAPPERS, (integration, keys))) if keys else {}
    return [
        f"The mapping of {(change.after or change.before or {}).get('name') or change.subject} "
        f"was changed {by(mappers.get(key, 'somebody'))} since."
        for key, change in zip(keys, changed_since, strict=True)
    ]
