"""What a test counts of its row of the scoreboard."""

from dataclasses import asdict, dataclass, field
from typing import Any

from tests.scoreboard.rows import NO_ENGINE, ROWS

PROPERTY = "fault"
"""The name under which a test's report carries it; in a run on several cores, reports come from other processes."""


@dataclass
class Count:
    """What a test, or several, saw of a row on an engine. `ok` is how many tests ended well, of `tests`."""

    row: int
    engine: str
    trials: int = 0
    zero: dict[str, int] = field(default_factory=dict)
    seen: dict[str, float] = field(default_factory=dict)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    tests: int = 0
    ok: int = 0

    def plain(self) -> dict[str, Any]:
        """Return it as what a report can carry."""
        return asdict(self)

    def add(self, other: "Count") -> None:
        """Count what another one counts, too."""
        self.trials += other.trials
        self.tests += other.tests
        self.ok += other.ok
        for name, number in other.zero.items():
            self.zero[name] = self.zero.get(name, 0) + number
        for name, amount in other.seen.items():
            self.seen[name] = self.seen.get(name, 0) + amount
        for name, times in other.seconds.items():
            self.seconds.setdefault(name, []).extend(times)


class Tally:
    """Counts for one test. Made by the fixture `tally`; a test without it is one trial that nothing came of."""

    def __init__(self, row: int, engine: str = NO_ENGINE) -> None:
        self._row = row
        self.count = Count(row, engine)

    def trials(self, number: int = 1) -> None:
        """Say how many trials there were."""
        self.count.trials += number

    def none(self, **found: int) -> None:
        """Say of each thing that must not be how often it was, `_` for a blank; fail unless it is never."""
        named = {name.replace("_", " "): number for name, number in found.items()}
        assert named.keys() <= set(ROWS[self._row].zero), f"row {self._row} counts {ROWS[self._row].zero}"
        self.count.add(Count(self._row, "", zero=named))
        assert not any(named.values()), named

    def seen(self, **numbers: float) -> None:
        """Say what else was counted, `_` for a blank."""
        self.count.add(Count(self._row, "", seen={name.replace("_", " "): n for name, n in numbers.items()}))

    def took(self, what: str, seconds: float) -> None:
        """Say how long something took; the table has the median and the longest of all."""
        self.count.seconds.setdefault(what, []).append(round(seconds, 3))
