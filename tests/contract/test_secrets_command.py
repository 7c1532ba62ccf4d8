"""`python -m billingbot secrets rotate`: what it says, and its exit code."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from billingbot.__main__ import main
from billingbot.bootstrap import build_app
from billingbot.vault import key_file_of, new_key, read_key_file

pytestmark = pytest.mark.fault(20)

SECRET = "canary-client-secret"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "billingbot.duckdb"
    app = build_app({"BILLINGBOT_DATABASE": str(path)})
    app.save_credentials("pax8", {"client_id": "id", "client_secret": SECRET}, app.stamp("ann"))
    app.close()
    return path


def rotate(database: Path, keys: str | None = None) -> Result:
    environ = {"BILLINGBOT_DATABASE": str(database), "BILLINGBOT_SECRET_KEYS": keys, "BILLINGBOT_SANDBOX_URL": None}
    return CliRunner().invoke(main, ["secrets", "rotate"], env=environ)


def test_it_says_how_many_secrets_have_a_new_key_and_where_that_is(database: Path) -> None:
    result = rotate(database)

    assert result.exit_code == 0
    assert result.output == (
        f"Secrets sealed with the new key: 1. It is in {database.with_suffix('.key')}; keep a copy of it.\n"
        "The former key is not needed any more.\n"
    )


def test_it_shows_neither_keys_nor_secrets(database: Path) -> None:
    [former] = read_key_file(key_file_of(database))
    new = new_key()

    shown = rotate(database, f"{new},{former}").output + rotate(database, new).output + rotate(database).output

    assert "is the first one of BILLINGBOT_SECRET_KEYS" in shown
    assert [each for each in (former, new, SECRET) if each in shown] == []


def test_a_secret_that_no_key_opens_is_named_and_exits_with_1(database: Path) -> None:
    key_file_of(database).unlink()

    result = rotate(database)

    assert result.exit_code == 1
    assert "Secrets sealed with the new key: 0." in result.output
    assert "No key here opens Pax8: Client Secret: enter this again on the Integrations page." in result.output
    assert "not needed any more" not in result.output


@pytest.mark.parametrize("keys", ["nonsense", new_key()], ids=["no key", "one key"])
def test_keys_that_no_rotation_is_possible_with_exit_with_1(database: Path, keys: str) -> None:
    result = rotate(database, keys)

    assert result.exit_code == 1
    assert "BILLINGBOT_SECRET_KEYS " in result.output
    assert keys not in result.output


def test_while_the_app_runs_it_says_to_end_it(database: Path) -> None:
    app = build_app({"BILLINGBOT_DATABASE": str(database)})
    try:
        result = rotate(database)
    finally:
        app.close()

    assert result.exit_code == 1
    assert "Error: " in result.output
    assert "open already" in result.output
