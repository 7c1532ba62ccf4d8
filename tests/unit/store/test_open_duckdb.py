"""Opening a database file: a new one, one that is in use, one that is none."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from billingbot.domain.integration import Integration
from billingbot.domain.refresh import RefreshState
from billingbot.errors import StoreBusy, StoreCorrupt, StoreError, StoreTooNew, WrongDatabase
from billingbot.store import open_duckdb
from billingbot.store.duckdb_engine import DuckDBEngine
from tests.unit.store.refreshes import MINUTE, NOON, new_run

HOLD = """
import sys
from pathlib import Path
from billingbot.store import open_duckdb
store = open_duckdb(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def other_process_holding(path: Path) -> Iterator[int]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process.pid
        process.kill()


def damage(path: Path, position: int) -> None:
    content = bytearray(path.read_bytes())
    content[position] ^= 0x40
    path.write_bytes(content)


def test_a_new_database_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "billingbot.duckdb"

    open_duckdb(path).close()

    assert path.is_file()


def test_what_was_saved_is_there_after_reopening(path: Path) -> None:
    store = open_duckdb(path)
    store.add_integration(Integration("pax8", "Pax8"), "ann", NOON)
    store.close()

    store = open_duckdb(path)
    integrations = store.integrations()
    store.close()

    assert integrations == [Integration("pax8", "Pax8")]


@pytest.mark.fault(9)
def test_a_file_that_another_process_holds_is_refused_at_once_and_says_who_holds_it(path: Path) -> None:
    with other_process_holding(path) as pid:
        started = time.monotonic()
        with pytest.raises(StoreBusy, match=f"held by process {pid}") as refused:
            open_duckdb(path)
        waited = time.monotonic() - started

    assert refused.value.holder == pid
    # It does not wait for the lock; the rest is what a busy machine takes.
    assert waited < 5


@pytest.mark.fault(9)
def test_the_file_is_free_when_its_holder_was_killed(path: Path) -> None:
    with other_process_holding(path):
        pass

    open_duckdb(path).close()


@pytest.mark.fault(9)
def test_a_second_engine_in_the_same_process_is_refused(path: Path) -> None:
    store = open_duckdb(path)

    with pytest.raises(StoreBusy) as refused:
        open_duckdb(path)

    assert refused.value.holder == os.getpid()
    assert store.integrations() == []
    store.close()


@pytest.mark.fault(7)
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(path: Path) -> None:
    path.write_bytes(b"Dear diary, " * 1000)

    with pytest.raises(StoreCorrupt, match=re.escape(str(path))):
        open_duckdb(path)

    assert path.read_bytes() == b"Dear diary, " * 1000


@pytest.mark.fault(7)
@pytest.mark.parametrize("position", [0, 8, 16, 4096, 4100], ids=lambda position: f"byte {position}")
def test_a_damaged_database_is_refused(path: Path, position: int) -> None:
    open_duckdb(path).close()
    damage(path, position)

    with pytest.raises(StoreCorrupt):
        open_duckdb(path)


@pytest.mark.fault(7)
def test_a_truncated_database_is_refused(path: Path) -> None:
    open_duckdb(path).close()
    os.truncate(path, 20_000)

    with pytest.raises(StoreCorrupt):
        open_duckdb(path)


@pytest.mark.fault(7)
def test_a_damaged_write_ahead_log_is_refused_and_left_as_it_is(tmp_path: Path, path: Path) -> None:
    store = open_duckdb(path)
    store.add_integration(Integration("pax8", "Pax8"), "ann", NOON)
    copy, log = tmp_path / "copy.duckdb", tmp_path / "copy.duckdb.wal"
    shutil.copy(path, copy)
    shutil.copy(f"{path}.wal", log)
    store.close()
    content = log.read_bytes()[:-50] + b"\0" * 50
    log.write_bytes(content)

    with pytest.raises(StoreCorrupt):
        open_duckdb(copy)

    assert log.read_bytes() == content


@pytest.mark.fault(9)
def test_a_folder_in_the_place_of_the_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Is a directory"):
        open_duckdb(tmp_path)


@pytest.mark.fault(9)
def test_a_file_in_the_place_of_the_folder_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match=r"folder .* cannot be created"):
        open_duckdb(tmp_path / "file" / "billingbot.duckdb")


@pytest.mark.fault(9)
@pytest.mark.skipif(os.geteuid() == 0, reason="no folder is read-only for root")
def test_a_read_only_folder_is_a_clear_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(StoreError, match="Permission denied"):
        open_duckdb(tmp_path / "billingbot.duckdb")


def test_a_database_of_a_newer_billingbot_is_refused_and_released(path: Path) -> None:
    open_duckdb(path).close()
    engine = DuckDBEngine(path)
    insert = "insert into schema_migration values ('9999_future', 'checksum', current_timestamp)"
    engine.write(lambda tx: tx.execute(insert))
    engine.close()

    with pytest.raises(StoreTooNew, match="9999_future"):
        open_duckdb(path)

    DuckDBEngine(path).close()


def test_a_run_that_died_with_its_process_is_over_when_the_file_is_opened_again(path: Path) -> None:
    first = open_duckdb(path)
    first.add_integration(Integration("pax8", "Pax8"), "auto", NOON)
    first.start_run(new_run("r1"), MINUTE)
    first.close()

    again = open_duckdb(path)

    assert again.run("r1").state is RefreshState.ABANDONED
    assert again.start_run(new_run("r2"), MINUTE).state is RefreshState.RUNNING
    again.close()


def test_a_database_remembers_what_data_it_is_for(path: Path) -> None:
    first = open_duckdb(path)
    first.claim("sandbox data")
    first.close()

    again = open_duckdb(path)
    again.claim("sandbox data")
    with pytest.raises(WrongDatabase):
        again.claim("real data")
    again.close()
