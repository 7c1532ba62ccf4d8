"""Sending plans in the background: one of an integration at a time, seen by every session of the process."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from threading import Lock, Thread

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


class Sendings:
    """The newest sending of each integration. Safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._newest: dict[str, Sending] = {}

    def newest(self, integration: str) -> Sending | None:
        """Return the newest one, running or ended, if there was any since the app started."""
        with self._lock:
            return self._newest.get(integration)

    def start(
        self, sending: Sending, carry_out: Callable[[PageSeen, Callable[[], bool]], Sequence[SendResult]]
    ) -> Sending:
        """Carry it out in a thread of its own, and return it; while another one runs, that one is returned instead.

        `carry_out` is given who hears of its progress, and what says whether to stop.
        """
        with self._lock:
            running = self._newest.get(sending.integration)
            if running is not None and running.state is SendingState.RUNNING:
                return running
            self._newest[sending.integration] = sending
        name = f"sending {sending.sending_id}"
        thread = Thread(target=self._carry_out, args=(sending.integration, carry_out), name=name, daemon=True)
        try:
            thread.start()
        except RuntimeError:
            # The machine has no thread left: what does not run must not look as if it did.
            log.exception("sending charges of %s could not start", sending.integration)
            self._change(sending.integration, state=SendingState.FAILED, error="Nothing was sent. Try again later.")
        return sending

    def cancel(self, integration: str) -> None:
        """Ask what runs to stop before its next client; what was sent is sent."""
        with self._lock:
            running = self._newest.get(integration)
            if running is not None and running.state is SendingState.RUNNING:
                self._newest[integration] = replace(running, stopping=True)

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

    def _change(self, integration: str, **fields: object) -> Sending:
        """Change the sending that runs, and return it: until its thread ends, it is the integration's newest."""
        with self._lock:
            self._newest[integration] = replace(self._newest[integration], **fields)  # type: ignore[arg-type]
            return self._newest[integration]
