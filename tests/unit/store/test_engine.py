"""The engines: all or nothing, one snapshot, nothing done twice."""

import threading

import pytest

from billingbot.errors import StoreConflict, StoreError
from billingbot.store.engine import Engine, Transaction
from tests.unit.store.counting import COUNTER, increment
from tests.unit.store.decisions import select


@pytest.fixture
def counter(engine: Engine) -> Engine:
    """Return an engine with a table `counter` of one row, 0."""
    engine.write(lambda tx: tx.execute(COUNTER))
    return engine


def test_a_write_that_raises_leaves_nothing(counter: Engine) -> None:
    def work(tx: Transaction) -> None:
        increment(tx)
        raise StoreConflict("somebody else was faster")

    with pytest.raises(StoreConflict, match="faster"):
        counter.write(work)

    assert select(counter, "select value from counter") == [(0,)]
    counter.write(increment)
    assert select(counter, "select value from counter") == [(1,)]


def test_a_read_cannot_write(counter: Engine) -> None:
    with pytest.raises(StoreError, match="read-only"):
        counter.read(increment)


def test_a_read_sees_one_snapshot(counter: Engine) -> None:
    def work(tx: Transaction) -> list[object]:
        before = tx.rows("select value from counter")
        counter.write(increment)
        return [before, tx.rows("select value from counter")]

    assert counter.read(work) == [[(0,)], [(0,)]]


def test_threads_get_the_rows_that_they_asked_for(engine: Engine) -> None:
    wrong: list[object] = []

    def work(number: int) -> None:
        for _ in range(50):
            rows = select(engine, "select cast($1 as bigint) from generate_series(1, 10)", (number,))
            wrong.extend(row for row in rows if row != (number,))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


def test_what_is_no_conflict_is_not_tried_again(engine: Engine) -> None:
    tries = []

    def work(tx: Transaction) -> None:
        tries.append(1)
        tx.rows("select nonsense")

    with pytest.raises(StoreError, match="nonsense"):
        engine.write(work)

    assert len(tries) == 1


def test_a_key_that_exists_is_a_conflict(engine: Engine) -> None:
    engine.write(lambda tx: tx.execute("create table t (id bigint primary key); insert into t values (1)"))

    with pytest.raises(StoreConflict):
        engine.write(lambda tx: tx.execute("insert into t values (1)"))


def test_a_closed_engine_says_so(engine: Engine) -> None:
    engine.close()
    engine.close()

    with pytest.raises(StoreError, match="closed"):
        engine.read(lambda tx: tx.rows("select 1"))
