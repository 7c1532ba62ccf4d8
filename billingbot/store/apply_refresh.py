"""The one transaction in which a refresh becomes visible: lists, links, suggestions, audit rows, the run's end."""

from datetime import datetime

import pandas as pd

from billingbot.domain.refresh import RefreshRun, Step, Summary
from billingbot.ports import Fetched
from billingbot.store import machine_links, mirror, revision, run_leases, run_reads
from billingbot.store.engine import Transaction
from billingbot.store.statements import statement

_SUMMARY = statement("summary")
_SUCCEED = """
update refresh_run set state = 'succeeded', step = $1, finished_at = $2, summary = $3
where run_id = $4 and state = 'running'
"""


def apply_refresh(tx: Transaction, run: RefreshRun, fetched: Fetched, matches: pd.DataFrame, now: datetime) -> Summary:
    """Write everything that the run found, end it as succeeded and give its lease back.

    Raises:
        RefreshStopped: the run is not running or has lost its lease; so it cannot be applied twice.
        DomainError: an id is listed twice, or the links are not one to one.
    """
    run_leases.fence(tx, run.run_id, run.token)
    mirror.stage_lists(tx, fetched)
    machine_links.stage_matches(tx, run.integration, matches)
    mirror.update_clients(tx, run.run_id, now)
    mirror.update_companies(tx, run.integration, run.run_id, now)
    machine_links.insert_links(tx, run.integration, run.run_id, revision.count_up_all_rows(tx), now)
    machine_links.replace_suggestions(tx, run.integration)
    [counts] = tx.rows(_SUMMARY, (run.integration, run.run_id))
    summary = Summary(*counts)
    tx.execute(_SUCCEED, (Step.SAVING.value, now, run_reads.summary_text(summary), run.run_id))
    run_leases.release(tx, run.run_id)
    return summary
