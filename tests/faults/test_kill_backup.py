"""A process that is killed in the middle of a backup, while others write: what has a backup's name is whole."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from billingbot.store.backup import read_backup
from billingbot.store.duckdb_engine import read_file
from tests.scoreboard.size import chances, sized
from tests.scoreboard.tally import Tally
from tests.wait import wait_for

pytestmark = pytest.mark.fault(10)

ROOT = Path(__file__).resolve().parents[2]
KILLS = sized(12, 120)
LONGEST = 0.5
"""Seconds; a backup takes about a third of it."""
# Each write makes two rows that belong together; the number of each kind is the same at any moment.
SCRIPT = """
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from threading import Thread
from billingbot.store import open_duckdb
from billingbot.store.backup import make_backup

path, folder, start = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
store = open_duckdb(path)

def write():
    for number in count():
        def pair(tx):
            tx.execute("insert into setting values ($1, 'x')", (f"{start}-{number}",))
            tx.execute("insert into origin values ($1)", (f"{start}-{number}",))
        store.engine.write(pair)

Thread(target=write, daemon=True).start()
print("open", flush=True)
for number in count():
    make_backup(store.engine, folder / f"{start}-{number}.duckdb", datetime.now(UTC), "1")
    print(number, flush=True)
"""
PAIRS = "select (select count(*) from setting), (select count(*) from origin)"


def test_no_half_backup_is_taken_for_a_whole_one(tmp_path: Path, tally: Tally) -> None:
    instants = chances()
    path, folder = tmp_path / "billingbot.duckdb", tmp_path / "backups"
    interrupted, whole = 0, 0

    for round_number in range(KILLS):
        run_and_kill(path, folder, round_number, instants.uniform(0.05, LONGEST))
        tally.trials()
        interrupted += any(file.name.endswith(".part") for file in folder.iterdir())
        for file in folder.glob("[0-9]*.duckdb"):
            backup = read_backup(file)
            [(one, other)] = read_file(file, lambda tx: tx.rows(PAIRS))
            assert one == other == backup.tables["setting"][0] == backup.tables["origin"][0]
            whole += 1
        for file in folder.iterdir():
            file.unlink()

    assert interrupted >= KILLS // 3
    assert whole >= 3


def run_and_kill(path: Path, folder: Path, round_number: int, patience: float) -> None:
    command = [sys.executable, "-c", SCRIPT, str(path), str(folder), str(round_number)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        if round_number % 2:
            assert process.stdout.readline() == "0\n"  # the first backup is made
        else:
            wait_for(lambda: folder.exists() and any(folder.iterdir()), "the first backup")
        time.sleep(patience)
        os.kill(process.pid, signal.SIGKILL)
