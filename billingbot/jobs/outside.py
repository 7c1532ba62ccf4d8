"""What planning and sending need of the world besides HaloPSA: time, and somebody who hears of each step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum


class SendStep(StrEnum):
    """What has just been done, in order, for whoever wants to see what happens when a process ends there."""

    LEASE_TAKEN = "lease taken"
    ITEMS_CREATED = "items created"
    LEDGER_READ = "ledger read"
    TARGET_READ = "target read"
    ENTRY_WRITTEN = "entry written"
    SENT = "sent"
    READ_BACK = "read back"
    ENTRY_ENDED = "entry ended"


def _unheard(_step: SendStep) -> None:
    """Hear of a step, and do nothing."""


@dataclass(frozen=True, slots=True)
class Outside:
    """Time, and who hears of a sending's steps; tests pass their own.

    Args:
        now: the time, in UTC.
        pause: waits so many seconds.
        settle_seconds: how long after a lost answer HaloPSA is looked at for the last time: longer than it may work on
            a request that nobody waits for any more.
        reached: hears of each step.
        zone: the MSP's: an invoice is of the day that it is there.
    """

    now: Callable[[], datetime]
    pause: Callable[[float], None]
    settle_seconds: float = 25
    reached: Callable[[SendStep], None] = _unheard
    zone: tzinfo = UTC
