"""Work in the background, one of an integration at a time, of which every session of the process sees the newest."""

import logging
from collections.abc import Callable
from dataclasses import replace
from threading import Lock, Thread
from typing import Generic, Protocol, TypeVar

from billingbot.logs import under

log = logging.getLogger(__name__)


class Work(Protocol):
    """A frozen record of one try, with a field `stopping` that says whether somebody asked it to stop."""

    @property
    def integration(self) -> str:
        """Return the key of the integration that it is about."""

    @property
    def is_running(self) -> bool:
        """Say whether it has not ended."""


W = TypeVar("W", bound=Work)


class NewestWork(Generic[W]):
    """The newest work of each integration. Safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._newest: dict[str, W] = {}

    def newest(self, integration: str) -> W | None:
        """Return the newest one, running or ended, if there was any since the app started."""
        with self._lock:
            return self._newest.get(integration)

    def cancel(self, integration: str) -> None:
        """Ask what runs to stop where it can; what it has done until then stays."""
        with self._lock:
            running = self._newest.get(integration)
            if running is not None and running.is_running:
                self._newest[integration] = _replaced(running, stopping=True)

    def _begin(self, work: W, name: str, request: str, carry_out: Callable[[], None], **not_started: object) -> W:
        """Carry it out in a thread of that name, and return it; while another one runs, that one is returned instead.

        What it logs stands under `request`.
        `not_started` are its fields when the machine has no thread left: what does not run must not look as if it did.
        """
        with self._lock:
            running = self._newest.get(work.integration)
            if running is not None and running.is_running:
                return running
            self._newest[work.integration] = work

        def carry_out_under_its_id() -> None:
            with under(request):
                carry_out()

        try:
            Thread(target=carry_out_under_its_id, name=name, daemon=True).start()
        except RuntimeError:
            log.exception("%s could not start", name)
            self._change(work.integration, **not_started)
        return work

    def _change(self, integration: str, **fields: object) -> W:
        """Change the work that runs, and return it: until its thread ends, it is the integration's newest."""
        with self._lock:
            self._newest[integration] = _replaced(self._newest[integration], **fields)
            return self._newest[integration]


def _replaced(work: W, **fields: object) -> W:
    return replace(work, **fields)  # type: ignore[type-var]
