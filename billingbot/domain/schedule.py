"""When a daily refresh is due: a time of day in the MSP's time zone, once a local day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from billingbot.errors import InvalidSchedule

_DAY = timedelta(days=1)
# A zone that moved across the date line left out a day: then yesterday was not the day before.
_DAYS_BACK = 3
_DAYS_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Due:
    """One time at which a refresh is due: the local day, and the instant in UTC."""

    day: date
    instant: datetime


def time_of_day(text: str) -> time:
    """Return the time that `06:30` says; raise `InvalidSchedule` with a sentence when it says none.

    >>> time_of_day("06:30")
    datetime.time(6, 30)
    """
    hours, _, minutes = text.partition(":")
    if not (len(hours) == len(minutes) == 2 and text.isascii() and (hours + minutes).isdigit()):
        raise InvalidSchedule(f"“{text}” is no time of day. Write it like 06:30.")
    if int(hours) > 23 or int(minutes) > 59:
        raise InvalidSchedule(f"“{text}” is no time of day: there are 24 hours of 60 minutes.")
    return time(int(hours), int(minutes))


def time_zone(name: str) -> ZoneInfo:
    """Return the time zone of that name, such as `Europe/Berlin`; raise `InvalidSchedule` when nobody knows it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # ValueError: a path or a control character. OSError: the name of a folder, or one that is too long.
        raise InvalidSchedule(f"There is no time zone “{name}”. Choose one such as Europe/Berlin.") from None


def last_due(refresh_at: str, zone: ZoneInfo, now: datetime) -> Due:
    """Return the newest time at which the refresh was due, `now` included.

    A time that the clocks skip is due as if they had not been put forward; of one that comes twice, the first counts.

    Raises `InvalidSchedule` when `refresh_at` is no time of day.
    """
    at = time_of_day(refresh_at)
    today = now.astimezone(zone).date()
    found = (_due(today - back * _DAY, at, zone) for back in range(_DAYS_BACK + 1))
    return next(due for due in found if due.instant <= now)


def next_due(refresh_at: str, zone: ZoneInfo, now: datetime) -> Due:
    """Return the first time at which the refresh will be due after `now`. Raises `InvalidSchedule`."""
    at = time_of_day(refresh_at)
    today = now.astimezone(zone).date()
    found = (_due(today + ahead * _DAY, at, zone) for ahead in range(-1, _DAYS_AHEAD))
    return next(due for due in found if due.instant > now)


def _due(day: date, at: time, zone: ZoneInfo) -> Due:
    return Due(day, datetime.combine(day, at, zone).astimezone(UTC))
