"""Settings from the environment."""

from pathlib import Path

import pytest

from billingbot.config import read_settings, read_variable
from billingbot.domain.credential import CredentialField
from billingbot.errors import ConfigError

ID = CredentialField("client_id", "Client ID", "In the console.")
SECRET = CredentialField("client_secret", "Client Secret", "In the console.", secret=True)


def test_a_value_comes_from_its_variable_without_white_space_around_it() -> None:
    assert read_variable({"BILLINGBOT_PAX8_CLIENT_ID": " id\n"}, "pax8", ID) == "id"


@pytest.mark.parametrize("environ", [{}, {"BILLINGBOT_PAX8_CLIENT_ID": ""}, {"BILLINGBOT_PAX8_CLIENT_ID_FILE": ""}])
def test_a_value_that_is_not_given_is_empty(environ: dict[str, str]) -> None:
    assert read_variable(environ, "pax8", ID) == ""


def test_a_secret_comes_from_a_file_even_if_there_is_a_variable_too(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from the file\n")
    environ = {
        "BILLINGBOT_PAX8_CLIENT_SECRET": "from the variable",
        "BILLINGBOT_PAX8_CLIENT_SECRET_FILE": str(tmp_path / "secret"),
    }

    assert read_variable(environ, "pax8", SECRET) == "from the file"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    environ = {"BILLINGBOT_PAX8_CLIENT_SECRET_FILE": str(tmp_path / "none")}

    with pytest.raises(ConfigError, match=r"^BILLINGBOT_PAX8_CLIENT_SECRET_FILE cannot be read: No such file or dir"):
        read_variable(environ, "pax8", SECRET)


def test_a_file_that_is_no_text_is_named_and_not_quoted(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"canary\xff\xfe")
    environ = {"BILLINGBOT_PAX8_CLIENT_SECRET_FILE": str(tmp_path / "secret")}

    with pytest.raises(ConfigError, match=r"^BILLINGBOT_PAX8_CLIENT_SECRET_FILE is not a text file\.$"):
        read_variable(environ, "pax8", SECRET)


def test_sandbox_data_has_a_database_of_its_own() -> None:
    assert read_settings({}).database != read_settings({"BILLINGBOT_SANDBOX_URL": "http://127.0.0.1:1"}).database
