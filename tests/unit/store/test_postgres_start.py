"""The connections of a process to PostgreSQL: the first ones on a new database, and those that ended since."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from billingbot.store.postgres_engine import _MAKING, PostgresEngine
from billingbot.store.retry import Backoff
from tests.postgres_server import databases
from tests.scoreboard.rows import POSTGRES
from tests.wait import wait_for

WAITING = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
ENDED = """
select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
"""


@pytest.fixture
def url() -> Iterator[str]:
    url = databases().empty()
    yield url
    databases().drop(url)


@pytest.mark.fault(24, engine=POSTGRES)
def test_who_comes_second_waits_for_what_the_first_one_makes(url: str) -> None:
    with (
        psycopg.connect(url, autocommit=True) as first,
        psycopg.connect(url, autocommit=True) as watch,
        ThreadPoolExecutor() as pool,
    ):
        first.execute(b"select pg_advisory_lock(%d)" % _MAKING)
        first.execute(b"begin")
        first.execute(b"create table write_turn ()")
        opening = pool.submit(PostgresEngine, url)
        wait_for(lambda: watch.execute(WAITING).fetchall(), "the second one to wait")
        first.execute(b"commit")
        first.execute(b"select pg_advisory_unlock(%d)" % _MAKING)
        engine = opening.result()
    assert engine.read(lambda tx: tx.rows("select count(*) from write_turn")) == [(0,)]
    engine.close()


@pytest.mark.fault(6, engine=POSTGRES)
def test_a_connection_that_the_server_has_ended_is_not_handed_out(url: str) -> None:
    engine = PostgresEngine(url, Backoff(lambda _seconds: None, lambda: 0.0, tries=1))
    engine.read(lambda tx: tx.rows("select 1"))
    with psycopg.connect(url, autocommit=True) as administrator:
        administrator.execute(ENDED)
    assert engine.read(lambda tx: tx.rows("select 1")) == [(1,)]
    engine.close()
