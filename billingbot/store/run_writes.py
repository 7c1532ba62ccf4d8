"""The life of a refresh run up to its result: start, progress, and every end but success."""

from datetime import datetime, timedelta

from billingbot.domain.refresh import Missing, RefreshRun, RefreshState, Step
from billingbot.errors import DomainError
from billingbot.store import audit, integrations, run_leases, run_reads
from billingbot.store.engine import Transaction

_INSERT = """
insert into refresh_run (run_id, integration, actor, state, started_at, token, step, done, total)
values ($1, $2, $3, 'running', $4, $5, $6, $7, $8)
"""
_END = """
update refresh_run set state = $1, finished_at = $2, error = $3, missing = $4
where run_id = $5 and state = 'running'
"""
_EXPIRED = """
select refresh_run.run_id
from refresh_run
left join lease
    on lease.owner = refresh_run.run_id
where refresh_run.state = 'running'
and (lease.owner is null or lease.expires_at <= current_timestamp)
order by refresh_run.run_id
"""
_STOPPED = "The process that ran it stopped; nothing was changed."
_UNSUCCESSFUL = (RefreshState.FAILED, RefreshState.NEEDS_APPROVAL)


def start(tx: Transaction, run: RefreshRun, duration: timedelta) -> RefreshRun:
    """Take the lease for the run and store it; what ran under the former lease is over: `abandoned`.

    Raises `NotFound` when the integration is not in use, `RefreshRunning`.
    """
    integrations.hold_in_use(tx, run.integration)
    token = run_leases.take(tx, run.integration, run.run_id, duration)
    _abandon(tx, run.integration, run.actor, run.started_at)
    tx.execute(
        _INSERT,
        (run.run_id, run.integration, run.actor, run.started_at, token, run.step.value, run.done, run.total),
    )
    return run_reads.run(tx, run.run_id)


def report(tx: Transaction, run_id: str, token: int, step: Step, done: int, total: int) -> None:
    """Store how far the run is."""
    run_leases.fence(tx, run_id, token)
    tx.execute(
        "update refresh_run set step = $1, done = $2, total = $3 where run_id = $4", (step.value, done, total, run_id)
    )


def end(tx: Transaction, run: RefreshRun, now: datetime, error: str | None, missing: Missing | None) -> None:
    """End the run without a result, in the state that `run` carries."""
    if run.state not in _UNSUCCESSFUL:
        raise DomainError(f"A refresh cannot be ended as {run.state}.")
    run_leases.fence(tx, run.run_id, run.token)
    tx.execute(_END, (run.state.value, now, error, run_reads.missing_text(missing), run.run_id))
    run_leases.release(tx, run.run_id)


def cancel(tx: Transaction, run_id: str, actor: str, now: datetime) -> bool:
    """End the run as `cancelled` if it is running; say whether it was."""
    if run_reads.run(tx, run_id).state is not RefreshState.RUNNING:
        return False
    _stop(tx, run_id, RefreshState.CANCELLED, f"Cancelled by {actor}; nothing was changed.", actor, now)
    return True


def cancel_all(tx: Transaction, integration: str, actor: str, now: datetime) -> None:
    """End whatever runs for the integration as `cancelled`: it is not used any more."""
    found = tx.rows("select run_id from refresh_run where integration = $1 and state = 'running'", (integration,))
    for (run_id,) in found:
        cancel(tx, run_id, actor, now)


def abandon_all(tx: Transaction) -> None:
    """End every run that is running as `abandoned`. Only for whoever knows that nobody else uses the database."""
    [(now,)] = tx.rows("select current_timestamp")
    for (integration,) in tx.rows("select distinct integration from refresh_run where state = 'running'"):
        _abandon(tx, integration, audit.AUTO, now)


def expired(tx: Transaction) -> list[str]:
    """Return the ids of the runs that are running, and whose lease has ended: their process did, or it sleeps."""
    return [str(run_id) for (run_id,) in tx.rows(_EXPIRED)]


def abandon_expired(tx: Transaction) -> None:
    """End those runs as `abandoned`. Where their process wakes up all the same, it has lost its right to write."""
    [(now,)] = tx.rows("select current_timestamp")
    for run_id in expired(tx):
        _stop(tx, run_id, RefreshState.ABANDONED, _STOPPED, audit.AUTO, now)


def _abandon(tx: Transaction, integration: str, actor: str, now: datetime) -> None:
    found = tx.rows("select run_id from refresh_run where integration = $1 and state = 'running'", (integration,))
    for (run_id,) in found:
        _stop(tx, run_id, RefreshState.ABANDONED, _STOPPED, actor, now)


def _stop(tx: Transaction, run_id: str, state: RefreshState, error: str, actor: str, now: datetime) -> None:
    tx.execute(_END, (state.value, now, error, None, run_id))
    run_leases.release(tx, run_id)
    audit.record(
        tx,
        audit.Entry(
            request_id=f"{run_id}:{state}",
            batch=run_id,
            actor=actor,
            recorded_at=now,
            entity="refresh_run",
            entity_key=run_id,
            action=state.value,
            before={"state": RefreshState.RUNNING.value},
            after={"state": state.value},
            reason=error,
        ),
    )
