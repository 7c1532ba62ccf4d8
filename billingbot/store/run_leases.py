"""The right to write for a refresh: one lease an integration, whose owner is the run."""

from datetime import timedelta

from billingbot.errors import RefreshRunning, RefreshStopped
from billingbot.store import leases
from billingbot.store.engine import Transaction

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
    holder, token = leases.take(tx, _name(integration), run_id, duration)
    if holder != run_id:
        raise RefreshRunning(holder)
    return token


def fence(tx: Transaction, run_id: str, token: int) -> None:
    """Raise `RefreshStopped` unless the run is running and holds its lease by this token.

    A caller changes the run's row or the lease's in the same transaction, as a cancellation does: of two at once, one
    conflicts.
    """
    if not tx.rows(_HELD, (run_id, token)):
        raise RefreshStopped("This refresh was cancelled or replaced by another one, and changed nothing.")


def extend(tx: Transaction, run_id: str, duration: timedelta) -> None:
    """Let the run's lease end after `duration` from now."""
    leases.extend(tx, _name(_integration(tx, run_id)), run_id, duration)


def release(tx: Transaction, run_id: str) -> None:
    """Give the run's lease back, if it has one."""
    leases.release(tx, _name(_integration(tx, run_id)), run_id)


def _integration(tx: Transaction, run_id: str) -> str:
    [(integration,)] = tx.rows("select integration from refresh_run where run_id = $1", (run_id,))
    return str(integration)


def _name(integration: str) -> str:
    return f"refresh:{integration}"
