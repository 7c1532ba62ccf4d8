"""Fetching charges in the background: a month of an integration at a time, seen by every session of the process."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from threading import Lock, Thread

from billingbot.domain.charge_snapshot import ChargeSnapshot
from billingbot.domain.period import Period
from billingbot.errors import BillingBotError, ChargesKept
from billingbot.ports import PageSeen

log = logging.getLogger(__name__)


class FetchState(StrEnum):
    """Where fetching stands. `kept` ended without a change, because a person has to look."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    KEPT = "kept"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ChargeFetch:
    """One try to fetch a month. `total` 0 is not known yet; `error` is the sentence to show.

    One that is `stopping` still runs: it ends at its next page, or with all of the month when that was the last.
    """

    fetch_id: str
    integration: str
    period: Period
    actor: str
    started_at: datetime
    state: FetchState = FetchState.RUNNING
    done: int = 0
    total: int = 0
    error: str = ""
    stopping: bool = False
    snapshot: ChargeSnapshot | None = None


class _Cancelled(Exception):
    """Somebody asked to stop."""


class ChargeFetches:
    """The newest fetch of each integration. Safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._newest: dict[str, ChargeFetch] = {}

    def newest(self, integration: str) -> ChargeFetch | None:
        """Return the newest one, running or ended, if there was any since the app started."""
        with self._lock:
            return self._newest.get(integration)

    def start(self, fetch: ChargeFetch, carry_out: Callable[[PageSeen], ChargeSnapshot]) -> ChargeFetch:
        """Carry it out in a thread of its own, and return it; while another one runs, that one is returned instead."""
        with self._lock:
            running = self._newest.get(fetch.integration)
            if running is not None and running.state is FetchState.RUNNING:
                return running
            self._newest[fetch.integration] = fetch
        name = f"charges {fetch.integration}"
        Thread(target=self._carry_out, args=(fetch.integration, carry_out), name=name, daemon=True).start()
        return fetch

    def cancel(self, integration: str) -> None:
        """Ask what runs to stop at its next page; what was kept of the month stays then."""
        with self._lock:
            running = self._newest.get(integration)
            if running is not None and running.state is FetchState.RUNNING:
                self._newest[integration] = replace(running, stopping=True)

    def _carry_out(self, integration: str, carry_out: Callable[[PageSeen], ChargeSnapshot]) -> None:
        def seen(done: int, total: int) -> None:
            if self._change(integration, done=done, total=total).stopping:
                raise _Cancelled

        try:
            snapshot = carry_out(seen)
        except _Cancelled:
            self._change(integration, state=FetchState.CANCELLED)
        except ChargesKept as error:
            self._change(integration, state=FetchState.KEPT, error=str(error))
        except BillingBotError as error:
            self._change(integration, state=FetchState.FAILED, error=str(error))
        except Exception:
            log.exception("fetching charges of %s failed", integration)
            error_sentence = "Something went wrong inside BillingBot; what was kept of the month stays."
            self._change(integration, state=FetchState.FAILED, error=error_sentence)
        else:
            self._change(integration, state=FetchState.SUCCEEDED, snapshot=snapshot)

    def _change(self, integration: str, **fields: object) -> ChargeFetch:
        """Change the fetch that runs, and return it: until its thread ends, it is the integration's newest."""
        with self._lock:
            self._newest[integration] = replace(self._newest[integration], **fields)  # type: ignore[arg-type]
            return self._newest[integration]
