"""Sessions at once, each in a thread of its own, and what came of it."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

Who = TypeVar("Who")


@dataclass(slots=True)
class Outcome:
    """What one or many sessions saw: seconds of each interaction by its name, errors, rows of somebody else."""

    times: list[tuple[str, float]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    seconds: float = 0


Work = Callable[[Who, Outcome], None]
"""What a session does. It adds to its outcome."""


def at_once(everybody: Sequence[Who], work: Work[Who]) -> Outcome:
    """Let everybody work at the same time. What a session raises ends it, and is an error."""
    outcomes = [Outcome() for _ in everybody]
    start = threading.Barrier(len(everybody) + 1)

    def run(who: Who, outcome: Outcome) -> None:
        start.wait()
        try:
            work(who, outcome)
        except Exception as error:  # noqa: BLE001 (the outermost boundary of a thread; it is counted)
            outcome.errors.append(f"{who}: {type(error).__name__}: {error}")

    threads = [threading.Thread(target=run, args=pair) for pair in zip(everybody, outcomes, strict=True)]
    for thread in threads:
        thread.start()
    start.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    return Outcome(
        times=[time for outcome in outcomes for time in outcome.times],
        errors=[error for outcome in outcomes for error in outcome.errors],
        foreign=[name for outcome in outcomes for name in outcome.foreign],
        seconds=time.perf_counter() - started,
    )


def timed(outcome: Outcome, name: str, interaction: Callable[[], Who]) -> Who:
    """Return what the interaction returns, and note how long it took."""
    started = time.perf_counter()
    found = interaction()
    outcome.times.append((name, time.perf_counter() - started))
    return found


def names(outcome: Outcome) -> Iterator[str]:
    """Yield the interactions' names, each once, in the order in which they came first."""
    yield from dict.fromkeys(name for name, _ in outcome.times)
