"""The one clock of the app."""

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from billingbot.jobs.outside import Outside


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


def outside_of(zone: str) -> Outside:
    """Return the time as planning and sending need it; `zone` is the MSP's, as IANA names it."""
    return Outside(now, time.sleep, zone=ZoneInfo(zone))
