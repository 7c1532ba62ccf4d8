"""A clock that is an hour wrong: who may write is a matter of the database's clock, whatever time a process has."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingbot.domain.period import Period
from billingbot.errors import RefreshRunning, SendingRunning
from billingbot.store import DatabaseStore
from tests.scoreboard.rows import NO_ENGINE
from tests.scoreboard.size import examples
from tests.scoreboard.tally import Tally
from tests.unit.store.entries import entry
from tests.unit.store.refreshes import MINUTE, NO_TIME, NOON, fetched, match_frame, new_run

HOUR = timedelta(hours=1)
clocks = pytest.mark.parametrize("jump", [-HOUR, HOUR, timedelta(days=400)], ids=["back", "ahead", "far ahead"])


@pytest.mark.fault(28)
@clocks
def test_a_refresh_goes_on_though_the_clock_of_a_process_jumps(store: DatabaseStore, jump: timedelta) -> None:
    run = store.start_run(new_run("r1", now=NOON), MINUTE)

    with pytest.raises(RefreshRunning):
        store.start_run(new_run("r2", now=NOON + jump), MINUTE)

    assert store.run("r1").alive
    store.apply_refresh(run, fetched([1]), match_frame(), NOON + jump)


@pytest.mark.fault(28)
@clocks
def test_a_refresh_that_died_is_replaced_though_the_clock_of_a_process_jumps(
    store: DatabaseStore, jump: timedelta
) -> None:
    store.start_run(new_run("r1", now=NOON), NO_TIME)

    store.start_run(new_run("r2", now=NOON + jump), MINUTE)

    latest = store.latest_run("pax8")
    assert latest is not None
    assert latest.run_id == "r2"


@pytest.mark.fault(28)
@clocks
def test_a_sending_goes_on_though_the_clock_of_a_process_jumps(store: DatabaseStore, jump: timedelta) -> None:
    lease = store.take_send_lease("pax8", "s1", MINUTE)

    with pytest.raises(SendingRunning):
        store.take_send_lease("pax8", "s2", MINUTE)

    store.begin_entry(entry("e1", started_at=NOON + jump), lease)


@pytest.mark.fault(28, engine=NO_ENGINE)
@examples(200, 20_000)
@given(day=st.dates(date(1999, 1, 1), date(2101, 12, 31)))
def test_every_day_is_in_one_month_and_months_follow_each_other(tally: Tally, day: date) -> None:
    tally.trials()
    month = Period.of(day)

    assert str(month) == f"{day.year}-{day.month:02d}"
    assert month.next.previous == month
    assert month.previous < month < month.next
    assert Period.of(day.replace(day=1) - timedelta(days=1)) == month.previous


@pytest.mark.fault(28, engine=NO_ENGINE)
@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2028, 2, 29), "2028-02"),
        (date(2100, 2, 28), "2100-02"),
        (datetime(2026, 3, 29, 1, tzinfo=UTC).date(), "2026-03"),
        (datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC).date(), "2026-12"),
    ],
    ids=["leap day", "no leap day in 2100", "summer time begins", "last second of a year"],
)
def test_days_that_calendars_get_wrong_are_in_their_month(day: date, month: str) -> None:
    assert str(Period.of(day)) == month
