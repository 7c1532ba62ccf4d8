"""How long matching N clients with N companies takes and how much memory, beside what one would use instead.

`python -m bench.matching [--sizes 1000 5000 20000 100000] [--rivals cdist duckdb] [--rivals-up-to 100000]
[--string-grouper PYTHON]`. Every figure is of a process of its own: the median of three, or of fewer if they take long.
All rows of a size are over the same lists; `x join` is the ratio to the join of the same run. cdist finds the same
pairs as the join; Jaro-Winkler and string_grouper measure otherwise and find others. string_grouper 0.8 needs another
pandas than BillingBot: PYTHON is the interpreter of an environment in which it is installed.
"""

import argparse
import math
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from bench.aligned import aligned
from bench.speed.peak import Measured, measure

_SIZES = (1_000, 5_000, 20_000, 100_000)
_RIVALS_UP_TO = {"cdist": 20_000, "cdist as is": 20_000, "duckdb": 5_000}
# With 100,000 names a side it aborts for want of memory.
_STRING_GROUPER_UP_TO = 20_000
_HARD = 10_000
_ROUNDS, _LONG = 3, 30.0
_ROOT = Path(__file__).resolve().parents[1]

Table = Mapping[int, Mapping[str, Measured]]
"""By size, then by task."""


def main(sizes: Sequence[int], rivals: Mapping[str, float], string_grouper: str | None) -> None:
    """Print a table for each size, the exponents, the goals, and lists that are hard.

    Args:
        sizes: rows a side.
        rivals: tasks, and the size up to which each is run.
        string_grouper: the interpreter that runs string_grouper.
    """
    table: dict[int, dict[str, Measured]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            file = _lists(Path(folder), "lifelike", size)
            tasks = ["join", "match", *(task for task, most in rivals.items() if size <= most)]
            table[size] = {task: _median(task, file) for task in tasks}
            if string_grouper and size <= _STRING_GROUPER_UP_TO:
                table[size]["string_grouper"] = _median("string_grouper", file, string_grouper)
            print(f"\n{size:,} lifelike clients x {size:,} companies")
            _print_rows(table[size])
        if len(table) > 1:
            print("\nTimes grow with N to the power of")
            print(aligned(["", "join", "match"], list(_exponents(table))))
        for kind in ("numbered", "equal"):
            file = _lists(Path(folder), kind, _HARD)
            print(f"\n{_HARD:,} {kind} names x the same")
            _print_rows({task: _median(task, file) for task in ("join", "join and keep", "match")})
    print("\nGoals")
    for line in _goals(table):
        print(line)


def _lists(folder: Path, kind: str, size: int) -> Path:
    """Write the lists in a process of its own: the memory that it takes must not count."""
    file = folder / f"{kind}-{size}.json"
    subprocess.run([sys.executable, "-m", "bench.speed.lifelike", kind, str(size), str(file)], cwd=_ROOT, check=True)
    return file


def _median(task: str, file: Path, python: str = sys.executable) -> Measured:
    """Return the run of the median time of three, or of as many as fit into half a minute."""
    runs: list[Measured] = []
    while len(runs) < _ROUNDS and sum(run.seconds for run in runs) < _LONG:
        runs.append(measure(task, file, python))
    median = statistics.median_low(run.seconds for run in runs)
    return next(run for run in runs if run.seconds == median)


def _print_rows(row: Mapping[str, Measured]) -> None:
    cells = [
        [
            task,
            f"{run.seconds:.2f} s",
            f"{run.seconds / row['join'].seconds:.1f}",
            f"{run.growth:.0f} MB",
            f"{run.peak:.0f} MB",
            f"{run.pairs:,}",
        ]
        for task, run in row.items()
    ]
    print(aligned(["", "time", "x join", "growth", "peak", "pairs"], cells))


def _exponents(table: Table) -> Iterator[list[str]]:
    """Yield how time grew from each size to the next: 1 is linear, 2 is all with all."""
    for less, more in pairwise(table):
        grown = [
            math.log(table[more][task].seconds / table[less][task].seconds) / math.log(more / less)
            for task in ("join", "match")
        ]
        yield [f"{less:,} to {more:,}", *(f"{exponent:.2f}" for exponent in grown)]


def _goals(table: Table) -> Iterator[str]:
    """Yield a line for each goal of which the figures were measured."""
    for size, row in table.items():
        if "cdist" in row:
            same = row["cdist"].pairs == row["join"].pairs
            yield f"{size:,}: the pairs of the join are as many as those of cdist: {_met(same)}"
        if size == 20_000 and "cdist" in row:
            times = row["cdist"].seconds / row["join"].seconds
            yield f"{size:,}: join at least 20 times as fast as cdist: {times:.1f}, {_met(times >= 20)}"
        if size == 100_000:
            run = row["match"]
            good = run.seconds < 60 and run.peak < 1_500
            yield f"{size:,}: match under 60 s and 1,500 MB: {run.seconds:.1f} s, {run.peak:.0f} MB, {_met(good)}"


def _met(good: bool) -> str:
    return "met" if good else "NOT MET"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.matching", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES, metavar="N", help="rows a side")
    parser.add_argument(
        "--rivals", nargs="*", choices=list(_RIVALS_UP_TO), default=list(_RIVALS_UP_TO), help="what to stand beside"
    )
    parser.add_argument("--rivals-up-to", type=int, help="size up to which rivals run; each has its own otherwise")
    parser.add_argument("--string-grouper", metavar="PYTHON", help="interpreter in whose environment it is installed")
    return parser.parse_args()


if __name__ == "__main__":
    given = _arguments()
    main(
        given.sizes,
        {task: given.rivals_up_to or _RIVALS_UP_TO[task] for task in given.rivals},
        given.string_grouper,
    )
