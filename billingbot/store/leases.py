"""The right to write for a refresh: one lease an integration, for a limited time, by the database's clock.

Each new owner gets a greater token. Whoever writes under a lease proves owner and token in the same transaction, so
that a process that slept through the end of its lease cannot write after another one took over.
"""

from datetime import timedelta

from billingbot.errors import RefreshRunning, RefreshStopped
from billingbot.store.engine import Transaction

_TAKE = """
update lease
set owner = $1, token = token + 1, expires_at = current_timestamp + cast($2 as interval)
where name = $3
and (owner is null or expires_at <= current_timestamp)
"""
_CREATE = """
insert into lease (name, owner, token, expires_at)
values ($1, $2, 1, current_timestamp + cast($3 as interval))
on conflict (name) do nothing
"""
_HELD = """
select 1
from refresh_run
join lease on lease.name = 'refresh:' || refresh_run.integration
where refresh_run.run_id = $1
and refresh_run.state = 'running'
and lease.owner = refresh_run.run_id
and lease.token = $2
"""


def take(tx: Transaction, integration: str, run_id: str, duration: timedelta) -> int:
    """Give the integration's lease to the run, and return its token; raise `RefreshRunning` while another holds it."""
    name = f"refresh:{integration}"
    if not tx.execute(_TAKE, (run_id, duration, name)):
        tx.execute(_CREATE, (name, run_id, duration))
    [(owner, token)] = tx.rows("select owner, token from lease where name = $1", (name,))
    if owner != run_id:
        raise RefreshRunning(owner)
    return int(token)


def fence(tx: Transaction, run_id: str, token: int) -> None:
    """Raise `RefreshStopped` unless the run is running and holds its lease by this token.

    An expired lease that nobody took still counts: its token proves that nothing came in between. A caller changes
    the run's row or the lease's in the same transaction, as a cancellation does: of two at once, one conflicts.
    """
    if not tx.rows(_HELD, (run_id, token)):
        raise RefreshStopped("This refresh was cancelled or replaced by another one, and changed nothing.")


def extend(tx: Transaction, run_id: str, duration: timedelta) -> None:
    """Let the run's lease end after `duration` from now."""
    tx.execute(
        "update lease set expires_at = current_timestamp + cast($1 as interval) where owner = $2", (duration, run_id)
    )


def release(tx: Transaction, run_id: str) -> None:
    """Give the run's lease back, if it has one; the token stays, so that the next one is greater."""
    tx.execute("update lease set owner = null, expires_at = null where owner = $1", (run_id,))
