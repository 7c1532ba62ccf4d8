"""The scoreboard: it adds up, it says what failed and what was not tried, and it fails with it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scoreboard.rows import DUCKDB, POSTGRES, ROWS
from tests.scoreboard.table import missing, summed, written
from tests.scoreboard.tally import Count, Tally

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = """
import pytest

@pytest.mark.fault(12)
@pytest.mark.parametrize("engine", ["duckdb", "postgres"])
def test_plain(engine):
    assert engine == "{passes}" or "{passes}" == "both"

@pytest.mark.fault(1, engine="DuckDB")
def test_counting(tally):
    tally.trials(40)
    tally.seen(commits=7)
    tally.took("reopened", 0.5)
    tally.none(lost={lost}, torn=0)
"""


def test_trials_of_the_same_row_and_database_add_up() -> None:
    one = Count(1, DUCKDB, 3, {"lost": 0}, {"commits": 2}, {"reopened": [1.0]}, tests=1, ok=1)
    other = Count(1, DUCKDB, 4, {"lost": 1}, {"commits": 5}, {"reopened": [2.0]}, tests=1, ok=0)

    sums = summed([one, other, Count(1, POSTGRES, 9)])

    expected = Count(1, DUCKDB, 7, {"lost": 1}, {"commits": 7}, {"reopened": [1.0, 2.0]}, tests=2, ok=1)
    assert sums[1, DUCKDB] == expected
    assert sums[1, POSTGRES].trials == 9


def test_every_row_has_to_be_tried_on_each_of_its_databases() -> None:
    assert len(missing({})) == sum(len(row.engines) for row in ROWS.values())
    assert missing(summed(Count(row, engine, 1) for row in ROWS for engine in ROWS[row].engines)) == []


def test_what_must_be_0_and_is_not_is_bold() -> None:
    text = written(summed([Count(1, DUCKDB, 100, {"lost": 2, "torn": 0}, tests=1)]), "2026-11-26", "quick")

    row = "| 1 | Process killed while it commits | DuckDB | 100 | **lost 2, torn 0, 1 tests failed** | 3 % |  |"
    assert row in text.splitlines()
    assert "**1 of 1 tests of row 1 failed.**" in text


def test_a_word_that_the_row_does_not_have_is_refused() -> None:
    with pytest.raises(AssertionError, match="row 1 counts"):
        Tally(1).none(mistakes=0)


@pytest.mark.parametrize(
    ("passes", "lost", "workers", "plain", "counted"),
    [
        ("both", 0, "0", "overwritten 0", "lost 0, torn 0"),
        ("both", 0, "2", "overwritten 0", "lost 0, torn 0"),
        ("duckdb", 3, "2", "**overwritten 0, 1 tests failed**", "**lost 3, torn 0, 1 tests failed**"),
    ],
    ids=["in one process", "in several", "failing"],
)
def test_a_run_writes_what_its_tests_counted(
    tmp_path: Path, passes: str, lost: int, workers: str, plain: str, counted: str
) -> None:
    (tmp_path / "conftest.py").write_text('pytest_plugins = ("tests.scoreboard.plugin",)')
    example = EXAMPLE.format(passes=passes, lost=lost)
    (tmp_path / "test_example.py").write_text(example)
    report = tmp_path / "faults.md"
    command = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", str(tmp_path), "-n", workers]

    ran = subprocess.run(
        [*command, "-p", "no:cacheprovider", "--faults-report", str(report), str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert ran.returncode == 1, ran.stderr  # other rows had no trial
    rows = [line.split(" | ") for line in report.read_text().splitlines() if line.startswith("| ")][1:]
    assert [(row[0], *row[2:5]) for row in rows] == [
        ("| 1", DUCKDB, "40", counted),
        ("| 12", DUCKDB, "1", "overwritten 0"),
        ("| 12", POSTGRES, "1" if passes == "both" else "0", plain),
    ]
    assert rows[0][5:] == ["7.5 %", "commits 7; reopened 0.5 s |"]
