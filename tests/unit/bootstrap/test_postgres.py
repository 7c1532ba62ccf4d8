"""The app on a database server: several processes share it, and nothing that is a file belongs to it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from billingbot.bootstrap import App, Connections, Scheduler, Workspaces, build_app, rotate_secrets
from billingbot.domain.decision import Stamp
from billingbot.domain.integration import Integration
from billingbot.domain.party import Client, Company
from billingbot.domain.refresh import RefreshState
from billingbot.errors import ConfigError, StoreUnavailable, WrongDatabase
from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox
from billingbot.store import DatabaseStore, open_postgres
from billingbot.vault import Vault, new_key
from tests.fakes import FakeDistributor, FakeHalo, no_vendors
from tests.postgres_server import databases
from tests.unit.store.at_once import at_once
from tests.unit.store.refreshes import NO_TIME, new_run
from tests.wait import wait_for

KEY = new_key()
SET_AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
MORNING = datetime(2026, 11, 26, 6, 30, tzinfo=UTC)


@pytest.fixture
def url() -> Iterator[str]:
    url = databases().migrated()
    yield url
    databases().drop(url)


@pytest.fixture
def environ(url: str, tmp_path: Path) -> dict[str, str]:
    return {
        "BILLINGBOT_DATABASE_URL": url,
        "BILLINGBOT_DATABASE": str(tmp_path / "beside.duckdb"),
        "BILLINGBOT_SECRET_KEYS": KEY,
    }


def test_two_apps_on_one_database_see_each_others_changes_and_make_no_file(
    environ: dict[str, str], tmp_path: Path
) -> None:
    first, second = build_app(environ), build_app(environ)

    first.store.add_integration(Integration("pax8", "Pax8"), "ann", SET_AT)

    assert [one.key for one in second.store.integrations()] == ["pax8"]
    first.close()
    assert second.store.revision()
    second.close()
    assert list(tmp_path.iterdir()) == []


def test_without_a_key_it_says_how_to_make_one_and_makes_no_file(environ: dict[str, str], tmp_path: Path) -> None:
    del environ["BILLINGBOT_SECRET_KEYS"]

    for refused in (build_app, rotate_secrets):
        with pytest.raises(ConfigError, match="python -m billingbot secrets key"):
            refused(environ)

    assert list(tmp_path.iterdir()) == []


def test_a_rotation_seals_the_secrets_with_the_first_key_while_an_app_goes_on(environ: dict[str, str]) -> None:
    app = build_app(environ)
    app.save_credentials("pax8", {"client_secret": "pax8's"}, app.stamp("ann"))
    newest = new_key()

    with pytest.raises(ConfigError, match="has one key only"):
        rotate_secrets(environ)
    rotated = rotate_secrets(environ | {"BILLINGBOT_SECRET_KEYS": f"{newest},{KEY}"})

    assert (rotated.resealed, rotated.unreadable, rotated.key_file) == (1, (), None)
    [row] = [row for row in app.store.credentials() if row.sealed]
    assert Vault([newest]).open(row.vendor, row.name, row.value) == "pax8's"
    app.close()


def test_invented_and_real_data_never_meet_in_one_database(environ: dict[str, str]) -> None:
    with Sandbox(build(seed=1, clients=2, companies=2, today=date(2026, 11, 20))) as served:
        invented = environ | {"BILLINGBOT_SANDBOX_URL": served.url}
        app = build_app(invented)
        assert app.sandbox
        assert len(app.store.integrations()) == 4
        app.close()

        with pytest.raises(WrongDatabase, match="BILLINGBOT_DATABASE_URL"):
            build_app(environ)


def test_the_sandbox_of_each_process_is_its_own_and_gone_when_it_is_closed(
    environ: dict[str, str], tmp_path: Path
) -> None:
    one, another = Workspaces(environ), Workspaces(environ)

    for workspaces in (one, another):
        assert len(workspaces.sandbox().store.integrations()) == 4
        assert workspaces.real().store.integrations() == []
        workspaces.close()

    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_away_is_an_error_without_the_password(environ: dict[str, str]) -> None:
    environ["BILLINGBOT_DATABASE_URL"] = "postgresql://ann:s3cret@127.0.0.1:1/bills"

    with pytest.raises(StoreUnavailable, match="does not answer") as refused:
        build_app(environ)

    assert "s3cret" not in str(refused.value)


def scheduled_app(url: str) -> App:
    store = open_postgres(url)
    distributors = {"pax8": FakeDistributor([Company("c1", "Contoso")], key="pax8", name="Pax8")}
    connections = Connections(FakeHalo([Client(1, "Contoso")]), distributors, {})  # type: ignore[arg-type]
    return App(store, connections, False, no_vendors(store))


@pytest.fixture
def apps(url: str) -> Iterator[list[App]]:
    """Return the apps of two processes; pax8 is refreshed at half past six, in UTC."""
    apps = [scheduled_app(url), scheduled_app(url)]
    store = apps[0].store
    store.save_setting("time_zone", "UTC", Stamp("zone", "ann", SET_AT))
    store.add_integration(Integration("pax8", "Pax8"), "auto", SET_AT)
    store.edit_integration("pax8", 1, {"refresh_at": "06:30"}, Stamp("set pax8", "ann", SET_AT))
    yield apps
    for app in apps:
        app.store.close()


def ended(store: object) -> bool:
    assert isinstance(store, DatabaseStore)
    run = store.latest_run("pax8")
    return run is not None and run.state is RefreshState.SUCCEEDED


def test_a_day_is_claimed_once_by_the_schedulers_of_two_processes(apps: list[App]) -> None:
    clocks = [Scheduler(lambda app=app: app, lambda: MORNING) for app in apps]  # type: ignore[misc]

    started = at_once(*[clock.start_due for clock in clocks * 2])

    assert sorted(map(str, started)) == ["['pax8']", "[]", "[]", "[]"]
    wait_for(lambda: ended(apps[0].store), "the refresh")


def test_a_scheduler_ends_what_a_process_left_behind(apps: list[App]) -> None:
    apps[0].store.start_run(new_run("left"), NO_TIME)

    Scheduler(lambda: apps[1], lambda: SET_AT).start_due()

    assert apps[1].store.run("left").state is RefreshState.ABANDONED
