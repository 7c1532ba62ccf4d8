"""What one call may still spend: tries, time, and waits for the rate limit."""

from billingbot.connectors.http.policy import Policy, Timing

_LONGEST_RATE_WAIT = 60


class Patience:
    """The sign-in, the tries and the repeat after a 401 of one call share it. Not for several threads."""

    def __init__(self, policy: Policy, timing: Timing) -> None:
        self._policy = policy
        self._timing = timing
        self._deadline = timing.clock() + policy.call_seconds
        self.failed = 0
        self._rate_limited = 0
        self.rate_left = policy.rate_seconds

    def try_seconds(self) -> float:
        """Return how long the next try may take."""
        return max(0.0, min(self._policy.try_seconds, self._left()))

    def after_failure(self, asked: float | None) -> float | None:
        """Count a failed try; return the wait before the next, or None when there is none.

        Args:
            asked: seconds that the vendor asked us to wait.
        """
        self.failed += 1
        backoff = self._policy.backoff_seconds * 2.0 ** (self.failed - 1) * (1 - self._timing.chance() / 2)
        wait = max(backoff, asked or 0.0)
        return wait if self.failed < self._policy.tries and wait < self._left() else None

    def after_rate_limit(self, asked: float | None) -> float | None:
        """Return the wait before the next try, or None when it is longer than what is left.

        Without a word of the vendor: 1, 2, 4 … 60, 60 s, up to a quarter more by chance.
        """
        backoff = min(2.0**self._rate_limited, _LONGEST_RATE_WAIT) * (1 + self._timing.chance() / 4)
        wait = max(backoff, asked or 0.0)
        if wait > self.rate_left:
            return None
        self._rate_limited += 1
        self.spend_rate_wait(wait)
        return wait

    def spend_rate_wait(self, seconds: float) -> None:
        """Count a wait for the rate limit, which leaves the time for the tries as it is."""
        self.rate_left -= seconds
        self._deadline += seconds

    def _left(self) -> float:
        return self._deadline - self._timing.clock()
