"""Which daily refresh is due, by a clock that the test sets."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from billingbot.domain.decision import Stamp
from billingbot.domain.integration import Integration
from billingbot.domain.refresh import RefreshRun, RefreshState
from billingbot.errors import InvalidSchedule
from billingbot.jobs.scheduled_refreshes import SCHEDULE, claim_due_refresh
from billingbot.store import DatabaseStore, open_duckdb

BERLIN = ZoneInfo("Europe/Berlin")
SET_AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
MORNING = datetime(2026, 11, 26, 5, 30, tzinfo=UTC)
"""Half past six in Berlin."""
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LEASE = timedelta(seconds=30)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "billingbot.duckdb"


@pytest.fixture
def store(path: Path) -> Iterator[DatabaseStore]:
    """Return a store with pax8, refreshed at half past six, and twilio, which is not refreshed by itself."""
    store = open_duckdb(path)
    for key in ("pax8", "twilio"):
        store.add_integration(Integration(key, key.title()), "auto", SET_AT)
    set_time(store, "06:30", SET_AT)
    yield store
    store.close()


def set_time(store: DatabaseStore, refresh_at: str, now: datetime) -> None:
    version = store.integration("pax8").version
    store.edit_integration("pax8", version, {"refresh_at": refresh_at}, Stamp(f"set {now}", "ann", now))


def due(store: DatabaseStore, now: datetime, zone: ZoneInfo = BERLIN) -> list[str]:
    return [one.key for one in store.integrations() if claim_due_refresh(store, one, zone, now)]


def begin(store: DatabaseStore, run_id: str, now: datetime, lease: timedelta = LEASE) -> RefreshRun:
    return store.start_run(RefreshRun(run_id, "pax8", SCHEDULE, RefreshState.RUNNING, started_at=now), lease)


def fail(store: DatabaseStore, run_id: str, now: datetime) -> None:
    """Start a run that ends at once, however that went."""
    run = begin(store, run_id, now)
    store.end_run(RefreshRun(run_id, "pax8", SCHEDULE, RefreshState.FAILED, now, run.token), now, "Pax8: no answer.")


def test_it_is_due_once_a_day_from_its_minute_on(store: DatabaseStore) -> None:
    set_time(store, "07:00", MORNING - 3 * HOUR)
    set_time(store, "06:30", MORNING - 2 * HOUR)
    found = []
    for minutes in range(-90, 26 * 60, 30):
        now = MORNING + minutes * MINUTE
        if due(store, now):
            found.append(now)
            fail(store, f"run {len(found)}", now)

    assert found == [MORNING, MORNING + DAY]


def test_what_is_due_never_is_nobodys_business_but_the_operators(store: DatabaseStore) -> None:
    set_time(store, "", SET_AT + MINUTE)

    assert due(store, MORNING) == []


def test_an_earlier_time_of_today_is_not_made_up_for_when_it_is_set(store: DatabaseStore) -> None:
    noticed = MORNING + 2 * HOUR
    set_time(store, "07:00", noticed)

    assert due(store, noticed + MINUTE) == []
    assert due(store, MORNING + DAY + 29 * MINUTE) == []
    assert due(store, MORNING + DAY + 30 * MINUTE) == ["pax8"]


def test_a_time_that_passed_while_the_app_was_off_is_made_up_for_and_earlier_days_are_not(store: DatabaseStore) -> None:
    late = MORNING + 10 * DAY + 23 * HOUR

    assert due(store, late) == ["pax8"]
    fail(store, "r1", late)
    assert due(store, late + MINUTE) == []
    assert due(store, late + HOUR) == ["pax8"]


def test_a_time_that_comes_twice_on_one_day_is_due_once(store: DatabaseStore) -> None:
    first = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    set_time(store, "02:30", first - HOUR)

    assert due(store, first) == ["pax8"]
    fail(store, "r1", first)
    assert due(store, first + HOUR) == []


def test_after_a_change_of_the_time_zone_no_day_comes_twice(store: DatabaseStore) -> None:
    assert due(store, MORNING) == ["pax8"]
    fail(store, "r1", MORNING)

    assert due(store, MORNING + 7 * HOUR, ZoneInfo("America/New_York")) == []
    assert due(store, MORNING + 30 * HOUR, ZoneInfo("America/New_York")) == ["pax8"]


def test_another_app_on_the_same_database_finds_it_claimed(store: DatabaseStore, path: Path) -> None:
    assert due(store, MORNING) == ["pax8"]
    fail(store, "r1", MORNING)
    store.close()

    again = open_duckdb(path)
    assert due(again, MORNING + MINUTE) == []
    again.close()


def test_a_refresh_whose_process_was_killed_is_made_up_for(store: DatabaseStore, path: Path) -> None:
    assert due(store, MORNING) == ["pax8"]
    begin(store, "r1", MORNING)
    assert due(store, MORNING + 10 * MINUTE) == []
    store.close()

    again = open_duckdb(path)
    assert again.run("r1").state is RefreshState.ABANDONED
    assert due(again, MORNING + HOUR) == ["pax8"]
    fail(again, "r2", MORNING + HOUR)
    assert due(again, MORNING + 2 * HOUR) == []
    again.close()


def test_a_dead_run_of_another_process_is_made_up_for_when_its_lease_is_over(store: DatabaseStore) -> None:
    assert due(store, MORNING) == ["pax8"]
    begin(store, "r1", MORNING, timedelta(0))

    assert due(store, MORNING + MINUTE) == ["pax8"]


def test_a_process_that_was_killed_before_its_refresh_began_is_made_up_for(store: DatabaseStore) -> None:
    assert due(store, MORNING) == ["pax8"]

    assert due(store, MORNING + MINUTE) == []
    assert due(store, MORNING + 3 * MINUTE) == ["pax8"]


def test_a_refresh_that_always_ends_the_process_is_tried_three_times_a_day(store: DatabaseStore) -> None:
    found = [bool(due(store, MORNING + hours * HOUR)) for hours in range(6)]

    assert found == [True, True, True, False, False, False]


def test_a_refresh_that_an_operator_began_a_little_earlier_counts(store: DatabaseStore) -> None:
    run = begin(store, "by hand", MORNING - SECOND)

    assert due(store, MORNING) == ["pax8"]  # the start is refused while that one runs
    ended = MORNING + MINUTE
    store.end_run(RefreshRun("by hand", "pax8", "ann", RefreshState.FAILED, ended, run.token), ended, "It failed.")
    assert due(store, MORNING + 10 * MINUTE) == []


def test_one_that_was_connected_again_does_not_make_up_for_what_it_missed(store: DatabaseStore) -> None:
    store.remove_integration("pax8", Stamp("remove", "ann", MORNING - HOUR))
    assert due(store, MORNING) == []

    store.add_integration(Integration("pax8", "Pax8"), "ann", MORNING + HOUR)

    assert due(store, MORNING + 2 * HOUR) == []
    assert due(store, MORNING + DAY) == ["pax8"]


def test_a_time_that_is_none_is_an_error(store: DatabaseStore) -> None:
    with pytest.raises(InvalidSchedule):
        claim_due_refresh(store, Integration("pax8", "Pax8", refresh_at="late"), BERLIN, MORNING)
