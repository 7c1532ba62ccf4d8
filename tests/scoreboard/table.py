"""The scoreboard as a file."""

from collections.abc import Iterable
from statistics import median

from tests.scoreboard.rows import NO_ENGINE, ROWS
from tests.scoreboard.tally import Count

HEAD = """# What goes wrong, and what comes of it

`make faults` wrote this on {day}, {size} size; `make faults SIZE=full` takes many more trials. Every fault is real:
processes are killed, files are cut, a server crashes, sockets break. A number in *must be 0* that is not 0 fails, and
so does a fault that was not tried. *At most* is what the trials say with 95 % confidence about the share of failures,
3 ÷ trials, where trials are drawn by chance; elsewhere the trials are all the cases there are. *Also seen* is of this
run, on a machine that did other things at the same time.

That these tests notice what they are there for is shown in [faults-mutations.md](faults-mutations.md).

| # | fault | database | trials | must be 0 | at most | also seen |
|---:|---|---|---:|---|---:|---|
"""


def summed(counts: Iterable[Count]) -> dict[tuple[int, str], Count]:
    """Return what was counted by row and engine."""
    sums: dict[tuple[int, str], Count] = {}
    for one in counts:
        sums.setdefault((one.row, one.engine), Count(one.row, one.engine)).add(one)
    return sums


def missing(sums: dict[tuple[int, str], Count]) -> list[str]:
    """Return what has not been tried."""
    return [
        f"Row {number} ({row.fault}) had no trial{'' if engine == NO_ENGINE else f' on {engine}'}."
        for number, row in ROWS.items()
        for engine in row.engines
        if not _tried(sums, number, engine)
    ]


def written(sums: dict[tuple[int, str], Count], day: str, size: str) -> str:
    """Return the file."""
    lines = [_line(sums[key]) for key in sorted(sums)]
    failed = [
        f"{one.tests - one.ok} of {one.tests} tests of row {one.row} failed." for one in sums.values() if _bad(one)
    ]
    remarks = [f"**{sentence}**\n" for sentence in [*failed, *missing(sums)]]
    return HEAD.format(day=day, size=size) + "\n".join(lines) + "\n" + "".join(f"\n{remark}" for remark in remarks)


def _tried(sums: dict[tuple[int, str], Count], number: int, engine: str) -> bool:
    if engine == NO_ENGINE:
        return any(row == number and one.trials for (row, _), one in sums.items())
    return (number, engine) in sums and sums[number, engine].trials > 0


def _line(one: Count) -> str:
    row = ROWS[one.row]
    zero = ", ".join(f"{name} {one.zero.get(name, 0)}" for name in row.zero)
    bound = f"{300 / one.trials:.2g} %" if row.by_chance and one.trials > 3 else ""
    seen = [f"{name} {number:,.10g}" for name, number in one.seen.items()]
    seen += [f"{name} {_median_and_longest(times)}" for name, times in one.seconds.items()]
    shown = f"**{zero}, {one.tests - one.ok} tests failed**" if _bad(one) else zero
    return f"| {one.row} | {row.fault} | {one.engine} | {one.trials:,} | {shown} | {bound} | {'; '.join(seen)} |"


def _median_and_longest(times: list[float]) -> str:
    return f"{median(times):.2g} s, at most {max(times):.2g} s" if len(times) > 1 else f"{times[0]:.2g} s"


def _bad(one: Count) -> bool:
    return one.ok < one.tests or any(one.zero.values())
