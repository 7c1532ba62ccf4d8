"""Changes that are missing are noticed: whatever happens to the log, what was saved is there, or the app says so."""

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from billingbot.errors import StoreCorrupt, StoreTailLost
from billingbot.store.commit_mark import CommitMark, mark_of, read_mark, write_mark
from billingbot.store.duckdb_engine import DuckDBEngine
from billingbot.store.migrate import migrate, packaged_migrations
from tests.scoreboard.size import sized
from tests.unit.store.decisions import select
from tests.wait import wait_for

COMMITS = 40
# A process of its own, which ends without closing the database: its newest changes are in the log.
SCRIPT = """
import os, sys
from pathlib import Path
from billingbot.store.commit_mark import mark_of, write_mark
from billingbot.store.duckdb_engine import DuckDBEngine
from billingbot.store.migrate import migrate, packaged_migrations

path = Path(sys.argv[1])
engine = DuckDBEngine(path)
migrate(engine, packaged_migrations())
for number in range(int(sys.argv[2])):
    engine.write(lambda tx: tx.execute("insert into setting values ($1, 'x')", (f"s{number}",)))
write_mark(mark_of(path), engine.read(lambda tx: tx.rows("select number from commit_number"))[0][0])
os._exit(9)
"""
SETTINGS = "select count(*) from setting"


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database that its process left with everything in the log."""
    path = tmp_path_factory.mktemp("left") / "billingbot.duckdb"
    subprocess.run([sys.executable, "-c", SCRIPT, str(path), str(COMMITS)], check=False, timeout=60)
    assert log_of(path).stat().st_size > 1000
    return path


@pytest.fixture
def copy(left: Path, tmp_path: Path) -> Path:
    for file in left.parent.iterdir():
        shutil.copy(file, tmp_path)
    return tmp_path / left.name


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


def contents(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir()}


def count(path: Path) -> int:
    engine = DuckDBEngine(path)
    try:
        return int(select(engine, SETTINGS)[0][0])
    finally:
        engine.close()


def test_a_process_that_ended_without_closing_lost_nothing(copy: Path) -> None:
    assert count(copy) == COMMITS


@pytest.fixture
def engine(path: Path) -> Iterator[DuckDBEngine]:
    engine = DuckDBEngine(path)
    yield engine
    engine.close()


def test_every_write_is_counted_and_no_read(engine: DuckDBEngine) -> None:
    migrate(engine, packaged_migrations())
    [(before,)] = select(engine, "select number from commit_number")

    engine.write(lambda tx: tx.execute("insert into setting values ('a', 'b')"))
    engine.write(lambda _: None)

    assert select(engine, "select number from commit_number") == [(before + 2,)]


def test_a_write_that_fails_is_not_counted(engine: DuckDBEngine) -> None:
    migrate(engine, packaged_migrations())
    before = select(engine, "select number from commit_number")

    with pytest.raises(ZeroDivisionError):
        engine.write(lambda _: 1 // 0)

    assert select(engine, "select number from commit_number") == before


def test_the_file_beside_knows_every_commit_of_a_database_that_was_closed(path: Path) -> None:
    engine = DuckDBEngine(path)
    migrate(engine, packaged_migrations())
    for _ in range(5):
        engine.write(lambda _: None)
    [(number,)] = select(engine, "select number from commit_number")
    engine.close()

    assert read_mark(mark_of(path)) == number


def test_the_file_beside_is_written_without_waiting_for_another_commit(path: Path) -> None:
    mark = CommitMark(path, pause=0.1)

    for number in range(1, 200):
        mark.note(number)

    wait_for(lambda: read_mark(mark.path) == 199, "the newest number")
    mark.close()


@pytest.mark.fault(7)
def test_a_missing_log_is_refused_and_nothing_is_touched(copy: Path) -> None:
    log_of(copy).unlink()
    before = contents(copy)

    with pytest.raises(StoreTailLost) as refused:
        DuckDBEngine(copy)

    assert "changes of" in str(refused.value)
    assert "billingbot.duckdb.seq" in str(refused.value)
    assert "doctor --repair" in str(refused.value)
    assert contents(copy) == before


@pytest.mark.fault(7)
def test_a_log_that_was_cut_short_is_refused_and_nothing_is_touched(copy: Path) -> None:
    log = log_of(copy)
    log.write_bytes(log.read_bytes()[:-300])
    before = contents(copy)

    with pytest.raises(StoreTailLost, match=r"The newest \d+ changes"):
        DuckDBEngine(copy)

    assert contents(copy) == before


def test_a_log_that_comes_back_is_enough(copy: Path) -> None:
    away = log_of(copy).rename(copy.with_name("elsewhere"))
    with pytest.raises(StoreTailLost):
        DuckDBEngine(copy)
    away.rename(log_of(copy))

    assert count(copy) == COMMITS


@pytest.mark.fault(7)
def test_a_database_that_is_gone_is_not_silently_begun_anew(copy: Path) -> None:
    copy.unlink()
    log_of(copy).unlink()

    with pytest.raises(StoreTailLost, match="0 are there"):
        DuckDBEngine(copy)

    assert not copy.exists()


@pytest.mark.fault(7)
@pytest.mark.parametrize("text", ["", "many", "-3"])
def test_a_damaged_file_beside_is_refused(copy: Path, text: str) -> None:
    mark_of(copy).write_text(text)

    with pytest.raises(StoreTailLost, match="damaged"):
        DuckDBEngine(copy)


@pytest.mark.fault(7)
def test_a_file_beside_that_is_behind_or_missing_does_no_harm(copy: Path) -> None:
    write_mark(mark_of(copy), 3)
    assert count(copy) == COMMITS
    mark_of(copy).unlink()
    assert count(copy) == COMMITS


@pytest.mark.fault(7)
@pytest.mark.parametrize("seed", range(sized(60, 500)))
def test_a_damaged_log_is_refused_or_wholly_read_and_never_silently_shorter(copy: Path, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - not a secret
    log = log_of(copy)
    content = bytearray(log.read_bytes())
    place = dice.randrange(len(content))
    how = seed % 3
    if how == 0:
        del content[place:]
    elif how == 1:
        content[place:] = bytes(len(content) - place)
    else:
        content[place] ^= 1 << dice.randrange(8)
    log.write_bytes(content)
    before = contents(copy)

    try:
        found = count(copy)
    except StoreCorrupt:
        assert contents(copy) == before
    else:
        assert found == COMMITS
