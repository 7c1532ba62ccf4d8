"""Settings from the environment."""

from pathlib import Path

import pytest

from billingbot.config import has_credentials, read_credentials, read_settings
from billingbot.domain.credential import CredentialField
from billingbot.errors import ConfigError

FIELDS = (
    CredentialField("client_id", "Client ID", "In the console."),
    CredentialField("client_secret", "Client Secret", "In the console.", secret=True),
    CredentialField("base_url", "Address", "Usually this.", default="https://api.example.com"),
    CredentialField("tenant", "Tenant", "Hosted only.", required=False),
)


def test_values_come_from_variables_and_defaults() -> None:
    environ = {"BILLINGBOT_PAX8_CLIENT_ID": "id", "BILLINGBOT_PAX8_CLIENT_SECRET": "secret"}

    assert read_credentials(environ, "pax8", "Pax8", FIELDS) == {
        "client_id": "id",
        "client_secret": "secret",
        "base_url": "https://api.example.com",
    }


def test_a_secret_comes_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from the file\n")
    environ = {"BILLINGBOT_PAX8_CLIENT_ID": "id", "BILLINGBOT_PAX8_CLIENT_SECRET_FILE": str(tmp_path / "secret")}

    assert read_credentials(environ, "pax8", "Pax8", FIELDS)["client_secret"] == "from the file"


def test_all_missing_values_are_named_at_once() -> None:
    with pytest.raises(ConfigError) as raised:
        read_credentials({}, "pax8", "Pax8", FIELDS)

    assert str(raised.value) == "Pax8 is not connected. Set BILLINGBOT_PAX8_CLIENT_ID, BILLINGBOT_PAX8_CLIENT_SECRET."


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    environ = {"BILLINGBOT_PAX8_CLIENT_ID": "id", "BILLINGBOT_PAX8_CLIENT_SECRET_FILE": str(tmp_path / "none")}

    with pytest.raises(ConfigError, match="CLIENT_SECRET_FILE \\(No such file or directory\\)"):
        read_credentials(environ, "pax8", "Pax8", FIELDS)


def test_one_given_value_shows_that_somebody_means_to_use_a_vendor() -> None:
    assert not has_credentials({}, "pax8", FIELDS)
    assert has_credentials({"BILLINGBOT_PAX8_CLIENT_SECRET_FILE": "/run/secrets/pax8"}, "pax8", FIELDS)


def test_sandbox_data_has_a_database_of_its_own() -> None:
    assert read_settings({}).database != read_settings({"BILLINGBOT_SANDBOX_URL": "http://127.0.0.1:1"}).database
