"""The engine: all or nothing, one snapshot, conflicts tried again, nothing else in reach."""

import threading
from functools import partial
from pathlib import Path

import duckdb
import pytest

from billingbot.errors import StoreConflict, StoreError
from billingbot.store.duckdb_engine import DuckDBEngine
from billingbot.store.engine import Transaction
from billingbot.store.retry import Backoff
from tests.unit.store.decisions import select

COUNTER = "create table counter (value bigint); insert into counter values (0)"


@pytest.fixture
def counter(engine: DuckDBEngine) -> DuckDBEngine:
    """Return an engine with a table `counter` of one row, 0."""
    engine.write(lambda tx: tx.execute(COUNTER))
    return engine


def increment(tx: Transaction) -> None:
    [(value,)] = tx.rows("select value from counter")
    tx.execute("update counter set value = $1", (value + 1,))


def change_from_outside(path: Path) -> None:
    """Change the row on a connection that knows nothing of the engine's lock."""
    with duckdb.connect(path) as connection:
        connection.execute("update counter set value = value + 100").fetchall()


def test_a_write_that_raises_leaves_nothing(counter: DuckDBEngine) -> None:
    def work(tx: Transaction) -> None:
        increment(tx)
        raise StoreConflict("somebody else was faster")

    with pytest.raises(StoreConflict, match="faster"):
        counter.write(work)

    assert select(counter, "select value from counter") == [(0,)]
    counter.write(increment)
    assert select(counter, "select value from counter") == [(1,)]


def test_a_read_cannot_write(counter: DuckDBEngine) -> None:
    with pytest.raises(StoreError, match="read-only"):
        counter.read(increment)


def test_a_read_sees_one_snapshot(counter: DuckDBEngine) -> None:
    def work(tx: Transaction) -> list[object]:
        before = tx.rows("select value from counter")
        counter.write(increment)
        return [before, tx.rows("select value from counter")]

    assert counter.read(work) == [[(0,)], [(0,)]]


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


def test_threads_get_the_rows_that_they_asked_for(engine: DuckDBEngine) -> None:
    wrong: list[object] = []

    def work(number: int) -> None:
        for _ in range(50):
            rows = select(engine, "select cast($1 as bigint) from range(10)", (number,))
            wrong.extend(row for row in rows if row != (number,))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


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


def test_what_is_no_conflict_is_not_tried_again(engine: DuckDBEngine) -> None:
    tries = []

    def work(tx: Transaction) -> None:
        tries.append(1)
        tx.rows("select nonsense")

    with pytest.raises(StoreError, match="nonsense"):
        engine.write(work)

    assert len(tries) == 1


def test_a_key_that_exists_is_a_conflict(engine: DuckDBEngine) -> None:
    engine.write(lambda tx: tx.execute("create table t (id bigint primary key); insert into t values (1)"))

    with pytest.raises(StoreConflict):
        engine.write(lambda tx: tx.execute("insert into t values (1)"))


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


def test_a_closed_engine_says_so(engine: DuckDBEngine) -> None:
    engine.close()
    engine.close()

    with pytest.raises(StoreError, match="closed"):
        engine.read(lambda tx: tx.rows("select 1"))
