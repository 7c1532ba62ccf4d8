"""Whether this process can serve: its database answers a small question, and in time."""

import asyncio
import logging
import shutil
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Thread

from billingbot.bootstrap.workspaces import Workspaces
from billingbot.config import read_settings
from billingbot.errors import (
    BillingBotError,
    ConfigError,
    StoreBusy,
    StoreCorrupt,
    StoreFull,
    StoreTooNew,
    StoreUnavailable,
)

log = logging.getLogger(__name__)

_SECONDS = 2.0
_GOOD_FOR = 1.0
_LITTLE_SPACE = 200 * 2**20
STARTING = "BillingBot is starting."
NO_ANSWER = "The database does not answer in time."
_OTHERWISE = "The database cannot be used; the log says why."
# Whoever asks is not known, so that no error speaks for itself: it would name folders and hosts.
_SENTENCES: Mapping[type[BillingBotError], str] = {
    StoreUnavailable: "The database server is away.",
    StoreBusy: "Another process has the database.",
    StoreCorrupt: "The database needs repair.",
    StoreTooNew: "The database was written by a newer BillingBot.",
    StoreFull: "The storage is full.",
    ConfigError: "A setting is missing or wrong; the log says which.",
}


@dataclass(frozen=True, slots=True)
class Report:
    """How it is: `problem` is a sentence when this process cannot serve; with a `warning` it still can."""

    problem: str = ""
    warning: str = ""


class Health:
    """Looks at the database when it is asked, at most once a second, and never for longer than the asker can wait.

    Each look has a thread of its own. While one hangs no other is begun, however many ask.

    Args:
        ask: asks the database something small, and opens it first when it is not open; raises what that raises.
        is_open: says whether it is open.
        free_bytes: how much space is left beside the database, if that is known.
        seconds: how long an asker waits.
    """

    def __init__(
        self,
        ask: Callable[[], object],
        is_open: Callable[[], bool],
        free_bytes: Callable[[], int | None] = lambda: None,
        seconds: float = _SECONDS,
    ) -> None:
        self._ask = ask
        self._is_open = is_open
        self._free_bytes = free_bytes
        self._seconds = seconds
        self._look: asyncio.Future[Report] | None = None
        self._looked_at = 0.0
        self._logged = Report()

    async def report(self) -> Report:
        """Return how it is now, or was a second ago. Only one event loop may ask."""
        if self._look is None or (self._look.done() and time.monotonic() - self._looked_at > _GOOD_FOR):
            look: Future[Report] = Future()
            self._look, self._looked_at = asyncio.wrap_future(look), time.monotonic()
            Thread(target=self._carry_out, args=(look,), name="health", daemon=True).start()
        try:
            return await asyncio.wait_for(asyncio.shield(self._look), self._seconds)
        except TimeoutError:
            return self._noted(Report(NO_ANSWER if self._is_open() else STARTING))

    def _carry_out(self, look: "Future[Report]") -> None:
        """Be the thread of a look: its outermost boundary, so that whoever waits for it gets an answer."""
        try:
            self._ask()
            left = self._free_bytes()
            little = left is not None and left < _LITTLE_SPACE
            report = Report(warning="The storage is nearly full." if little else "")
        except BillingBotError as error:
            report = Report(_sentence(error))
            if report != self._logged:  # else the log would say so every second
                log.warning("not healthy: %s", error)
        except Exception:
            report = Report(_OTHERWISE)
            if report != self._logged:
                log.exception("health could not be looked at")
        self._noted(report)
        look.set_result(report)

    def _noted(self, report: Report) -> Report:
        if report != self._logged:
            log.info("health: %s", report.problem or report.warning or "well")
            self._logged = report
        return report


def health_of(workspaces: Workspaces, environ: Mapping[str, str]) -> Health:
    """Return the health of the app on real data."""

    def free_bytes() -> int | None:
        settings = read_settings(environ)
        return None if settings.database_url else shutil.disk_usage(settings.database.parent).free

    return Health(
        lambda: workspaces.real().store.setting("time_zone"), lambda: workspaces.is_open(sandbox=False), free_bytes
    )


def _sentence(error: BillingBotError) -> str:
    return next((said for kind, said in _SENTENCES.items() if isinstance(error, kind)), _OTHERWISE)
