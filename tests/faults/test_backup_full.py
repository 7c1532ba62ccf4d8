"""No space for a backup, be it for its log or for the file: it is said, nothing is left, and the next one succeeds."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# A process of its own, because the limit is for all files of a process.
SCRIPT = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from billingbot.errors import StoreFull
from billingbot.store import open_duckdb
from billingbot.store.backup import copy_into_file, make_backup, read_backup

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

def add(tx):
    tx.execute("insert into setting select cast(uuid() as varchar), cast(uuid() as varchar) from range(20000)")

store = open_duckdb(Path(sys.argv[1]))
store.engine.write(add)
folder = Path(sys.argv[2])
for size in (20_000, 600_000, 1_200_000, 1_700_000, 2_500_000, 3_500_000):
    limit(size)
    try:
        make_backup(store.engine, folder / "one.duckdb", datetime.now(UTC), "1")
        print("made")
    except StoreFull as error:
        print("no space left in" in str(error), [file.name for file in folder.iterdir()])
    try:
        copy_into_file(store.engine, folder / "copy.duckdb")
        print("copied")
    except StoreFull as error:
        print("no space left in" in str(error), [file.name for file in folder.iterdir()])
    limit(resource.RLIM_INFINITY)
    store.engine.write(lambda tx: tx.execute("delete from setting where name = '-'"))
make_backup(store.engine, folder / "two.duckdb", datetime.now(UTC), "1")
print(read_backup(folder / "two.duckdb").tables["setting"][0])
"""


def test_a_backup_without_space_leaves_nothing_and_the_next_one_succeeds(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "billingbot.duckdb"), str(tmp_path / "backups")]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)

    assert done.stdout.splitlines() == ["True []"] * 12 + ["20000"], done.stderr
    assert done.stderr == ""
