"""How far back Activity looks. Days are those of UTC, as all times on the page."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum


class Period(StrEnum):
    """A choice of the period filter, as it stands in an address."""

    ALL = "all"
    TODAY = "today"
    WEEK = "7-days"
    MONTH = "30-days"
    YEAR = "year"


PERIOD_WORDS: Mapping[Period, str] = {
    Period.ALL: "Any time",
    Period.TODAY: "Today",
    Period.WEEK: "Last 7 days",
    Period.MONTH: "Last 30 days",
    Period.YEAR: "This year",
}


def since(period: Period, now: datetime) -> datetime | None:
    """Return when the period began; None for the beginning of everything.

    >>> from datetime import UTC
    >>> now = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
    >>> [f"{since(period, now):%Y-%m-%d %H:%M}" for period in (Period.TODAY, Period.WEEK, Period.YEAR)]
    ['2026-11-22 00:00', '2026-11-15 12:30', '2026-01-01 00:00']
    """
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        Period.ALL: None,
        Period.TODAY: midnight,
        Period.WEEK: now - timedelta(days=7),
        Period.MONTH: now - timedelta(days=30),
        Period.YEAR: midnight.replace(month=1, day=1),
    }[period]
