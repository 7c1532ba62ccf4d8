"""Which scheduled refreshes were started, so that each happens once, whoever looks at the clock.

A claim is a row that only one can insert. Nobody can say whether whoever made it has lived long enough to refresh, so
that a claim is repeated when nothing came of it.
"""

from datetime import UTC, date, datetime, timedelta

from billingbot.store.engine import Transaction

MOST_ATTEMPTS = 3
"""A day. A refresh that ends the process each time must not be tried for ever."""
PATIENCE = timedelta(minutes=2)
"""From a claim to its run, which takes milliseconds."""
_CLAIMS = """
select count(*), max(claimed_at)
from scheduled_refresh
where integration = $1
and due_on = $2
"""
_CLAIM = """
insert into scheduled_refresh (integration, due_on, attempt, claimed_at)
values ($1, $2, $3, $4)
on conflict (integration, due_on, attempt) do nothing
"""
# Of the newest run that was under way when the day was claimed, or began later.
_CAME_OF_IT = """
select
    refresh_run.state = 'abandoned'
    or (refresh_run.state = 'running' and (lease.owner is null or lease.expires_at <= current_timestamp))
from refresh_run
left join lease
    on lease.owner = refresh_run.run_id
where refresh_run.integration = $1
and (refresh_run.finished_at is null or refresh_run.finished_at >= $2)
order by refresh_run.token desc
limit 1
"""


def refresh_set_at(tx: Transaction, key: str) -> datetime | None:
    """Return when the time of the integration's daily refresh was last set."""
    found = tx.rows("select refresh_set_at from integration where key = $1 and refresh_set_at is not null", (key,))
    return found[0][0].astimezone(UTC) if found else None


def claim(tx: Transaction, key: str, due_on: date, now: datetime) -> bool:
    """Say that the refresh of that day is started; False when that was said before, unless nothing came of it."""
    [(claims, claimed_at)] = tx.rows(_CLAIMS, (key, due_on))
    if claims and (claims >= MOST_ATTEMPTS or not _came_to_nothing(tx, key, claimed_at, now)):
        return False
    return tx.execute(_CLAIM, (key, due_on, claims + 1, now)) == 1


def _came_to_nothing(tx: Transaction, key: str, claimed_at: datetime, now: datetime) -> bool:
    """Say whether the process ended before the refresh did, or before it began."""
    found = tx.rows(_CAME_OF_IT, (key, claimed_at))
    return bool(found[0][0]) if found else now - claimed_at > PATIENCE
