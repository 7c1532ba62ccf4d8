"""The running app's backups: one a day, the newest fourteen, and what is asked for while somebody waits for it."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from billingbot.bootstrap.asked_work import AskedWork, Work
from billingbot.bootstrap.backup_folder import KEPT, daily_backups_in, made_at, new_daily_path, new_path
from billingbot.bootstrap.backups import Backups
from billingbot.config import Settings
from billingbot.errors import ConfigError, StoreBusy, StoreCorrupt, StoreError
from billingbot.store import DatabaseStore, Engine, open_duckdb
from billingbot.store.backup import read_backup
from tests.wait import wait_for

START = datetime(2026, 11, 26, 20, 40, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "billingbot.duckdb", backups=tmp_path / "backups")


@pytest.fixture
def store(settings: Settings) -> Iterator[DatabaseStore]:
    store = open_duckdb(settings.database)
    yield store
    store.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def names(settings: Settings) -> list[str]:
    return [path.name for path in daily_backups_in(settings.backups, settings.database)]


def test_the_first_backup_comes_a_minute_after_the_start_and_then_one_a_day(
    store: DatabaseStore, settings: Settings, clock: Clock
) -> None:
    backups = Backups(lambda: store.engine, lambda: settings, clock)
    made = []

    for minutes in range(0, 3 * 24 * 60, 30):
        clock.time = START + timedelta(minutes=minutes)
        backups.look()
        made.append(len(names(settings)))

    assert made[:3] == [0, 1, 1]
    assert made[-1] == 3
    assert names(settings)[0] == "billingbot-2026-11-26T211000Z-daily.duckdb"
    assert backups.problem == ""


def test_after_a_restart_the_former_backup_counts(store: DatabaseStore, settings: Settings, clock: Clock) -> None:
    for _ in range(3):
        backups = Backups(lambda: store.engine, lambda: settings, clock)
        clock.time += timedelta(minutes=2)
        backups.look()

    assert len(names(settings)) == 1


def test_only_the_newest_are_kept_and_nothing_else_is_removed(
    store: DatabaseStore, settings: Settings, clock: Clock
) -> None:
    backups = Backups(lambda: store.engine, lambda: settings, clock)
    settings.backups.mkdir()
    names_of_others = ("billingbot-before-the-move.duckdb", "sandbox-2020-01-01T000000Z.duckdb")
    others = [settings.backups / name for name in names_of_others]
    for other in others:
        other.touch()

    for day in range(1, KEPT + 4):
        clock.time = START + timedelta(days=day)
        backups.look()

    assert len(names(settings)) == KEPT
    assert made_at(settings.backups / names(settings)[-1]) == clock.time
    assert all(other.exists() for other in others)


def test_backups_that_somebody_asked_for_are_never_removed(
    store: DatabaseStore, settings: Settings, clock: Clock
) -> None:
    backups = Backups(lambda: store.engine, lambda: settings, clock)
    settings.backups.mkdir()
    asked = [new_path(settings.backups, settings.database, START + timedelta(hours=hour)) for hour in range(KEPT + 3)]
    for file in asked:
        file.touch()

    for day in range(1, 4):
        clock.time = START + timedelta(days=day)
        backups.look()

    assert len(names(settings)) == 3
    assert all(file.exists() for file in asked)


def test_backups_dated_in_the_future_stop_no_backup_and_push_out_none(
    store: DatabaseStore, settings: Settings, clock: Clock
) -> None:
    backups = Backups(lambda: store.engine, lambda: settings, clock)
    settings.backups.mkdir()
    for day in range(KEPT + 1):
        new_daily_path(settings.backups, settings.database, START + timedelta(days=400 + day)).touch()

    for day in range(1, 4):
        clock.time = START + timedelta(days=day)
        backups.look()

    assert len(names(settings)) == KEPT + 1 + 3
    assert backups.problem == ""


def test_a_folder_of_another_database_of_the_same_name_is_refused(
    store: DatabaseStore, settings: Settings, clock: Clock, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = Settings(tmp_path / "other" / settings.database.name, backups=settings.backups)
    there = open_duckdb(other.database)
    first = Backups(lambda: store.engine, lambda: settings, clock)
    second = Backups(lambda: there.engine, lambda: other, clock)
    clock.time += timedelta(minutes=2)

    for backups in (first, second):
        backups.look()
    there.close()

    assert first.problem == ""
    assert f"has the backups of {settings.database}" in second.problem
    assert "BILLINGBOT_BACKUPS" in second.problem
    assert len(names(settings)) == 1


def test_a_folder_of_a_database_that_is_gone_is_taken_over(
    store: DatabaseStore, settings: Settings, clock: Clock
) -> None:
    backups = Backups(lambda: store.engine, lambda: settings, clock)
    settings.backups.mkdir()
    claimed = settings.backups / "billingbot.database"
    claimed.write_text("../gone/billingbot.duckdb")
    clock.time += timedelta(minutes=2)

    backups.look()

    assert backups.problem == ""
    assert claimed.read_text() == "../billingbot.duckdb\n"


def test_a_request_about_a_database_of_the_same_name_elsewhere_is_left_to_its_app(
    settings: Settings, clock: Clock, tmp_path: Path
) -> None:
    other = AskedWork(settings.backups, tmp_path / "other" / settings.database.name, clock)
    result = in_background(lambda: other.ask(Work.BACKUP, lambda _: None, taken_within=0.5, silent_for=0.5))

    wait_for(lambda: settings.backups.exists() and any(settings.backups.glob("*.request-*.json")), "the request")
    assert list(AskedWork(settings.backups, settings.database, clock).taken()) == []
    assert isinstance(result(), StoreBusy)


def test_a_backup_that_fails_is_said_and_tried_again_in_an_hour(
    store: DatabaseStore, settings: Settings, clock: Clock
) -> None:
    tries = []

    def engine() -> Engine:
        tries.append(clock.time)
        if len(tries) == 1:
            raise StoreCorrupt("damaged")
        return store.engine

    backups = Backups(engine, lambda: settings, clock)
    said = []
    for minutes in (1, 2, 30, 62):
        clock.time = START + timedelta(minutes=minutes)
        backups.look()
        said.append(backups.problem)

    assert said == ["The daily backup failed. damaged"] * 3 + [""]
    assert len(tries) == 2
    assert len(names(settings)) == 1


def test_without_settings_it_waits(settings: Settings) -> None:
    def unknown() -> Settings:
        raise ConfigError("no")

    def engine() -> Engine:
        raise AssertionError("nobody asked")

    Backups(engine, unknown).look()
    Backups(engine, lambda: settings).look()


def in_background(work: Callable[[], object]) -> Callable[[], object]:
    """Run the work in a thread; what is returned waits for its result."""
    results: list[object] = []

    def run() -> None:
        try:
            results.append(work())
        except StoreError as error:
            results.append(error)

    thread = Thread(target=run)
    thread.start()

    def result() -> object:
        thread.join()
        return results[0]

    return result


def test_what_is_asked_for_is_answered(store: DatabaseStore, settings: Settings, clock: Clock) -> None:
    backups = Backups(lambda: store.engine, lambda: settings, clock, seconds=0.05)
    backups.start()
    asked = AskedWork(settings.backups, settings.database, clock)
    told: list[str] = []

    made = asked.ask(Work.BACKUP, told.append)["path"]
    findings = asked.ask(Work.DOCTOR, told.append)["findings"]
    backups.stop()

    assert read_backup(Path(made)).tables["schema_migration"][0] > 0
    assert [finding for finding in findings if finding["problem"]] == []
    assert told
    assert [path.name for path in settings.backups.iterdir()] == [Path(made).name]


def test_a_failure_is_answered_in_its_own_words(settings: Settings, clock: Clock) -> None:
    def engine() -> Engine:
        raise StoreCorrupt("the database is damaged")

    backups = Backups(engine, lambda: settings, clock, seconds=0.05)
    backups.start()
    asked = AskedWork(settings.backups, settings.database, clock)

    with pytest.raises(StoreError, match="the database is damaged"):
        asked.ask(Work.BACKUP, lambda _: None)
    backups.stop()


def test_a_request_that_nobody_takes_is_withdrawn(settings: Settings, clock: Clock) -> None:
    asked = AskedWork(settings.backups, settings.database, clock)

    with pytest.raises(StoreBusy, match="withdrawn"):
        asked.ask(Work.BACKUP, lambda _: None, taken_within=0.2)

    assert list(asked.taken()) == []
    assert list(settings.backups.iterdir()) == []


@pytest.mark.parametrize("seconds", [61, -61, 86_400])
def test_an_old_request_is_never_carried_out(settings: Settings, clock: Clock, seconds: int) -> None:
    settings.backups.mkdir()
    left = settings.backups / "billingbot.request-1.json"
    left.write_text(json.dumps({"work": "backup", "asked_at": START.isoformat()}))
    clock.time = START + timedelta(seconds=seconds)

    assert list(AskedWork(settings.backups, settings.database, clock).taken()) == []
    assert not left.exists()


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", '{"work": "rm -rf", "asked_at": "2026-11-26T20:40:00+00:00"}', '{"work": 1, "asked_at": 2}'],
)
def test_what_is_no_request_is_removed(settings: Settings, clock: Clock, text: str) -> None:
    settings.backups.mkdir()
    left = settings.backups / "billingbot.request-1.json"
    left.write_text(text)

    assert list(AskedWork(settings.backups, settings.database, clock).taken()) == []
    assert not left.exists()


def test_requests_about_another_database_are_left_to_its_app(settings: Settings, clock: Clock) -> None:
    other = AskedWork(settings.backups, settings.database.with_name("sandbox.duckdb"), clock)
    result = in_background(lambda: other.ask(Work.BACKUP, lambda _: None, taken_within=0.5))

    assert list(AskedWork(settings.backups, settings.database, clock).taken()) == []
    assert isinstance(result(), StoreBusy)


def test_what_only_has_the_name_of_a_request_keeps_no_backup_from_being_made(settings: Settings, clock: Clock) -> None:
    settings.backups.mkdir(parents=True)
    (settings.backups / "billingbot.request-folder.json").mkdir()
    os.mkfifo(settings.backups / "billingbot.request-pipe.json")
    (settings.backups / "billingbot.request-deep.json").write_text("[" * 9_000)
    (settings.backups / "billingbot.request-large.json").write_text(" " * 100_000 + "{}")

    assert list(AskedWork(settings.backups, settings.database, clock).taken()) == []
