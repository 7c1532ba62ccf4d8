"""Running a transaction again when another writer got in between."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Backoff:
    """How often to try, and how long to wait between tries.

    Args:
        sleep: waits for a number of seconds.
        random: gives a number from 0 to 1. Waits are scattered, so that two writers do not meet again.
        tries: in all, at least 1.
        shortest: the longest first wait, in seconds; it doubles with each try.
        longest: what no wait exceeds, in seconds.
    """

    sleep: Callable[[float], None]
    random: Callable[[], float]
    tries: int = 8
    shortest: float = 0.01
    longest: float = 0.5

    def pause(self, failures: int) -> None:
        """Wait after the given number of failures."""
        self.sleep(self.random() * min(self.longest, self.shortest * 2 ** (failures - 1)))


def retry(
    attempt: Callable[[], T], error: type[Exception], is_conflict: Callable[[Exception], bool], backoff: Backoff
) -> T:
    """Return the attempt's result; repeat it while it raises an `error` that is a conflict, then let that through."""
    for failures in range(1, backoff.tries):
        try:
            return attempt()
        except error as raised:
            if not is_conflict(raised):
                raise
        backoff.pause(failures)
    return attempt()
