"""Counts what tests of faults say, and writes it with `--faults-report FILE`.

A test belongs to a row of `ROWS` by the marker `fault`, wherever it is. Which database it had is said by the marker
(`engine=POSTGRES`), or by the id of its parameters, or else the row has only one.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.scoreboard.rows import BOTH, DUCKDB, NO_ENGINE, POSTGRES, ROWS
from tests.scoreboard.size import FULL, SEED, draw_seed
from tests.scoreboard.table import missing, summed, written
from tests.scoreboard.tally import PROPERTY, Count, Tally

_OPTION = "--faults-report"
_PATIENCE = 3600
_IDS = {"duckdb": DUCKDB, "postgres": POSTGRES}


class Scoreboard:
    """Gathers the counts of all reports in the process that writes the file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._counts: list[Count] = []
        self._missing: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test that ended, or could not begin."""
        if report.skipped or (report.when != "call" and not report.failed):
            return
        for name, value in report.user_properties:
            if name == PROPERTY and isinstance(value, dict):
                count = Count(**value)
                if report.when == "call":
                    count.tests, count.ok = 1, int(report.passed)
                else:
                    count = Count(count.row, count.engine, tests=1)
                if report.passed and not count.trials:
                    count.trials = 1
                self._counts.append(count)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the file, and fail when a row is missing."""
        sums = summed(self._counts)
        self._missing = missing(sums)
        day, size = datetime.now(UTC).date().isoformat(), "full" if FULL else "quick"
        self._path.write_text(written(sums, day, size), encoding="utf-8")
        if self._missing and session.exitstatus == 0:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say where the file is, what it lacks, and how to repeat the run."""
        terminalreporter.write_line(f"The scoreboard is in {self._path}.")
        for sentence in self._missing:
            terminalreporter.write_line(sentence, red=True)
        if FULL:
            terminalreporter.write_line(f"To repeat it: {SEED}={os.environ[SEED]}")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know the option."""
    parser.addoption(_OPTION, type=Path, help="write what the tests of faults counted to this file")


def pytest_configure(config: pytest.Config) -> None:
    """Know the marker; in the process that gathers, gather."""
    config.addinivalue_line("markers", "fault(row, engine=None): a test of this row of the scoreboard of faults")
    draw_seed()
    path = config.getoption(_OPTION)
    if path is not None and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Scoreboard(path), "scoreboard")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Refuse a row that there is not, and have patience with a full run."""
    if FULL and item.get_closest_marker("fault") and not item.get_closest_marker("timeout"):
        item.add_marker(pytest.mark.timeout(_PATIENCE))
    for mark in item.iter_markers("fault"):
        assert mark.args[0] in ROWS, f"{item.nodeid}: the scoreboard has no row {mark.args[0]}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Let each report of the test carry its counts, also when it ends before it says anything."""
    tallies = [Tally(mark.args[0], engine_of(item, mark)) for mark in item.iter_markers("fault")]
    item.user_properties[:] = [(PROPERTY, tally.count.plain()) for tally in tallies]
    item.stash[_TALLIES] = tallies
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Put the numbers into the report, whether the test passes or fails."""
    try:
        return (yield)
    finally:
        item.user_properties[:] = [(PROPERTY, tally.count.plain()) for tally in item.stash[_TALLIES]]


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Tally:
    """Return what the test counts with. Of a test of two rows, it is the nearest marker's."""
    tallies: list[Tally] = request.node.stash[_TALLIES]
    assert tallies, "Only a test with the marker `fault` counts."
    return tallies[0]


def engine_of(item: pytest.Item, mark: pytest.Mark) -> str:
    """Return the database that the test works on."""
    if "engine" in mark.kwargs:
        return str(mark.kwargs["engine"])
    callspec = getattr(item, "callspec", None)
    ids = callspec.id.split("-") if callspec else []
    named = [_IDS[part] for part in ids if part in _IDS]
    engines = ROWS[mark.args[0]].engines
    if named:
        return named[0]
    return DUCKDB if engines == BOTH else engines[0] if len(engines) == 1 else NO_ENGINE


_TALLIES = pytest.StashKey[list[Tally]]()
