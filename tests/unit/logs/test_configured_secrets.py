"""What the environment holds is known to the log from the moment at which it is read."""

from pathlib import Path

import pytest

from billingbot.config import read_secret, read_settings, read_variable
from billingbot.domain.credential import CredentialField
from billingbot.logs import redacted

pytestmark = pytest.mark.fault(19)


def test_the_password_of_the_database_is_concealed_and_its_host_is_not() -> None:
    read_settings({"BILLINGBOT_DATABASE_URL": "postgresql://billingbot:d4t%40base-pw@db.example/billingbot"})

    shown = redacted("db.example refused d4t%40base-pw, which is d4t@base-pw")

    assert shown == "db.example refused ***, which is ***"


def test_a_secret_of_a_file_is_concealed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from-a-mounted-file\n")
    read_secret({"BILLINGBOT_COOKIE_SECRET_FILE": str(tmp_path / "secret")}, "BILLINGBOT_COOKIE_SECRET")

    assert redacted("it is from-a-mounted-file") == "it is ***"


@pytest.mark.parametrize(("secret", "shown"), [(True, "at ***"), (False, "at vendor-value-1")])
def test_of_a_vendor_only_secrets_are_concealed(secret: bool, shown: str) -> None:
    value = "vendor-value-2" if secret else "vendor-value-1"
    field = CredentialField("value", "Value", "", secret=secret)
    read_variable({"BILLINGBOT_PAX8_VALUE": value}, "pax8", field)

    assert redacted(f"at {value}") == shown
