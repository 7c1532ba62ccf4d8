"""The number of calls that we allow ourselves with a vendor in a rolling window, so that it need not refuse any."""

import threading
from collections import defaultdict, deque

from billingbot.connectors.http.policy import Policy, Timing


class Budget:
    """Hands out the times at which calls may go, to each endpoint its own. Shared by all threads that ask one vendor.

    Vendors with one limit for everything have one endpoint here.
    """

    def __init__(self, policy: Policy, timing: Timing) -> None:
        self._window = policy.rate_window
        self._clock = timing.clock
        self._lock = threading.Lock()
        self._times: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=policy.rate_calls))

    def reserve(self, endpoint: str, longest: float) -> float | None:
        """Take the next free time and return the seconds until then; take none, and return None, beyond `longest`."""
        with self._lock:
            now = self._clock()
            times = self._times[endpoint]
            full = len(times) == times.maxlen
            free_at = max(now, times[0] + self._window) if full else now
            if free_at - now > longest:
                return None
            times.append(free_at)
            return free_at - now
