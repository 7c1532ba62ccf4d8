"""Up to which number the events of each grid's outbox are done, so that none is carried out twice."""

from datetime import datetime, timedelta

from billingbot.store.engine import Transaction

_KEPT = timedelta(days=30)
"""How long an outbox that is not heard of is remembered; its page was closed long before."""


def acknowledged(tx: Transaction, boot: str) -> int:
    """Return the number of the last event that is done; 0 for none."""
    found = tx.rows("select number from outbox_ack where boot = $1", (boot,))
    return int(found[0][0]) if found else 0


def acknowledge(tx: Transaction, boot: str, number: int, now: datetime) -> None:
    """Remember that the events up to this one are done, and forget outboxes that are not heard of any more."""
    tx.execute("delete from outbox_ack where seen_at < $1", (now - _KEPT,))
    tx.execute(
        "insert into outbox_ack (boot, number, seen_at) values ($1, 0, $2) on conflict (boot) do nothing", (boot, now)
    )
    tx.execute("update outbox_ack set number = $1, seen_at = $2 where boot = $3 and number < $1", (number, now, boot))
