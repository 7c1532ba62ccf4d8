"""Telling every session how far a run is, often enough to look alive and seldom enough to cost nothing."""

from collections.abc import Callable
from datetime import timedelta

from billingbot.domain.refresh import RefreshRun, Step
from billingbot.ports import PageSeen, RefreshStore

_INTERVAL = timedelta(seconds=0.25)


class Progress:
    """Writes the progress row of one run. Every write asks, too, whether the run may go on.

    Args:
        store: where the row is.
        run: a running run with its token.
        monotonic: seconds that never jump, for the pause between two writes.
    """

    def __init__(self, store: RefreshStore, run: RefreshRun, monotonic: Callable[[], float]) -> None:
        self._store = store
        self._run = run
        self._monotonic = monotonic
        self._last_write = float("-inf")

    def start(self, step: Step) -> PageSeen:
        """Report the step as begun and return what hears of its pages. Both raise `RefreshStopped`."""
        self._write(step, 0, 0)

        def seen(done: int, total: int) -> None:
            if done >= total or self._monotonic() - self._last_write >= _INTERVAL.total_seconds():
                self._write(step, done, total)

        return seen

    def _write(self, step: Step, done: int, total: int) -> None:
        self._store.report(self._run.run_id, self._run.token, step, done, total)
        self._last_write = self._monotonic()
