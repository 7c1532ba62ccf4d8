"""The scoreboard that is in the documentation: every fault was tried, and what must be 0 is 0."""

import re
from pathlib import Path

from tests.scoreboard.rows import NO_ENGINE, ROWS

BOARD = Path(__file__).resolve().parents[2] / "docs" / "faults.md"


def rows() -> list[list[str]]:
    """Return the cells of each line of the table."""
    lines = [line for line in BOARD.read_text(encoding="utf-8").splitlines() if re.match(r"\| \d", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_fault_was_tried_on_each_of_its_databases() -> None:
    tried = {(int(row[0]), row[2]) for row in rows() if int(row[3].replace(",", "")) > 0}

    for number, row in ROWS.items():
        for engine in row.engines:
            assert any(one == number and engine in (NO_ENGINE, on) for one, on in tried), (number, engine)


def test_what_must_be_0_is_0() -> None:
    for row in rows():
        expected = ", ".join(f"{name} 0" for name in ROWS[int(row[0])].zero)
        assert row[4] == expected, row
