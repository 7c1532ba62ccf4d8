"""A database that cannot be opened or written: a sentence with what to do, within a second, and no traceback."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from billingbot.store import open_duckdb

pytestmark = pytest.mark.fault(9)

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534
# The modules are loaded before the user changes, who may not read them.
SCRIPT = """
import os, sys, time
from pathlib import Path
from billingbot.errors import StoreError
from billingbot.store import open_duckdb
if os.geteuid() == 0:
    os.setuid(int(sys.argv[2]))
began = time.monotonic()
try:
    open_duckdb(Path(sys.argv[1]))
    print("opened")
except StoreError as error:
    print(type(error).__name__, error)
print(time.monotonic() - began < 1)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder that every user can reach."""
    made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


def opening(path: Path) -> list[str]:
    command = [sys.executable, "-c", SCRIPT, str(path), str(NOBODY)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_a_read_only_file_is_said(folder: Path) -> None:
    path = folder / "billingbot.duckdb"
    open_duckdb(path).close()
    path.chmod(0o444)
    folder.chmod(0o777)

    said, quick = opening(path)

    assert "cannot be written to" in said
    assert "BILLINGBOT_DATABASE" in said
    assert quick == "True"


def test_a_read_only_folder_is_said(folder: Path) -> None:
    folder.chmod(0o555)

    said, quick = opening(folder / "billingbot.duckdb")

    assert "cannot be written to" in said
    assert quick == "True"


def test_a_folder_that_cannot_be_made_is_said(folder: Path) -> None:
    (folder / "data").write_text("a file")

    said, _ = opening(folder / "data" / "billingbot.duckdb")

    assert "cannot be created" in said


def test_a_file_that_another_process_has_is_said_with_its_number(folder: Path) -> None:
    path = folder / "billingbot.duckdb"
    folder.chmod(0o777)
    store = open_duckdb(path)
    path.chmod(0o666)
    try:
        said, quick = opening(path)
    finally:
        store.close()

    assert said.startswith("StoreBusy ")
    assert f"process {os.getpid()}" in said
    assert quick == "True"


def test_garbage_is_said_and_left(folder: Path) -> None:
    path = folder / "billingbot.duckdb"
    folder.chmod(0o777)
    path.write_bytes(b"garbage" * 1000)
    path.chmod(0o666)

    said, _ = opening(path)

    assert said.startswith("StoreCorrupt ")
    assert "restore FILE" in said
    assert path.read_bytes() == b"garbage" * 1000
