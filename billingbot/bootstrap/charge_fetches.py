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
    """One try to fetch a month. `total` 0 is not known yet; `error` is the sentence to show."""

    fetch_id: str
    integration: str
    period: Period
    actor: str
    started_at: datetime
    state: FetchState = FetchState.RUNNING
    done: int = 0
    total: int = 0
    error: str = ""
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
        Thread(target=self._carry_out, args=(fetch, carry_out), name=name, daemon=True).start()
        return fetch

    def cancel(self, integration: str) -> None:
        """Stop what runs before its next page; what was kept of the month stays."""
        running = self.newest(integration)
        if running is not None:
            self._change(running, state=FetchState.CANCELLED)

    def _carry_out(self, fetch: ChargeFetch, carry_out: Callable[[PageSeen], ChargeSnapshot]) -> None:
        def seen(done: int, total: int) -> None:
            if not self._change(fetch, done=done, total=total):
                raise _Cancelled

        try:
            snapshot = carry_out(seen)
        except _Cancelled:
            return
        except ChargesKept as error:
            self._change(fetch, state=FetchState.KEPT, error=str(error))
        except BillingBotError as error:
            self._change(fetch, state=FetchState.FAILED, error=str(error))
        except Exception:
            log.exception("fetching charges of %s failed", fetch.integration)
            error_sentence = "Something went wrong inside BillingBot; what was kept of the month stays."
            self._change(fetch, state=FetchState.FAILED, error=error_sentence)
        else:
            self._change(fetch, state=FetchState.SUCCEEDED, snapshot=snapshot)

    def _change(self, fetch: ChargeFetch, **fields: object) -> bool:
        """Change the fetch while it runs; say whether it was running still."""
        with self._lock:
            newest = self._newest[fetch.integration]
            if newest.fetch_id != fetch.fetch_id or newest.state is not FetchState.RUNNING:
                return False
            self._newest[fetch.integration] = replace(newest, **fields)  # type: ignore[arg-type]
            return True
