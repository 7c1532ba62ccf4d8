"""How patient BillingBot is with a vendor, and the time and chance that the patience is measured with."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Policy:
    """Bounds of one vendor's calls. Times are seconds, sizes bytes.

    A call is one answer that a connector wants: its tries, its back-offs and, where needed, the sign-in before it. It
    ends within `call_seconds`, not counting waits for the vendor's rate limit; those end within `rate_seconds`.

    Args:
        connect_seconds: longest wait for a connection, TLS included.
        try_seconds: longest time of one try, from connecting to the last byte of the body.
        call_seconds: longest time of one call.
        tries: failed tries after which a call gives up.
        backoff_seconds: first wait after a failure; doubled for each further one, less up to half by chance.
        rate_seconds: longest total wait of one call for the rate limit. HaloPSA's window is 5 minutes.
        rate_calls: calls that we allow ourselves in `rate_window`.
        rate_window: see `rate_calls`.
        dead_after: failed tries in a row, of all calls, after which the vendor counts as dead.
        dead_seconds: how long a dead vendor is left alone before one call may try again.
        body_bytes: largest body, as transferred and again after decompression.
    """

    connect_seconds: float = 5
    try_seconds: float = 20
    call_seconds: float = 60
    tries: int = 4
    backoff_seconds: float = 0.5
    rate_seconds: float = 330
    rate_calls: int = 300
    rate_window: float = 300
    dead_after: int = 5
    dead_seconds: float = 5
    body_bytes: int = 32 * 2**20

    def hurried(self) -> "Policy":
        """Return the same for calls that a person waits for: two tries, and 15 s in all."""
        return replace(self, connect_seconds=4, try_seconds=7, call_seconds=15, tries=2, rate_seconds=5)


@dataclass(frozen=True, slots=True)
class Timing:
    """Time and chance; tests pass their own. `clock` is monotonic, `now` counts from 1970, `chance` is in [0, 1)."""

    clock: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
