"""The right to write for a job: one lease a name, for a limited time, by the database's clock.

It is the time at which the lease is given, not at which the transaction began: it may have waited for its turn since.
Each new owner gets a greater token. Whoever writes under a lease proves owner and token in the same transaction, so
that a process that slept through the end of its lease cannot write after another one took over. An expired lease that
nobody took still counts: its token proves that nothing came in between.
"""

from datetime import timedelta

from billingbot.store.engine import Transaction

_TAKE = """
update lease
set owner = $1, token = token + 1, expires_at = $2
where name = $3
and (owner is null or expires_at <= $4)
"""
_CREATE = """
insert into lease (name, owner, token, expires_at)
values ($1, $2, 1, $3)
on conflict (name) do nothing
"""
_HOLD = "update lease set token = token where name = $1 and owner = $2 and token = $3"
_EXTEND = "update lease set expires_at = $1 where name = $2 and owner = $3"
_RELEASE = "update lease set owner = null, expires_at = null where name = $1 and owner = $2"


def take(tx: Transaction, name: str, owner: str, duration: timedelta) -> tuple[str, int]:
    """Give the lease to the owner unless another one holds it; return who holds it then, and the token."""
    now = tx.clock()
    if not tx.execute(_TAKE, (owner, now + duration, name, now)):
        tx.execute(_CREATE, (name, owner, now + duration))
    [(holder, token)] = tx.rows("select owner, token from lease where name = $1", (name,))
    return str(holder), int(token)


def held(tx: Transaction, name: str, owner: str, token: int) -> bool:
    """Say whether it is the owner's by this token; of this transaction and one that takes it, one conflicts."""
    return tx.execute(_HOLD, (name, owner, token)) > 0


def extend(tx: Transaction, name: str, owner: str, duration: timedelta) -> None:
    """Let the lease end after `duration` from now, if it is the owner's."""
    tx.execute(_EXTEND, (tx.clock() + duration, name, owner))


def release(tx: Transaction, name: str, owner: str) -> None:
    """Give the lease back, if it is the owner's; the token stays, so that the next one is greater."""
    tx.execute(_RELEASE, (name, owner))
