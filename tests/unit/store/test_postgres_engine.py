"""What is special about PostgreSQL: several processes on one database, and a server that may be away."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import timedelta

import psycopg
import pytest

from billingbot.errors import StoreConflict, StoreError, StoreUnavailable
from billingbot.store import leases
from billingbot.store.engine import Transaction
from billingbot.store.migrate import migrate, packaged_migrations
from billingbot.store.postgres_connections import Address, Patience
from billingbot.store.postgres_engine import PostgresEngine
from billingbot.store.retry import Backoff
from tests.postgres_server import PostgresServer, databases, programs
from tests.scoreboard.rows import POSTGRES
from tests.unit.store.at_once import at_once
from tests.unit.store.counting import COUNTER, increment
from tests.unit.store.decisions import select
from tests.wait import wait_for

COUNT_UP = """
import sys
from billingbot.store.postgres_engine import PostgresEngine
from tests.unit.store.counting import increment
engine = PostgresEngine(sys.argv[1])
for _ in range(int(sys.argv[2])):
    engine.write(increment)
engine.close()
"""
OPEN = """
import sys
from billingbot.store import open_postgres
open_postgres(sys.argv[1]).close()
"""
ENDED = """
select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
"""
Making = Callable[..., PostgresEngine]


@pytest.fixture
def url() -> Iterator[str]:
    url = databases().empty()
    yield url
    databases().drop(url)


@pytest.fixture
def make(url: str) -> Iterator[Making]:
    """Return what makes another engine on the database; all are closed at the end."""
    with ExitStack() as closing:

        def make(**arguments: object) -> PostgresEngine:
            engine = PostgresEngine(url, **arguments)  # type: ignore[arg-type]
            closing.callback(engine.close)
            return engine

        yield make


@pytest.fixture
def counter(make: Making) -> PostgresEngine:
    engine = make()
    engine.write(lambda tx: tx.execute(COUNTER))
    return engine


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """Return a server of this test's own, which may come and go."""
    server = PostgresServer(programs())
    yield server
    server.close()


def value(engine: PostgresEngine) -> int:
    [(number,)] = select(engine, "select value from counter")
    return int(number)


def end_sessions(make: Making) -> None:
    """End every session on the database but the one that does it."""
    other = make()
    other.read(lambda tx: tx.rows(ENDED))


def test_two_engines_see_what_the_other_has_committed(counter: PostgresEngine, make: Making) -> None:
    other = make()

    counter.write(increment)
    other.write(increment)

    assert (value(counter), value(other)) == (2, 2)


def test_writers_of_many_engines_lose_no_update_and_never_conflict(counter: PostgresEngine, make: Making) -> None:
    waits: list[float] = []
    engines = [make(backoff=Backoff(waits.append, lambda: 0.5)) for _ in range(6)]

    def work(engine: PostgresEngine) -> None:
        for _ in range(40):
            engine.write(increment)

    at_once(*[lambda engine=engine: work(engine) for engine in engines])

    assert value(counter) == 240
    assert waits == []


@pytest.mark.fault(11, engine=POSTGRES)
def test_writers_of_many_processes_lose_no_update(counter: PostgresEngine, url: str) -> None:
    processes = [subprocess.Popen([sys.executable, "-c", COUNT_UP, url, "40"]) for _ in range(3)]

    assert [process.wait() for process in processes] == [0, 0, 0]
    assert value(counter) == 120


def test_a_conflict_with_who_takes_no_turn_is_tried_again(counter: PostgresEngine, make: Making, url: str) -> None:
    waits: list[float] = []
    engine = make(backoff=Backoff(waits.append, lambda: 0.5))
    meddlings = [1, 1]

    def work(tx: Transaction) -> None:
        tx.rows("select value from counter")
        if meddlings:
            with psycopg.connect(url) as stranger:
                stranger.execute(b"update counter set value = value + %d" % (100 * meddlings.pop()))
        increment(tx)

    engine.write(work)

    assert value(counter) == 201
    assert waits == [0.005, 0.01]


@pytest.mark.fault(24, engine=POSTGRES)
def test_processes_that_start_together_migrate_once(url: str, make: Making) -> None:
    processes = [subprocess.Popen([sys.executable, "-c", OPEN, url]) for _ in range(6)]

    assert [process.wait() for process in processes] == [0] * 6
    assert select(make(), "select count(*) from origin") == [(0,)]


@pytest.mark.fault(6)
def test_engines_that_start_together_on_an_empty_database_all_start(make: Making) -> None:
    engines = at_once(*[make] * 12)

    assert [type(engine) for engine in engines] == [PostgresEngine] * 12


