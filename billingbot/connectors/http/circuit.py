"""Remembers that a vendor is dead, so that not every call waits for it."""

import threading

from billingbot.connectors.http.policy import Policy, Timing


class Circuit:
    """Opens after failed tries in a row; while it is open, one call may try again now and then. Shared by threads."""

    def __init__(self, policy: Policy, timing: Timing) -> None:
        self._policy = policy
        self._clock = timing.clock
        self._lock = threading.Lock()
        self._failed = 0
        self._next_trial = 0.0

    def admit(self) -> float:
        """Return 0 when a call may go, else the seconds until the next trial; while it is open, 0 goes to one trial."""
        with self._lock:
            now = self._clock()
            if self._failed >= self._policy.dead_after:
                if now < self._next_trial:
                    return self._next_trial - now
                self._next_trial = now + self._policy.dead_seconds
            return 0.0

    def worked(self) -> None:
        """Hear that the vendor answered."""
        with self._lock:
            self._failed = 0

    def failed(self) -> bool:
        """Hear that a try failed; return whether the vendor counts as dead now."""
        with self._lock:
            self._failed += 1
            self._next_trial = self._clock() + self._policy.dead_seconds
            return self._failed >= self._policy.dead_after
