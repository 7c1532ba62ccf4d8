"""`backup`, `restore`, `doctor` and `store copy`, as a shell runs them; also while the app has the database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from billingbot.bootstrap import build_app
from billingbot.domain.integration import Integration
from billingbot.store import open_duckdb
from billingbot.store.backup import read_backup
from billingbot.store.commit_mark import mark_of
from billingbot.store.table_copy import digests
from tests.fakes import NOON
from tests.postgres_server import databases
from tests.scoreboard.rows import POSTGRES

ROOT = Path(__file__).resolve().parents[2]
# What the running app does for this: it has the database, and looks into the folder.
HOLDER = """
import os, sys, time
from billingbot.bootstrap import Workspaces, backups_of
workspaces = Workspaces(os.environ)
workspaces.real()
if sys.argv[1] == "app":
    backups_of(workspaces, os.environ).start()
print("open", flush=True)
sys.stdin.read()
workspaces.close()
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "billingbot.duckdb"
    app = build_app({"BILLINGBOT_DATABASE": str(path)})
    app.save_credentials("pax8", {"client_id": "id", "client_secret": "canary-client-secret"}, app.stamp("ann"))
    app.store.add_integration(Integration("twilio", "Twilio"), "ann", NOON)
    app.close()
    return path


def environ(database: Path, **more: str) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("BILLINGBOT_")}
    return plain | {"BILLINGBOT_DATABASE": str(database)} | more


def call(database: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "billingbot", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environ(database, **more), capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture
def holder(database: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    command = [sys.executable, "-c", HOLDER, request.param]
    with subprocess.Popen(
        command, cwd=ROOT, env=environ(database), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield request.param
        assert process.stdin is not None
        process.stdin.close()


def contents(database: Path) -> dict[str, tuple[int, str]]:
    store = open_duckdb(database)
    try:
        return store.engine.read(digests)
    finally:
        store.close()


def backups(database: Path) -> list[Path]:
    return sorted((database.parent / "backups").iterdir())


def test_a_backup_is_made_checked_and_named_after_its_time(database: Path) -> None:
    done = call(database, "backup")

    assert done.returncode == 0, done.stderr
    [made] = backups(database)
    assert f"Backup: {made} (" in done.stdout
    assert "key of the entered secrets is not in it" in done.stdout
    assert made.name.startswith("billingbot-20")
    assert read_backup(made).data == "real data"


@pytest.mark.fault(10)
def test_what_is_restored_is_what_was_backed_up_and_the_former_database_is_kept(database: Path, tmp_path: Path) -> None:
    before = contents(database)
    file = tmp_path / "one.duckdb"
    assert call(database, "backup", "--to", str(file)).returncode == 0
    store = open_duckdb(database)
    store.add_integration(Integration("ingram_micro", "Ingram Micro"), "ann", NOON)
    store.close()
    changed = contents(database)

    done = call(database, "restore", str(file))

    assert done.returncode == 0, done.stderr
    after = contents(database)
    assert {name for name in before if before[name] != after[name]} == {"audit"}  # which says that it was restored
    assert after["audit"][0] == before["audit"][0] + 1
    [kept] = [line.rpartition(" ")[2] for line in done.stdout.splitlines() if line.endswith(".duckdb")]
    assert contents(Path(kept)) == changed


@pytest.mark.fault(10)
@pytest.mark.parametrize("holder", ["app"], indirect=True)
def test_the_running_app_makes_the_backup_and_examines_itself(database: Path, tmp_path: Path, holder: str) -> None:
    usual = call(database, "backup")
    elsewhere = call(database, "backup", "--to", str(tmp_path / "else.duckdb"))
    examined = call(database, "doctor")

    assert usual.returncode == 0, usual.stderr
    assert elsewhere.returncode == 0, elsewhere.stderr
    assert "The running BillingBot: " in usual.stderr
    assert read_backup(tmp_path / "else.duckdb").tables == read_backup(backups(database)[0]).tables
    assert {path.suffix for path in backups(database)} == {".duckdb"}
    assert examined.returncode == 0, examined.stdout
    assert "ok     All tables can be read" in examined.stdout
    assert holder == "app"


@pytest.mark.parametrize("holder", ["other"], indirect=True)
def test_a_process_that_does_not_answer_is_said_and_nothing_is_done_later(database: Path, holder: str) -> None:
    done = call(database, "backup")

    assert done.returncode == 1
    assert "does not answer" in done.stderr
    assert backups(database) == []
    assert holder == "other"


@pytest.mark.fault(10)
@pytest.mark.parametrize("holder", ["app"], indirect=True)
def test_nothing_is_restored_while_the_app_runs(database: Path, tmp_path: Path, holder: str) -> None:
    file = tmp_path / "one.duckdb"
    call(database, "backup", "--to", str(file))

    done = call(database, "restore", str(file))

    assert done.returncode == 1
    assert "is held by process" in done.stderr
    assert "end that BillingBot first" in done.stderr
    assert "Traceback" not in done.stderr
    assert holder == "app"


@pytest.mark.fault(10)
def test_a_database_is_not_taken_for_a_backup(database: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.duckdb"
    open_duckdb(other).close()
    (tmp_path / "text.duckdb").write_text("no database")

    for name, why in (("other", "but no backup"), ("text", "damaged or no backup"), ("none", "There is no file")):
        done = call(database, "restore", str(tmp_path / f"{name}.duckdb"))
        assert done.returncode == 1
        assert why in done.stderr
        assert "Traceback" not in done.stderr


def test_secrets_that_no_key_opens_are_said_after_a_restore(database: Path, tmp_path: Path) -> None:
    call(database, "backup", "--to", str(tmp_path / "one.duckdb"))
    database.with_suffix(".key").unlink()

    done = call(database, "restore", str(tmp_path / "one.duckdb"))

    assert done.returncode == 3
    assert "No key here opens the secrets of pax8" in done.stderr


@pytest.mark.fault(7)
def test_a_doctor_finds_and_repairs_missing_changes(database: Path) -> None:
    mark_of(database).write_text("1000\n")

    sick = call(database, "doctor")
    repaired = call(database, "doctor", "--repair")
    well = call(database, "doctor")

    assert sick.returncode == 1
    assert "WRONG  Every saved change is there: The newest " in sick.stdout
    assert repaired.returncode == 0, repaired.stdout + repaired.stderr
    assert "Kept as it was: " in repaired.stdout
    assert well.returncode == 0


@pytest.mark.fault(25, engine=POSTGRES)
def test_a_database_moves_to_postgresql_and_back(database: Path, tmp_path: Path) -> None:
    url = databases().empty()
    try:
        there = call(database, "store", "copy", "--to", url)
        again = call(database, "store", "copy", "--to", url)
        back = call(database, "store", "copy", "--to", str(tmp_path / "back.duckdb"), BILLINGBOT_DATABASE_URL=url)
    finally:
        databases().drop(url)

    assert there.returncode == 0, there.stderr
    assert "both databases are equal" in there.stdout
    assert again.returncode == 1
    assert "is not empty" in again.stderr
    assert back.returncode == 0, back.stderr
    assert contents(tmp_path / "back.duckdb") == contents(database)