def test_no_read_and_no_write_fails_when_all_sessions_are_ended(counter: PostgresEngine, make: Making) -> None:
    for number in range(5):
        at_once(*[lambda: value(counter)] * 8)
        end_sessions(make)

        assert at_once(*[lambda: value(counter)] * 8) == [number] * 8
        counter.write(increment)


@pytest.mark.fault(6)
def test_a_write_that_loses_its_session_before_it_commits_is_done_again(counter: PostgresEngine, make: Making) -> None:
    lost = [1]

    def work(tx: Transaction) -> None:
        increment(tx)
        if lost:
            lost.pop()
            end_sessions(make)
        tx.rows("select 1")  # which notices it, before a commit is sent

    counter.write(work)

    assert value(counter) == 1


@pytest.mark.fault(6)
def test_a_write_that_loses_its_session_while_it_commits_says_that_it_may_be_saved(
    counter: PostgresEngine, make: Making
) -> None:
    def work(tx: Transaction) -> None:
        increment(tx)
        end_sessions(make)

    with pytest.raises(StoreUnavailable, match="may or may not have been saved"):
        counter.write(work)


def test_what_swallows_the_error_of_a_statement_saves_nothing(counter: PostgresEngine) -> None:
    def work(tx: Transaction) -> None:
        increment(tx)
        with suppress(psycopg.Error):
            tx.rows("select nonsense")

    with pytest.raises(StoreError, match="Nothing was saved"):
        counter.write(work)

    assert value(counter) == 0


@pytest.mark.fault(6)
def test_who_sleeps_in_a_transaction_loses_it_and_the_others_get_their_turn(
    counter: PostgresEngine, make: Making
) -> None:
    sleeper = make(patience=Patience(idle=0.3))
    others: list[str] = []

    def work(tx: Transaction) -> None:
        increment(tx)
        counter.write(increment)
        others.append("done")
        tx.rows("select 1")

    with pytest.raises(StoreUnavailable, match="takes long"):
        sleeper.write(work)

    assert (others, value(counter)) == (["done"], 1)


@pytest.mark.fault(6)
def test_who_waits_for_a_turn_too_long_is_told(counter: PostgresEngine, make: Making) -> None:
    hurried = make(patience=Patience(lock=0.2))

    def work(tx: Transaction) -> None:
        increment(tx)
        with pytest.raises(StoreUnavailable, match="busy with something that takes long"):
            hurried.write(increment)

    counter.write(work)

    assert value(counter) == 1


def test_readers_do_not_wait_for_writers(counter: PostgresEngine) -> None:
    def work(tx: Transaction) -> list[object]:
        increment(tx)
        return at_once(*[lambda: value(counter)] * 20)

    assert counter.write(work) == [0] * 20


def test_who_reads_for_long_with_all_connections_keeps_no_writer_waiting(counter: PostgresEngine) -> None:
    all_in, done = threading.Barrier(11), threading.Event()

    def hold(tx: Transaction) -> None:
        tx.rows("select 1")
        all_in.wait()
        done.wait(30)

    with ThreadPoolExecutor(10) as pool:
        holders = [pool.submit(counter.read, hold) for _ in range(10)]
        all_in.wait()
        counter.write(increment)
        done.set()
        assert [holder.result() for holder in holders] == [None] * 10

    assert value(counter) == 1


def test_a_lease_is_as_long_as_it_says_however_long_its_taker_waited_for_the_turn(make: Making) -> None:
    engine, other = make(), make()
    migrate(engine, packaged_migrations())
    writing = threading.Event()

    def hold(tx: Transaction) -> None:
        writing.set()
        tx.rows("select pg_sleep(1.5)")

    with ThreadPoolExecutor(1) as pool:
        holder = pool.submit(other.write, hold)
        writing.wait(30)
        engine.write(lambda tx: leases.take(tx, "send", "ann", timedelta(seconds=1)))
        [(left,)] = select(engine, "select expires_at - clock_timestamp() from lease")
        holder.result()

    assert left > timedelta(0)


@pytest.mark.fault(6)
def test_when_all_connections_are_in_use_it_says_so_in_time(make: Making) -> None:
    engine = make(patience=Patience(connection=0.5))
    all_in, done = threading.Barrier(11), threading.Event()

    def hold(tx: Transaction) -> None:
        tx.rows("select 1")
        all_in.wait()
        done.wait(30)

    with ThreadPoolExecutor(10) as pool:
        holders = [pool.submit(engine.read, hold) for _ in range(10)]
        all_in.wait()
        with pytest.raises(StoreUnavailable, match="does not answer"):
            engine.read(lambda tx: tx.rows("select 1"))
        done.set()
        assert [holder.result() for holder in holders] == [None] * 10

    assert select(engine, "select 1") == [(1,)]


