"""When a daily refresh is due, on days that are longer or shorter than others, and on one that is not there."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingbot.domain.schedule import Due, last_due, next_due, time_of_day, time_zone
from billingbot.errors import InvalidSchedule
from tests.scoreboard.rows import NO_ENGINE

pytestmark = pytest.mark.fault(28, engine=NO_ENGINE)

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(
    [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Africa/Cairo",
        "Asia/Kathmandu",
    ]
)
TIMES = st.times().map(lambda at: at.strftime("%H:%M"))
INSTANTS = st.datetimes(datetime(2005, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


def utc(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "6:30", "06.30", "24:00", "06:60", "06:30:00", " 06:30", "٠٦:٣٠", "-1:30"])
def test_what_is_no_time_of_day_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(InvalidSchedule, match="no time of day"):
        time_of_day(text)


@pytest.mark.parametrize(
    "name", ["", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "Europe", "a\0b", "x" * 5000]
)
def test_an_unknown_time_zone_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(InvalidSchedule, match="There is no time zone"):
        time_zone(name)


def test_it_is_due_at_its_minute_and_not_before() -> None:
    assert last_due("06:30", BERLIN, utc(2026, 11, 26, 5, 30)) == Due(date(2026, 11, 26), utc(2026, 11, 26, 5, 30))
    assert last_due("06:30", BERLIN, utc(2026, 11, 26, 5, 29)).day == date(2026, 11, 25)
    assert next_due("06:30", BERLIN, utc(2026, 11, 26, 5, 29)).day == date(2026, 11, 26)
    assert next_due("06:30", BERLIN, utc(2026, 11, 26, 5, 30)).day == date(2026, 11, 27)


def test_a_time_that_the_clocks_skip_is_due_an_hour_later_by_them() -> None:
    assert last_due("02:30", BERLIN, utc(2026, 3, 29, 12)) == Due(date(2026, 3, 29), utc(2026, 3, 29, 1, 30))


def test_a_time_that_comes_twice_is_due_the_first_time_only() -> None:
    first, second = utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 30)

    assert last_due("02:30", BERLIN, first) == last_due("02:30", BERLIN, second) == Due(date(2026, 10, 25), first)


def test_a_day_that_the_calendar_left_out_is_due_no_more_than_once() -> None:
    apia = ZoneInfo("Pacific/Apia")

    assert last_due("06:00", apia, utc(2011, 12, 30, 15)).day == date(2011, 12, 29)
    assert last_due("06:00", apia, utc(2011, 12, 30, 16)).day == date(2011, 12, 31)


@given(TIMES, ZONES, INSTANTS)
def test_between_now_and_the_next_time_nothing_else_is_due(at: str, zone: str, now: datetime) -> None:
    there = ZoneInfo(zone)
    last, following = last_due(at, there, now), next_due(at, there, now)

    assert last.instant <= now < following.instant
    assert following.instant - last.instant <= timedelta(hours=49)
    assert last_due(at, there, following.instant - timedelta(microseconds=1)) == last
    assert last_due(at, there, following.instant).instant == following.instant


@given(TIMES, ZONES, INSTANTS)
def test_each_local_day_comes_once(at: str, zone: str, now: datetime) -> None:
    there = ZoneInfo(zone)
    days = []
    for _ in range(6):
        due = next_due(at, there, now)
        days.append(due.day)
        now = due.instant

    assert len(set(days)) == 6
    assert days == sorted(days)
    assert all(timedelta(1) <= later - day <= timedelta(2) for day, later in pairwise(days))
