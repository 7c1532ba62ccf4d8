"""A table with one number, which writers count up."""

from billingbot.store.engine import Transaction

COUNTER = "create table counter (value bigint); insert into counter values (0)"


def increment(tx: Transaction) -> None:
    """Read the number, then write the next one: what is lost unless snapshots conflict."""
    [(value,)] = tx.rows("select value from counter")
    tx.execute("update counter set value = $1", (value + 1,))
