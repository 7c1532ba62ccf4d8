"""What the app adds to the store where integrations are set up: what the environment says is not deleted here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from billingbot.bootstrap import App, build_app
from billingbot.domain.decision import Stamp
from billingbot.errors import ConfigError, NotFound
from tests.fakes import NOON

PAX8 = {"client_id": "id", "client_secret": "secret"}
IN_ENVIRONMENT = {"BILLINGBOT_PAX8_CLIENT_ID": "id", "BILLINGBOT_PAX8_CLIENT_SECRET": "secret"}


@pytest.fixture
def database(tmp_path: Path) -> dict[str, str]:
    return {"BILLINGBOT_DATABASE": str(tmp_path / "billingbot.duckdb")}


@pytest.fixture
def app(database: dict[str, str]) -> Iterator[App]:
    """Return an app to which Pax8 was connected on the page."""
    app = build_app(database)
    app.save_credentials("pax8", PAX8, app.stamp("ann"))
    yield app
    app.close()


def keys(app: App) -> list[str]:
    return [integration.key for integration in app.store.integrations()]


def test_a_deleted_integration_stays_deleted_until_it_is_connected_again(app: App, database: dict[str, str]) -> None:
    app.remove_integration("pax8", "ann")

    assert keys(app) == []
    assert app.store.removed_integrations() == {"pax8": 0}
    assert "Pax8 is not connected" in app.connections.problems["pax8"]
    app.close()
    again = build_app(database)
    assert keys(again) == []
    again.save_credentials("pax8", PAX8, again.stamp("ann"))
    assert keys(again) == ["pax8"]
    again.close()


def test_what_the_environment_connects_is_not_deleted(database: dict[str, str]) -> None:
    app = build_app(database | IN_ENVIRONMENT)

    with pytest.raises(ConfigError, match="Pax8 is set up outside of BillingBot"):
        app.remove_integration("pax8", "ann")

    assert keys(app) == ["pax8"]
    app.close()


def test_only_a_deleted_integration_is_deleted_with_its_assignments(app: App) -> None:
    with pytest.raises(NotFound):
        app.purge_integration("pax8", "ann")

    app.remove_integration("pax8", "ann")
    assert app.purge_integration("pax8", "ann").changes == ()


def test_the_time_zone_is_the_one_that_was_chosen(app: App) -> None:
    app.store.save_setting("time_zone", "Asia/Tokyo", Stamp("zone", "ann", NOON))

    assert app.time_zone() == "Asia/Tokyo"
