"""Fetching charges in the background: a month of an integration at a time, seen by every session of the process."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from billingbot.bootstrap.newest_work import NewestWork
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

    @property
    def is_running(self) -> bool:
        """Say whether it has not ended."""
        return self.state is FetchState.RUNNING


class _Cancelled(Exception):
    """Somebody asked to stop."""


class ChargeFetches(NewestWork[ChargeFetch]):
    """The newest fetch of each integration. One that is cancelled stops at its next page, and keeps what was kept."""

    def start(self, fetch: ChargeFetch, carry_out: Callable[[PageSeen], ChargeSnapshot]) -> ChargeFetch:
        """Carry it out in a thread of its own, and return it; while another one runs, that one is returned instead."""
        return self._begin(
            fetch,
            f"charges {fetch.integration}",
            fetch.fetch_id,
            lambda: self._carry_out(fetch.integration, carry_out),
            state=FetchState.FAILED,
            error="Nothing was read. Try again later.",
        )

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
