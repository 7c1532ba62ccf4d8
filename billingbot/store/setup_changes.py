"""Changes of what is set up (integrations, credentials, product mappings, users) in the audit trail."""

from collections.abc import Mapping, Sequence

from billingbot.domain.decision import Stamp
from billingbot.errors import Clash, DecisionRefused
from billingbot.store import audit, revision
from billingbot.store.engine import Transaction

_ABOUT_NO_CLIENT = 0
_INSERT = """
insert into audit (
    request_id, batch, actor, recorded_at, entity, entity_key, action, before, after, reason,
    integration, revision, undoes
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
"""


def refusal(sentences: Sequence[str]) -> DecisionRefused:
    """Return the error that says why what is set up stays as it is, a sentence or more."""
    return DecisionRefused([Clash(_ABOUT_NO_CLIENT, sentence) for sentence in sentences])


def carried_out(tx: Transaction, stamp: Stamp) -> bool:
    """Say whether the request was carried out before."""
    return bool(tx.rows("select 1 from audit where batch = $1 limit 1", (stamp.request_id,)))


def record(
    tx: Transaction,
    stamp: Stamp,
    entity: str,
    entity_key: str,
    action: str,
    before: Mapping[str, object] | None,
    after: Mapping[str, object] | None,
    *,
    integration: str,
    number: int = 0,
    undoes: str | None = None,
) -> None:
    """Add an audit row of the stamp's batch, and count the revision up. No value of a secret may be in it.

    Args:
        tx: the transaction of the change.
        stamp: who, when, why.
        entity: `integration`, `credential`, `product_mapping`, `user`.
        entity_key: the row's key; of several parts, joined by "/".
        action: an `Action`'s value.
        before: the fields that changed, as they were; None: there was no row.
        after: the same fields as they are; None: there is no row any more.
        integration: whose; "halo" for HaloPSA, "BillingBot" for users.
        number: its place in the batch, from 0.
        undoes: the batch that it takes back.
    """
    row = (
        f"{stamp.request_id}:{number}",
        stamp.request_id,
        stamp.actor,
        stamp.at,
        entity,
        entity_key,
        action,
        audit.fields_text(before),
        audit.fields_text(after),
        stamp.reason,
        integration,
        revision.count_up(tx),
        undoes,
    )
    tx.execute(_INSERT, row)
