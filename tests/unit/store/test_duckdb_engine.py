"""What is special about DuckDB: one writer at a time, conflicts with strangers tried again, nothing else in reach."""

import threading
from functools import partial
from pathlib import Path

import duckdb
import pytest

from billingbot.errors import StoreConflict, StoreError
from billingbot.store.duckdb_engine import DuckDBEngine
from billingbot.store.duckdb_errors import is_saved
from billingbot.store.engine import Transaction
from billingbot.store.retry import Backoff
from tests.unit.store.counting import COUNTER, increment
from tests.unit.store.decisions import select


@pytest.fixture
def url() -> None:
    """Say that these are about a file."""


def change_from_outside(path: Path) -> None:
    """Change the row on a connection that knows nothing of the engine's lock."""
    with duckdb.connect(path) as connection:
        connection.execute("update counter set value = value + 100").fetchall()


def test_many_threads_lose_no_update_and_never_conflict(path: Path) -> None:
    waits: list[float] = []
    engine = DuckDBEngine(path, Backoff(waits.append, lambda: 0.5))
    engine.write(lambda tx: tx.execute(COUNTER))

    def work() -> None:
        for _ in range(10):
            engine.write(increment)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert select(engine, "select value from counter") == [(80,)]
    assert waits == []
    engine.close()


def test_a_conflict_is_tried_again_on_a_new_snapshot_after_a_scattered_wait(path: Path) -> None:
    waits: list[float] = []
    engine = DuckDBEngine(path, Backoff(waits.append, lambda: 0.5))
    engine.write(lambda tx: tx.execute(COUNTER))
    meddlers = [partial(change_from_outside, path)] * 2

    def work(tx: Transaction) -> None:
        tx.rows("select value from counter")
        if meddlers:
            meddlers.pop()()
        increment(tx)

    engine.write(work)

    assert select(engine, "select value from counter") == [(201,)]
    assert waits == [0.005, 0.01]
    engine.close()


def test_endless_conflicts_are_reported_in_the_end(path: Path) -> None:
    waits: list[float] = []
    engine = DuckDBEngine(path, Backoff(waits.append, lambda: 1.0, tries=4))
    engine.write(lambda tx: tx.execute(COUNTER))

    def work(tx: Transaction) -> None:
        tx.rows("select value from counter")
        change_from_outside(path)
        increment(tx)

    with pytest.raises(StoreConflict, match="Nothing was saved"):
        engine.write(work)

    assert waits == [0.01, 0.02, 0.04]
    assert select(engine, "select value from counter") == [(400,)]
    engine.close()


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_text('/etc/hostname')",
        "copy (select 1) to '/tmp/leak.csv'",
        "attach '/tmp/other.duckdb' as other",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set TimeZone = 'America/Lima'",
    ],
)
def test_sql_reaches_nothing_but_the_database(engine: DuckDBEngine, sql: str) -> None:
    with pytest.raises(StoreError):
        engine.write(lambda tx: tx.execute(sql))


def test_sql_cannot_see_the_variables_of_the_program(engine: DuckDBEngine) -> None:
    assert select(engine, "select current_setting('python_enable_replacements')") == [(False,)]


def test_only_the_commit_itself_is_told_that_it_was_saved() -> None:
    told = "FATAL Error: Transaction COMMIT succeeded and is durable, but the autocheckpoint failed."

    assert is_saved(duckdb.FatalException(told))
    assert not is_saved(duckdb.FatalException(f'FATAL Error: Failed: database has been invalidated: "{told}"'))
