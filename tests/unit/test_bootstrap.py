"""The composition root: what is connected, and what is said about the rest."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from billingbot.bootstrap import App, build_app
from billingbot.domain.period import Period
from billingbot.errors import ConfigError, WrongDatabase

HALO = {
    "BILLINGBOT_HALO_BASE_URL": "https://halo.example.com",
    "BILLINGBOT_HALO_CLIENT_ID": "id",
    "BILLINGBOT_HALO_CLIENT_SECRET": "secret",
}
PAX8 = {"BILLINGBOT_PAX8_CLIENT_ID": "id", "BILLINGBOT_PAX8_CLIENT_SECRET": "secret"}


@pytest.fixture
def database(tmp_path: Path) -> dict[str, str]:
    return {"BILLINGBOT_DATABASE": str(tmp_path / "billingbot.duckdb")}


@pytest.fixture
def half_connected(database: dict[str, str]) -> Iterator[App]:
    app = build_app(database | PAX8)
    yield app
    app.close()


def test_a_connected_distributor_becomes_an_integration_with_its_defaults(database: dict[str, str]) -> None:
    app = build_app(database | HALO | PAX8)

    assert [(one.key, one.name, one.threshold, one.guards) for one in app.store.integrations()] == [
        ("pax8", "Pax8", 90, True)
    ]
    assert app.problems_of("pax8") == ()
    assert not app.sandbox
    app.close()


def test_without_halo_an_integration_says_what_keeps_it_from_being_refreshed(half_connected: App) -> None:
    [problem] = half_connected.problems_of("pax8")

    assert problem == (
        "HaloPSA is not connected. Enter its credentials on the Integrations page, or set "
        "BILLINGBOT_HALO_BASE_URL, BILLINGBOT_HALO_CLIENT_ID, BILLINGBOT_HALO_CLIENT_SECRET."
    )
    with pytest.raises(ConfigError, match="HaloPSA is not connected"):
        half_connected.start_refresh("pax8", "ann")


def test_a_refresh_of_an_unknown_integration_is_refused(half_connected: App) -> None:
    with pytest.raises(ConfigError):
        half_connected.start_refresh("nobody", "ann")


def test_charges_of_a_distributor_that_is_not_connected_are_refused(database: dict[str, str]) -> None:
    app = build_app(database | HALO)

    for integration, sentence in (("pax8", "Pax8 is not connected"), ("nobody", "There is no integration nobody")):
        with pytest.raises(ConfigError, match=sentence):
            app.fetch_charges(integration, Period(2026, 10), "ann", lambda done, total: None)  # noqa: ARG005
    app.close()


def test_an_address_inside_the_network_has_to_be_allowed_by_name(database: dict[str, str]) -> None:
    inside = HALO | {"BILLINGBOT_HALO_BASE_URL": "http://10.0.0.7:8080"}

    refused = build_app(database | inside)
    assert len(refused.problems_of("pax8")) == 2
    refused.close()

    allowed = build_app(database | inside | PAX8 | {"BILLINGBOT_ALLOWED_HOSTS": "10.0.0.7"})
    assert allowed.problems_of("pax8") == ()
    allowed.close()


def test_sandbox_data_and_real_data_never_meet_in_one_database(database: dict[str, str]) -> None:
    build_app(database | HALO | PAX8).close()

    with pytest.raises(WrongDatabase, match="for real data, so sandbox data cannot go into it"):
        build_app(database | {"BILLINGBOT_SANDBOX_URL": "http://127.0.0.1:1"})

    build_app(database | HALO | PAX8).close()


def test_a_sandbox_address_that_is_none_leaves_the_database_free(database: dict[str, str]) -> None:
    with pytest.raises(ConfigError):
        build_app(database | {"BILLINGBOT_SANDBOX_URL": "nonsense"})

    build_app(database | HALO | PAX8).close()


def test_an_integration_stays_when_its_credentials_are_taken_away(database: dict[str, str]) -> None:
    build_app(database | HALO | PAX8).close()

    app = build_app(database)

    assert [one.key for one in app.store.integrations()] == ["pax8"]
    assert len(app.problems_of("pax8")) == 2
    app.close()
