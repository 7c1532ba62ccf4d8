"""No space left: what was saved stays, what was not is said, and the database heals when there is space again."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.fault(8)

# A process of its own, because the limit is for all files of a process.
SCRIPT = """
import resource, sys
from pathlib import Path
from billingbot.errors import StoreError, StoreFull
from billingbot.store.duckdb_engine import DuckDBEngine

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

def fill(tx):
    tx.execute("insert into t select cast(uuid() as varchar) || cast(uuid() as varchar) from range({rows})")

def count(engine):
    return engine.read(lambda tx: tx.rows("select count(*) from t"))[0][0]

engine = DuckDBEngine(Path(sys.argv[1]))
engine.write(lambda tx: tx.execute("create table t (v varchar)"))
engine.write(fill)
saved = count(engine)
limit({limit})
failures = []
for _ in range({tries}):
    try:
        engine.write(fill)
        saved += {rows}
    except StoreFull as error:
        failures.append(str(error))
    except StoreError as error:
        print("WRONG", repr(error))
limit(resource.RLIM_INFINITY)
print("failed:", bool(failures), "| says so:", all("no space left" in text for text in failures))
print("kept:", count(engine) == saved)
engine.write(fill)
print("goes on:", count(engine) == saved + {rows})
engine.close()
engine = DuckDBEngine(Path(sys.argv[1]))
print("after reopening:", count(engine) == saved + {rows})
"""


def run_out_of_space(path: Path, rows: int, limit: int, tries: int) -> list[str]:
    script = SCRIPT.format(rows=rows, limit=limit, tries=tries)
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, timeout=60)
    return [*done.stdout.splitlines(), *done.stderr.splitlines()]


EXPECTED = ["failed: True | says so: True", "kept: True", "goes on: True", "after reopening: True"]


def test_a_commit_without_space_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    assert run_out_of_space(tmp_path / "small.duckdb", rows=5_000, limit=1_000_000, tries=5) == EXPECTED


def test_a_fatal_error_of_duckdb_is_survived_by_reopening(tmp_path: Path) -> None:
    """The log grows to 16 MB and is then moved to the file, which may not grow that far."""
    assert run_out_of_space(tmp_path / "large.duckdb", rows=100_000, limit=18_000_000, tries=6) == EXPECTED


# The second time that the log is moved to the file, the file may not grow: the commit is saved, and DuckDB says FATAL.
SAVED = """
import resource, sys
from functools import partial
from pathlib import Path
from billingbot.errors import StoreError
from billingbot.store.duckdb_engine import DuckDBEngine, log_of

def add(number, tx):
    tx.execute("insert into t select $1, string_agg(md5(cast(random() as varchar)), '') from range(16000)", (number,))

engine = DuckDBEngine(Path(sys.argv[1]))
engine.write(lambda tx: tx.execute("create table t (number bigint, v varchar)"))
resource.setrlimit(resource.RLIMIT_FSIZE, (18_500_000, resource.RLIM_INFINITY))
said = set()
for number in range(70):
    try:
        engine.write(partial(add, number))
        said.add(number)
    except StoreError:
        pass
print("log not moved:", log_of(Path(sys.argv[1])).stat().st_size > 16_000_000)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print("as said:", said == {number for (number,) in engine.read(lambda tx: tx.rows("select number from t"))})
engine.close()
"""


def test_a_commit_that_is_saved_is_not_said_to_be_refused(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SAVED, str(tmp_path / "saved.duckdb")]

    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    assert done.stdout.splitlines() == ["log not moved: True", "as said: True"], done.stderr
