"""Refresh runs as they are stored."""

import json
from collections.abc import Collection
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from billingbot.domain.history import ActivityFilter
from billingbot.domain.refresh import Missing, RefreshRun, RefreshState, Step, Summary
from billingbot.errors import NotFound
from billingbot.store.engine import Transaction
from billingbot.store.statements import like_pattern, statement

_RUNS = statement("runs")
_WANTED = """
where (cast($1 as varchar) = '' or refresh_run.integration = $1)
and (cast($2 as varchar) = '' or refresh_run.actor = $2)
and (cast($3 as timestamptz) is null or refresh_run.started_at >= cast($3 as timestamptz))
and (cast($4 as varchar) = '%%' or lower(refresh_run.error) like lower(cast($4 as varchar)) escape '\\')
order by refresh_run.started_at desc, refresh_run.token desc, refresh_run.run_id
limit cast($5 as bigint)
"""


def run(tx: Transaction, run_id: str) -> RefreshRun:
    """Return the run, or raise `NotFound`."""
    found = tx.rows(f"{_RUNS} where refresh_run.run_id = $1", (run_id,))
    if not found:
        raise NotFound(f"There is no refresh run {run_id}.")
    return _run(found[0])


def newest(tx: Transaction, integration: str, states: Collection[RefreshState]) -> RefreshRun | None:
    """Return the newest run of the integration that is in one of the states, if there is one."""
    found = tx.rows(
        f"{_RUNS} where refresh_run.integration = $1 and refresh_run.state = any(cast($2 as varchar[]))"
        " order by refresh_run.token desc limit 1",
        (integration, [state.value for state in states]),
    )
    return _run(found[0]) if found else None


def runs(tx: Transaction, wanted: ActivityFilter, limit: int) -> list[RefreshRun]:
    """Return the runs that are as wanted, newest first; a text is looked for in their errors."""
    conditions = (wanted.integration, wanted.actor, wanted.since, like_pattern(wanted.text))
    return [_run(row) for row in tx.rows(f"{_RUNS}{_WANTED}", (*conditions, limit))]


def summary_text(summary: Summary) -> str:
    """Return the summary as the JSON text that the column `summary` holds."""
    return json.dumps(asdict(summary))


def missing_text(missing: Missing | None) -> str | None:
    """Return the ids as the JSON text that the column `missing` holds."""
    if missing is None:
        return None
    return json.dumps({"client_ids": sorted(missing.client_ids), "company_ids": sorted(missing.company_ids)})


def _run(row: tuple[Any, ...]) -> RefreshRun:
    run_id, integration, actor, state, started_at, token, step, done, total, *ending = row
    finished_at, error, summary, missing, alive = ending
    return RefreshRun(
        run_id=run_id,
        integration=integration,
        actor=actor,
        state=RefreshState(state),
        started_at=started_at.astimezone(UTC),
        token=token,
        step=Step(step),
        done=done,
        total=total,
        finished_at=_utc(finished_at),
        error=error,
        summary=None if summary is None else Summary(**json.loads(summary)),
        missing=_missing(missing),
        alive=alive,
    )


def _utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(UTC)


def _missing(text: str | None) -> Missing | None:
    if text is None:
        return None
    ids = json.loads(text)
    return Missing(client_ids=frozenset(ids["client_ids"]), company_ids=frozenset(ids["company_ids"]))
