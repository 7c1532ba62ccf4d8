"""Asks one vendor until there is an answer, or until it is sure that there will be none."""

import logging
from collections.abc import Collection

from billingbot.connectors.http.budget import Budget
from billingbot.connectors.http.circuit import Circuit
from billingbot.connectors.http.message import Fault, Reply, Request
from billingbot.connectors.http.patience import Patience
from billingbot.connectors.http.policy import Policy, Timing
from billingbot.connectors.http.retry_after import retry_after
from billingbot.connectors.http.vendor_words import vendor_words
from billingbot.connectors.http.wire import Wire
from billingbot.errors import (
    UpstreamError,
    UpstreamOutcomeUnknown,
    UpstreamRateLimited,
    UpstreamUnavailable,
)
from billingbot.logs import conceal

_log = logging.getLogger(__name__)


class Transport:
    """Tries, waits, budget and circuit of one vendor. Any number of threads may use it.

    Args:
        source: the vendor as users know it; every error carries it.
        wire: the connections; closed with this.
        policy: how patient to be.
        timing: time and chance.
        secrets: texts that no error may quote, though the vendor echoes them.
    """

    def __init__(
        self, source: str, wire: Wire, policy: Policy, timing: Timing | None = None, secrets: Collection[str] = ()
    ) -> None:
        self.source = source
        self.timing = timing or Timing()
        self._wire = wire
        self._policy = policy
        self._secrets = tuple(secret for secret in secrets if secret)
        conceal(*self._secrets)
        self._budget = Budget(policy, self.timing)
        self._circuit = Circuit(policy, self.timing)

    def patience(self) -> Patience:
        """Return what a new call may spend."""
        return Patience(self._policy, self.timing)

    def call(self, request: Request, patience: Patience) -> Reply:
        """Return an answer that further tries would not change: any status but 429 and 5xx.

        Raises `UpstreamUnavailable`, `UpstreamRateLimited`, `UpstreamSchemaError`, `UpstreamRejected`; and
        `UpstreamOutcomeUnknown` for a request that must not arrive twice and may have arrived once.
        """
        self._admit(request)
        while True:
            self._keep_to_budget(request, patience)
            outcome = self._try(request, patience)
            if isinstance(outcome, Fault):
                wait = self._after_fault(request, outcome, patience)
            elif outcome.status == 429:
                wait = self._after_rate_limit(request, outcome, patience)
            else:
                self._circuit.worked()
                return outcome
            self.timing.sleep(wait)

    def words(self, request: Request, reply: Reply) -> str:
        """Return the vendor's explanation, fit to be appended to an error's sentence."""
        return vendor_words(reply, (*self._secrets, *([request.token] if request.token else [])))

    def close(self) -> None:
        """Close all connections."""
        self._wire.close()

    def _admit(self, request: Request) -> None:
        wait = self._circuit.admit()
        if wait > 0:
            sentence = f"{request.label} was not asked for, because the last {self._policy.dead_after} tries failed"
            raise UpstreamUnavailable(f"{sentence}; try again in {wait:.0f} s.", source=self.source)

    def _keep_to_budget(self, request: Request, patience: Patience) -> None:
        wait = self._budget.reserve(request.endpoint, patience.rate_left)
        if wait is None:
            calls, window = self._policy.rate_calls, self._policy.rate_window
            sentence = (
                f"{request.label} would have exceeded the {calls} calls in {window:.0f} s that we allow ourselves."
            )
            raise UpstreamRateLimited(sentence, source=self.source)
        if wait > 0:
            patience.spend_rate_wait(wait)
            self.timing.sleep(wait)

    def _try(self, request: Request, patience: Patience) -> Reply | Fault:
        outcome = self._wire.send(request, patience.try_seconds(), patience.failed)
        if isinstance(outcome, Reply) and outcome.status >= 500:
            outcome = Fault(
                f"the service answered {outcome.status}{self.words(request, outcome)}",
                sent=True,
                status=outcome.status,
                retry_after=retry_after(outcome.headers, self.timing.now()),
            )
        what = outcome.sentence if isinstance(outcome, Fault) else outcome.status
        _log.debug("%s: %s %s: %s", self.source, request.method, request.label, what)
        return outcome

    def _after_fault(self, request: Request, fault: Fault, patience: Patience) -> float:
        """Return the wait before the next try, or raise what the fault means."""
        dead = fault.worth_a_retry and self._circuit.failed()
        if fault.sent and not request.repeatable:
            raise self._error(UpstreamOutcomeUnknown, fault, f"{request.label}; it is not known whether it was done")
        wait = patience.after_failure(fault.retry_after) if fault.worth_a_retry else None
        if wait is None or dead:
            tries = f" ({patience.failed} tries)" if patience.failed > 1 else ""
            raise self._error(fault.error, fault, f"{request.label}{tries}")
        return wait

    def _error(self, kind: type[UpstreamError], fault: Fault, where: str) -> UpstreamError:
        return kind(f"{fault.sentence} on {where}.", source=self.source, status=fault.status, cause=fault.cause)

    def _after_rate_limit(self, request: Request, reply: Reply, patience: Patience) -> float:
        asked = retry_after(reply.headers, self.timing.now())
        self._circuit.worked()
        wait = patience.after_rate_limit(asked)
        if wait is None:
            asks = f"asks to wait {asked:.0f} s" if asked else "refuses further calls"
            sentence = f"its rate limit {asks} on {request.label}, longer than we wait."
            raise UpstreamRateLimited(sentence, source=self.source, status=reply.status)
        return wait
