"""A restore: wherever it is interrupted, nothing is lost and nobody begins an empty database."""

import subprocess
import sys
from pathlib import Path

import pytest

from billingbot.errors import StoreBusy, StoreTailLost
from billingbot.store import open_duckdb
from billingbot.store.backup import make_backup
from billingbot.store.commit_mark import mark_of
from billingbot.store.duckdb_engine import DuckDBEngine, log_of
from billingbot.store.restore import record, restore_file
from billingbot.store.set_aside import copy_aside, files_of, move_aside
from tests.unit.store.decisions import select
from tests.unit.store.refreshes import NOON

pytestmark = pytest.mark.fault(10)

ACTIONS = "select action from audit where entity = 'database' order by audit_id"
# A process that opens the database; it says so, and has it until its input ends.
APP = """
import sys
from pathlib import Path
from billingbot.errors import StoreBusy
from billingbot.store import open_duckdb
try:
    store = open_duckdb(Path(sys.argv[1]))
    print("open", flush=True)
    sys.stdin.read()
    store.close()
except StoreBusy:
    print("busy", flush=True)
"""


@pytest.fixture
def backup(path: Path, tmp_path: Path) -> Path:
    """Return a backup of the database, which has one change more and is closed."""
    store = open_duckdb(path)
    file = tmp_path / "one.backup"
    make_backup(store.engine, file, NOON, "1")
    store.engine.write(lambda tx: record(tx, "precious", NOON, "ann", "x"))
    store.close()
    return file


def app(path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", APP, str(path)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def actions(path: Path) -> list[str]:
    engine = DuckDBEngine(path)
    try:
        return [action for (action,) in select(engine, ACTIONS)]
    finally:
        engine.close()


def test_a_database_that_an_app_has_opened_meanwhile_is_not_replaced(path: Path, backup: Path) -> None:
    apps: list[subprocess.Popen[str]] = []

    def start() -> None:
        apps.append(app(path))
        assert apps[0].stdout is not None
        assert apps[0].stdout.readline() == "open\n"

    with pytest.raises(StoreBusy, match="end that BillingBot first"):
        restore_file(backup, path, NOON, "ann", start)
    apps[0].communicate("")

    assert actions(path) == ["precious"]
    assert not list(path.parent.glob("*set-aside*"))


def test_two_restores_in_the_same_second_keep_both_databases(path: Path, backup: Path) -> None:
    first = restore_file(backup, path, NOON, "ann")
    second = restore_file(backup, path, NOON, "ann")

    assert not set(first.kept) & set(second.kept)
    assert actions(first.kept[0]) == ["precious"]
    assert actions(second.kept[0]) == ["restore"]


def test_two_copies_in_the_same_second_are_both_kept(path: Path, backup: Path) -> None:
    assert backup.exists()
    first = copy_aside(path, "quarantine", NOON)
    second = copy_aside(path, "quarantine", NOON)

    assert len({*first, *second}) == len(first) + len(second)
    assert all(file.exists() for file in (*first, *second))


@pytest.mark.parametrize("marked", [True, False])
def test_between_the_two_databases_nobody_begins_an_empty_one(path: Path, backup: Path, marked: bool) -> None:
    if not marked:
        mark_of(path).unlink()

    move_aside(path, "set-aside", NOON, 0)

    with pytest.raises(StoreTailLost):
        open_duckdb(path)
    assert not path.exists()
    restore_file(backup, path, NOON, "ann")
    assert actions(path) == ["restore"]


def test_files_of_a_database_with_brackets_in_its_name_are_found(tmp_path: Path) -> None:
    path = tmp_path / "data[1].duckdb"
    path.touch()
    log_of(path).touch()

    assert files_of(path) == [log_of(path), path]
