"""Transports for tests: real sockets and real deadlines, but waits between tries pass at once."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from billingbot.connectors.http import Policy, Timing, Transport, Wire

LOCAL = frozenset({"127.0.0.1"})
QUICK = Policy(connect_seconds=0.5, try_seconds=0.5, call_seconds=60, tries=3)


@dataclass
class WarpedTime:
    """A clock on which sleeping takes no time and still counts. `slept` are the waits so far."""

    now: float = 1_800_000_000.0
    slept: list[float] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)

    def clock(self) -> float:
        return time.monotonic() + sum(self.slept)

    def timing(self, chance: float = 0.0) -> Timing:
        return Timing(self.clock, lambda: self.now, self.sleep, lambda: chance)


@contextmanager
def transport(
    policy: Policy = QUICK, timing: Timing | None = None, secrets: tuple[str, ...] = ()
) -> Iterator[Transport]:
    """Yield a transport that may speak to this machine, and close it."""
    made = Transport("Vendor", Wire(policy, LOCAL), policy, timing or WarpedTime().timing(), secrets)
    try:
        yield made
    finally:
        made.close()
