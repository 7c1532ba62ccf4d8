"""What a load balancer hears, over real sockets; the database is stood in for where it has to hang."""

import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import httpx2
import pytest
import uvicorn
from starlette.applications import Starlette

from billingbot import __version__
from billingbot.bootstrap.health import Health, health_of
from billingbot.bootstrap.workspaces import Workspaces
from billingbot.errors import ConfigError, StoreBusy, StoreCorrupt, StoreError, StoreFull, StoreTooNew, StoreUnavailable
from billingbot.store import open_duckdb
from billingbot.ui.health_route import health_route
from billingbot.vault import new_key
from tests.postgres_server import PostgresServer, programs
from tests.wait import wait_for

SECONDS = 0.3
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def served(health: Health) -> Iterator[str]:
    """Yield the address of the route, served by the web server that serves the app."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(Starlette(routes=[health_route(health)]), log_config=None))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        wait_for(lambda: server.started, "the server to start")
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/health"
        finally:
            server.should_exit = True
            thread.join()


def asked(ask: Callable[[], object], *, is_open: bool = True, free: int | None = None) -> tuple[int, dict[str, str]]:
    with served(Health(ask, lambda: is_open, lambda: free, SECONDS)) as url:
        answer = httpx2.get(url)
    assert answer.headers["cache-control"] == "no-store"
    return answer.status_code, answer.json()


def failing(error: Exception) -> Callable[[], object]:
    def ask() -> object:
        raise error

    return ask


def test_a_database_that_answers_is_well() -> None:
    assert asked(lambda: "") == (200, {"status": "ok", "database": "ok", "version": __version__})


def test_little_space_is_a_warning_and_no_reason_to_go_elsewhere() -> None:
    status, said = asked(lambda: "", free=1024)

    assert (status, said["status"], said["warning"]) == (200, "ok", "The storage is nearly full.")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (StoreUnavailable("db.example:5432 canary"), "The database server is away."),
        (StoreBusy("/srv/canary is held"), "Another process has the database."),
        (StoreCorrupt("/srv/canary"), "The database needs repair."),
        (StoreTooNew("canary"), "The database was written by a newer BillingBot."),
        (StoreFull("canary"), "The storage is full."),
        (StoreError("canary"), "The database cannot be used; the log says why."),
        (ConfigError("canary"), "A setting is missing or wrong; the log says which."),
        (RuntimeError("canary"), "The database cannot be used; the log says why."),
    ],
)
def test_a_database_that_cannot_be_used_is_said_in_a_sentence_that_gives_nothing_away(
    error: Exception, sentence: str, caplog: pytest.LogCaptureFixture
) -> None:
    status, said = asked(failing(error))

    assert (status, said) == (503, {"status": "unavailable", "database": sentence, "version": __version__})
    assert str(error) in caplog.text


@pytest.mark.parametrize(
    ("is_open", "sentence"), [(True, "The database does not answer in time."), (False, "BillingBot is starting.")]
)
def test_a_database_that_hangs_makes_nobody_wait_and_takes_one_thread(is_open: bool, sentence: str) -> None:
    released, asks = Event(), []

    def hang() -> None:
        asks.append(1)
        released.wait(30)

    with served(Health(hang, lambda: is_open, seconds=SECONDS)) as url, ThreadPoolExecutor(20) as askers:
        began = time.monotonic()
        answers = list(askers.map(lambda _: httpx2.get(url, timeout=10), range(20)))
        took = time.monotonic() - began
        assert {(answer.status_code, answer.json()["database"]) for answer in answers} == {(503, sentence)}
        assert took < 5
        assert len(asks) == 1
        released.set()
        wait_for(lambda: httpx2.get(url).status_code == 200, "health to come back")


def test_many_who_ask_make_few_questions() -> None:
    asks = []
    with served(Health(lambda: asks.append(1), lambda: True)) as url:
        began = time.monotonic()
        for _ in range(30):
            assert httpx2.get(url).status_code == 200
        took = time.monotonic() - began

    assert len(asks) <= 2 + took


def test_the_first_to_ask_opens_the_database(tmp_path: Path) -> None:
    environ = {"BILLINGBOT_DATABASE": str(tmp_path / "data" / "test.duckdb")}
    workspaces = Workspaces(environ)
    try:
        with served(health_of(workspaces, environ)) as url:
            wait_for(lambda: httpx2.get(url).status_code == 200, "the database to be opened")
            assert "canary" not in httpx2.get(url).text
    finally:
        workspaces.close()


def test_a_damaged_database_needs_repair(tmp_path: Path) -> None:
    database = tmp_path / "test.duckdb"
    open_duckdb(database).close()
    database.write_bytes(b"nothing" * 10_000)
    environ = {"BILLINGBOT_DATABASE": str(database)}

    with served(health_of(Workspaces(environ), environ)) as url:
        wait_for(lambda: "needs repair" in httpx2.get(url).text, "health to say so")
        assert httpx2.get(url).status_code == 503


@pytest.fixture
def postgres() -> Iterator[PostgresServer]:
    server = PostgresServer(programs())
    yield server
    server.close()


def test_a_database_server_that_is_away_is_said_in_time_and_so_is_its_return(
    tmp_path: Path, postgres: PostgresServer
) -> None:
    environ = {
        "BILLINGBOT_DATABASE_URL": postgres.url("postgres"),
        "BILLINGBOT_DATABASE": str(tmp_path / "none.duckdb"),
        "BILLINGBOT_SECRET_KEYS": new_key(),
    }
    workspaces = Workspaces(environ)

    def asked_in_time(url: str) -> tuple[int, str]:
        began = time.monotonic()
        answer = httpx2.get(url, timeout=30)
        assert time.monotonic() - began < 4
        return answer.status_code, answer.json()["database"]

    with served(health_of(workspaces, environ)) as url:
        wait_for(lambda: asked_in_time(url) == (200, "ok"), "the database to be opened")
        postgres.stop(signal.SIGQUIT)
        wait_for(lambda: asked_in_time(url)[0] == 503, "health to say so")
        postgres.start()
        wait_for(lambda: asked_in_time(url) == (200, "ok"), "health to come back")
    workspaces.close()
