"""The schedule in the real server, which nobody visits: it refreshes what is due, also after it was killed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from billingbot.bootstrap import build_app
from billingbot.domain.decision import Stamp
from billingbot.domain.history import ActivityFilter
from billingbot.domain.refresh import RefreshRun, RefreshState
from billingbot.errors import StoreError
from billingbot.launch import end
from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.server import Sandbox
from billingbot.store import open_duckdb
from tests.wait import wait_for

ROOT = Path(__file__).resolve().parents[2]
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
COMPANIES = "/pax8/v1/companies"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(data=build(seed=1, clients=30, companies=30, today=date(2026, 11, 22))) as running:
        yield running


@pytest.fixture
def database(tmp_path: Path, sandbox: Sandbox) -> Path:
    """Return a database in which Pax8 is due: it was last midnight, whatever time it is."""
    database = tmp_path / "billingbot.duckdb"
    app = build_app(environ(sandbox, database))
    app.store.save_setting("time_zone", "UTC", Stamp("zone", "ann", LONG_AGO))
    app.store.edit_integration("pax8", 1, {"refresh_at": "00:00"}, Stamp("time", "ann", LONG_AGO))
    app.close()
    return database


def environ(sandbox: Sandbox, database: Path) -> dict[str, str]:
    return {"BILLINGBOT_SANDBOX_URL": sandbox.url, "BILLINGBOT_DATABASE": str(database)}


@contextmanager
def server(sandbox: Sandbox, database: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run the server as `streamlit run app.py` does, until the block ends."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BILLINGBOT_")}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0"]
    with (database.parent / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=kept | environ(sandbox, database), stdout=log, stderr=subprocess.STDOUT
        )
    try:
        yield process
    finally:
        end(process)


def runs_of(database: Path) -> list[RefreshRun]:
    """Return the runs of Pax8 as a copy of the files holds them; the server has the files to itself."""
    copy = database.parent / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for file in database.parent.glob(f"{database.name}*"):
        shutil.copy(file, copy)
    try:
        store = open_duckdb(copy / database.name)
    except (StoreError, FileNotFoundError):
        return []  # it was written to while it was copied
    try:
        return store.runs(ActivityFilter(integration="pax8"), 10)
    finally:
        store.close()


def states(database: Path) -> list[str]:
    """Return the states of the runs that the schedule began, newest first."""
    return [run.state.value for run in runs_of(database) if run.actor == "schedule"]


def test_the_server_refreshes_what_is_due_though_nobody_visits_it(sandbox: Sandbox, database: Path) -> None:
    with server(sandbox, database):
        wait_for(lambda: states(database) == [RefreshState.SUCCEEDED], "the scheduled refresh")

    with server(sandbox, database) as again:
        wait_for(lambda: "http://127.0.0.1" in (database.parent / "server.log").read_text(), "the second start")
        assert again.poll() is None
    assert states(database) == [RefreshState.SUCCEEDED]


def test_a_server_that_is_killed_in_the_middle_makes_up_for_it_when_it_starts_again(
    sandbox: Sandbox, database: Path
) -> None:
    sandbox.control.fault(Fault(FaultKind.LATENCY, COMPANIES, seconds=3600))
    with server(sandbox, database) as killed:
        wait_for(lambda: sandbox.control.requests(COMPANIES) > 0, "the refresh to be in the middle")
        killed.kill()
        killed.wait()
    sandbox.control.clear_faults()

    with server(sandbox, database):
        wait_for(
            lambda: states(database) == [RefreshState.SUCCEEDED, RefreshState.ABANDONED],
            "the refresh to be made up for",
        )


def test_a_database_that_another_process_holds_does_not_keep_the_server_from_starting(
    sandbox: Sandbox, database: Path
) -> None:
    holder = open_duckdb(database)
    log = database.parent / "server.log"
    with server(sandbox, database) as process:
        wait_for(lambda: "the schedule could not be read" in log.read_text(), "the schedule to say so")
        assert process.poll() is None
    holder.close()
