"""Sending plans in the background: one of an integration at a time, seen by every session of the process."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from billingbot.bootstrap.newest_work import NewestWork
from billingbot.domain.period import Period
from billingbot.domain.sending import SendResult
from billingbot.errors import BillingBotError
from billingbot.ports import PageSeen

log = logging.getLogger(__name__)


class SendingState(StrEnum):
    """Where a sending stands. `failed`: it ended with an error; what was sent before that is in the ledger."""

    RUNNING = "running"
    ENDED = "ended"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Sending:
    """One sending of a plan. `done` of `total` clients; `results` are there at the end; `error` is a sentence.

    One that is `stopping` still runs: it ends after the client whose invoice is being sent.
    """

    sending_id: str
    integration: str
    period: Period
    plan_hash: str
    actor: str
    started_at: datetime
    state: SendingState = SendingState.RUNNING
    done: int = 0
    total: int = 0
    error: str = ""
    stopping: bool = False
    results: tuple[SendResult, ...] = ()

    @property
    def is_running(self) -> bool:
        """Say whether it has not ended."""
        return self.state is SendingState.RUNNING


class Sendings(NewestWork[Sending]):
    """The newest sending of each integration. One that is cancelled stops before its next client."""

    def start(
        self, sending: Sending, carry_out: Callable[[PageSeen, Callable[[], bool]], Sequence[SendResult]]
    ) -> Sending:
        """Carry it out in a thread of its own, and return it; while another one runs, that one is returned instead.

        `carry_out` is given who hears of its progress, and what says whether to stop.
        """
        return self._begin(
            sending,
            f"sending {sending.sending_id}",
            sending.plan_hash[:8],
            lambda: self._carry_out(sending.integration, carry_out),
            state=SendingState.FAILED,
            error="Nothing was sent. Try again later.",
        )

    def _carry_out(
        self, integration: str, carry_out: Callable[[PageSeen, Callable[[], bool]], Sequence[SendResult]]
    ) -> None:
        def seen(done: int, total: int) -> None:
            self._change(integration, done=done, total=total)

        def stopping() -> bool:
            return self._change(integration).stopping

        try:
            results = tuple(carry_out(seen, stopping))
        except BillingBotError as error:
            self._change(integration, state=SendingState.FAILED, error=str(error))
        except Exception:
            log.exception("sending charges of %s failed", integration)
            sentence = "Something went wrong inside BillingBot. What was sent is in the view Sent: plan again to go on."
            self._change(integration, state=SendingState.FAILED, error=sentence)
        else:
            self._change(integration, state=SendingState.ENDED, results=results, done=len(results), total=len(results))