def test_sessions_are_set_up_alike_whatever_the_server_says(make: Making) -> None:
    engine = make()
    names = ("TimeZone", "transaction_isolation", "client_encoding", "application_name", "statement_timeout")
    shown = [select(engine, f"select current_setting('{name}')")[0][0] for name in names]

    assert shown == ["UTC", "repeatable read", "UTF8", "billingbot", "1min"]


@pytest.mark.fault(5)
def test_a_server_that_crashes_under_writers_loses_nothing_that_was_saved(server: PostgresServer) -> None:
    engine = PostgresEngine(server.url("postgres"), patience=Patience(connection=10.0))
    engine.write(lambda tx: tx.execute(COUNTER))
    saved, unknown = [0], [0]
    stopping = threading.Event()

    def work() -> None:
        while not stopping.is_set():
            try:
                engine.write(increment)
                saved[0] += 1
            except StoreUnavailable:
                unknown[0] += 1

    writer = threading.Thread(target=work)
    writer.start()
    for goal in (20, 60):
        wait_for(lambda goal=goal: saved[0] >= goal, "writes")  # type: ignore[misc]
        server.stop(signal.SIGQUIT)
        server.start()
    wait_for(lambda: saved[0] >= 80, "writes after the crashes")
    stopping.set()
    writer.join()

    assert saved[0] <= value(engine) <= saved[0] + unknown[0]
    assert unknown[0] <= 2
    engine.close()


@pytest.mark.fault(6)
def test_a_server_that_stops_is_reported_at_once_and_used_again_when_it_is_back(server: PostgresServer) -> None:
    engine = PostgresEngine(server.url("postgres"), patience=Patience(connection=2.0))
    engine.write(lambda tx: tx.execute(COUNTER))
    server.stop()

    started = time.monotonic()
    answers = at_once(*[lambda: value(engine)] * 4, *[lambda: engine.write(increment)] * 4)
    waited = time.monotonic() - started
    server.start()

    assert [type(answer) for answer in answers] == [StoreUnavailable] * 8
    assert "does not answer. Nothing was saved; try again in a moment." in str(answers[0])
    assert waited < 4  # and not 2 s for each writer in turn
    engine.write(increment)
    assert value(engine) == 1
    engine.close()


@pytest.mark.fault(6)
def test_a_server_that_is_away_from_the_start_is_a_clear_error() -> None:
    with pytest.raises(StoreUnavailable, match=r"The database bills at 127\.0\.0\.1 does not answer") as refused:
        PostgresEngine("postgresql://ann:s3cret@127.0.0.1:1/bills")

    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    ["mysql://ann:s3cret@host/bills", "postgresql://ann:s3c@ret@host/bills", "postgresql://h/b?s3cret=1", "s3cret"],
)
def test_an_address_that_is_none_is_refused_without_quoting_it(url: str) -> None:
    with pytest.raises(StoreError, match="no PostgreSQL address") as refused:
        Address.of(url)

    assert "s3c" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_database_that_does_not_exist_is_a_clear_error(url: str) -> None:
    with pytest.raises(StoreError, match=r"does not exist on the server\. Create it"):
        PostgresEngine(url.replace("/bb_", "/no_"))


def test_a_wrong_user_is_a_clear_error(url: str) -> None:
    with pytest.raises(StoreError, match="refuses the user or the password"):
        PostgresEngine(url.replace("postgres@", "nobody_of_that_name:s3cret@"))


def test_a_user_who_may_not_write_is_a_clear_error(counter: PostgresEngine, url: str) -> None:
    counter.write(lambda tx: tx.execute("create role reader login; grant select on counter to reader"))
    reader = PostgresEngine(url.replace("postgres@", "reader@"))
    try:
        with pytest.raises(StoreError, match="may not do that"):
            reader.write(increment)
    finally:
        reader.close()
        counter.write(lambda tx: tx.execute("drop owned by reader; drop role reader"))


def test_a_key_that_exists_is_a_conflict_and_not_tried_again(counter: PostgresEngine) -> None:
    tries = []

    def work(tx: Transaction) -> None:
        tries.append(1)
        tx.execute("create table t (id bigint primary key); insert into t values (1), (1)")

    with pytest.raises(StoreConflict):
        counter.write(work)

    assert tries == [1]
