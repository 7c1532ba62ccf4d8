"""The app's own clock: what it starts, when, and what does not stop it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from threading import enumerate as enumerate_threads

import pytest

from billingbot.bootstrap import App, Connections, Scheduler
from billingbot.domain.decision import Stamp
from billingbot.domain.integration import Integration
from billingbot.domain.party import Client, Company
from billingbot.domain.refresh import RefreshState
from billingbot.errors import StoreBusy
from billingbot.store import DatabaseStore, open_duckdb
from tests.fake_targets import no_op
from tests.fakes import FakeDistributor, FakeHalo, no_vendors
from tests.unit.store.at_once import at_once
from tests.wait import wait_for

SET_AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
MORNING = datetime(2026, 11, 26, 6, 30, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
CLIENTS, COMPANIES = [Client(1, "Contoso")], [Company("c1", "Contoso")]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DatabaseStore]:
    """Return a store with ingram_micro, pax8 and twilio, which are refreshed at half past six, in UTC."""
    store = open_duckdb(tmp_path / "billingbot.duckdb")
    store.save_setting("time_zone", "UTC", Stamp("zone", "ann", SET_AT))
    for key in ("ingram_micro", "pax8", "twilio"):
        store.add_integration(Integration(key, key), "auto", SET_AT)
        store.edit_integration(key, 1, {"refresh_at": "06:30"}, Stamp(f"set {key}", "ann", SET_AT))
    yield store
    wait_for(lambda: not any(thread.name.startswith("refresh") for thread in enumerate_threads()), "refresh threads")
    store.close()


def app_on(store: DatabaseStore, *keys: str, before_answer: Callable[[], None] = no_op) -> App:
    """Return an app to which HaloPSA and these distributors are connected."""
    distributors = {key: FakeDistributor(COMPANIES, before_answer, key=key, name=key) for key in keys}
    connections = Connections(FakeHalo(CLIENTS), distributors, {"pax8": "Pax8 is not connected."})  # type: ignore[arg-type]
    return App(store, connections, False, no_vendors(store))


def scheduler(app: App, now: datetime) -> Scheduler:
    return Scheduler(lambda: app, lambda: now)


def wait_until_ended(store: DatabaseStore, *keys: str) -> None:
    def all_ended() -> bool:
        runs = [store.latest_run(key) for key in keys]
        return all(run is not None and run.state is not RefreshState.RUNNING for run in runs)

    wait_for(all_ended, "the end of refreshes")


def test_what_is_due_is_refreshed_by_the_schedule_once_a_day(store: DatabaseStore) -> None:
    app = app_on(store, "ingram_micro", "pax8", "twilio")

    assert scheduler(app, MORNING - MINUTE).start_due() == ["ingram_micro", "pax8", "twilio"]  # yesterday's
    wait_until_ended(store, "ingram_micro", "pax8", "twilio")
    assert scheduler(app, MORNING - MINUTE).start_due() == []
    assert scheduler(app, MORNING).start_due() == ["ingram_micro", "pax8", "twilio"]

    wait_until_ended(store, "ingram_micro", "pax8", "twilio")
    newest = store.latest_run("pax8")
    assert newest is not None
    assert (newest.actor, newest.state) == ("schedule", RefreshState.SUCCEEDED)


def test_two_schedulers_at_once_start_each_refresh_once(store: DatabaseStore) -> None:
    first, second = (scheduler(app_on(store, "ingram_micro", "pax8", "twilio"), MORNING) for _ in range(2))

    results = at_once(first.start_due, second.start_due)

    wait_until_ended(store, "ingram_micro", "pax8", "twilio")
    assert sorted(key for found in results for key in found) == ["ingram_micro", "pax8", "twilio"]  # type: ignore[attr-defined]


def test_one_that_is_not_connected_says_so_and_stops_no_other(store: DatabaseStore) -> None:
    assert scheduler(app_on(store, "ingram_micro", "twilio"), MORNING).start_due() == ["ingram_micro", "twilio"]

    wait_until_ended(store, "ingram_micro", "twilio")
    assert store.checks()["pax8"].error == "The scheduled refresh could not start. Pax8 is not connected."


def test_one_that_is_being_refreshed_stops_no_other(store: DatabaseStore) -> None:
    answer = Event()

    def wait() -> None:
        answer.wait()

    app = app_on(store, "ingram_micro", "pax8", "twilio", before_answer=wait)
    app.start_refresh("pax8", "ann")

    assert scheduler(app, MORNING).start_due() == ["ingram_micro", "twilio"]

    answer.set()
    wait_until_ended(store, "ingram_micro", "pax8", "twilio")


def test_a_database_that_cannot_be_opened_yet_is_tried_again(store: DatabaseStore) -> None:
    app, tries = app_on(store, "ingram_micro", "pax8", "twilio"), []

    def opened() -> App:
        tries.append(1)
        if len(tries) < 3:
            raise StoreBusy("Another process holds the database.")
        if len(tries) < 5:
            raise ValueError("nobody expected this")
        return app

    running = Scheduler(opened, lambda: MORNING, seconds=0.01)
    running.start()
    wait_until_ended(store, "ingram_micro", "pax8", "twilio")
    running.stop()

    assert len(tries) >= 5


def test_it_ends_at_once_though_it_sleeps(store: DatabaseStore) -> None:
    asked = Event()
    app = app_on(store)

    def opened() -> App:
        asked.set()
        return app

    with ExitStack() as stopping:
        running = Scheduler(opened, lambda: MORNING, seconds=3600)
        running.start()
        stopping.callback(running.stop)
        assert asked.wait(10)
