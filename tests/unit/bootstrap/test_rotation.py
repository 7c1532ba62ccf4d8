"""A new key for the secrets: wherever the rotation is interrupted, the keys that are left open everything."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from billingbot.bootstrap import build_app, rotate_secrets
from billingbot.bootstrap.rotation import Rotated, rotate_key_file
from billingbot.domain.credential import StoredCredential
from billingbot.errors import ConfigError, StoreBusy
from billingbot.store import open_duckdb
from billingbot.vault import Vault, key_file_of, new_key, read_key_file, write_key_file
from tests.faults.rotation_that_dies import Interrupting

pytestmark = pytest.mark.fault(20)

ROOT = Path(__file__).resolve().parents[3]
SECRETS = {
    ("halo", "client_secret"): "halo's",
    ("ingram_cloud", "password"): "one",
    ("pax8", "client_secret"): "pax8's",
}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Return a database with secrets that were entered, and its key file."""
    path = tmp_path / "billingbot.duckdb"
    app = build_app({"BILLINGBOT_DATABASE": str(path)})
    for (vendor, name), secret in SECRETS.items():
        app.save_credentials(vendor, {name: secret}, app.stamp("ann"))
    app.save_credentials("pax8", {"client_id": "not a secret"}, app.stamp("ann"))
    app.close()
    return path


def environ_of(database: Path, *keys: str) -> dict[str, str]:
    given = {"BILLINGBOT_SECRET_KEYS": ",".join(keys)} if keys else {}
    return {"BILLINGBOT_DATABASE": str(database), **given}


def sealed_in(database: Path) -> list[StoredCredential]:
    store = open_duckdb(database)
    try:
        return [row for row in store.credentials() if row.sealed]
    finally:
        store.close()


def opened(database: Path, *keys: str) -> dict[tuple[str, str], str]:
    """Return all secrets, opened with these keys, or those of the key file."""
    vault = Vault(keys or read_key_file(key_file_of(database)))
    return {(row.vendor, row.name): vault.open(row.vendor, row.name, row.value) for row in sealed_in(database)}


def test_a_new_key_takes_the_place_of_the_one_in_the_file(database: Path) -> None:
    [former] = read_key_file(key_file_of(database))
    before = {row.value for row in sealed_in(database)}

    rotated = rotate_secrets(environ_of(database))

    assert rotated == Rotated(3, (), key_file_of(database))
    [key] = read_key_file(key_file_of(database))
    assert key != former
    assert opened(database, key) == SECRETS
    assert not before & {row.value for row in sealed_in(database)}


def test_a_rotation_says_nothing_in_the_audit_trail_and_changes_no_date(database: Path) -> None:
    before = [(row.changed_at, row.changed_by) for row in sealed_in(database)]

    rotate_secrets(environ_of(database))

    assert [(row.changed_at, row.changed_by) for row in sealed_in(database)] == before


def test_a_secret_that_no_key_opens_stays_as_it_is_and_is_named(database: Path) -> None:
    store = open_duckdb(database)
    lost = Vault([new_key()]).seal("pax8", "client_secret", "lost")
    store.reseal({row.value: lost for row in store.credentials() if row.sealed and row.vendor == "pax8"})
    store.close()

    rotated = rotate_secrets(environ_of(database))

    assert rotated == Rotated(2, ("Pax8: Client Secret",), key_file_of(database))
    assert lost in [row.value for row in sealed_in(database)]


def test_keys_of_the_environment_reseal_with_the_first_and_leave_the_file_alone(database: Path) -> None:
    old = read_key_file(key_file_of(database))
    new = new_key()

    rotated = rotate_secrets(environ_of(database, new, *old))

    assert rotated == Rotated(3, (), None)
    assert opened(database, new) == SECRETS
    assert read_key_file(key_file_of(database)) == old


def test_one_key_of_the_environment_is_no_new_one(database: Path) -> None:
    before = sealed_in(database)

    with pytest.raises(ConfigError, match=r"has one key only\. Put a new one before it"):
        rotate_secrets(environ_of(database, *read_key_file(key_file_of(database))))

    assert sealed_in(database) == before


def test_a_database_with_keys_of_the_environment_gets_no_key_file(tmp_path: Path) -> None:
    environ = environ_of(tmp_path / "billingbot.duckdb", new_key())
    app = build_app(environ)
    app.save_credentials("pax8", {"client_id": "id", "client_secret": "s"}, app.stamp("ann"))
    app.close()

    rotate_secrets(environ | {"BILLINGBOT_SECRET_KEYS": f"{new_key()} {environ['BILLINGBOT_SECRET_KEYS']}"})

    assert not key_file_of(tmp_path / "billingbot.duckdb").exists()


def test_keys_may_be_in_a_file_that_the_environment_names(tmp_path: Path) -> None:
    key = new_key()
    (tmp_path / "mounted").write_text(f"{key}\n")
    database = tmp_path / "billingbot.duckdb"
    app = build_app({"BILLINGBOT_DATABASE": str(database), "BILLINGBOT_SECRET_KEYS_FILE": str(tmp_path / "mounted")})
    app.save_credentials("pax8", {"client_secret": "s"}, app.stamp("ann"))
    app.close()

    assert opened(database, key) == {("pax8", "client_secret"): "s"}
    assert not key_file_of(database).exists()


def test_sandbox_data_have_no_secrets_and_no_key_file(tmp_path: Path) -> None:
    environ = environ_of(tmp_path / "sandbox.duckdb") | {"BILLINGBOT_SANDBOX_URL": "http://127.0.0.1:1"}
    build_app(environ).close()

    with pytest.raises(ConfigError, match="Sandbox data have no secrets"):
        rotate_secrets(environ)

    assert not key_file_of(tmp_path / "sandbox.duckdb").exists()


def test_while_the_app_has_the_database_nothing_changes(database: Path) -> None:
    former = read_key_file(key_file_of(database))
    app = build_app(environ_of(database))
    try:
        with pytest.raises(StoreBusy):
            rotate_secrets(environ_of(database))
    finally:
        app.close()

    assert read_key_file(key_file_of(database)) == former


class Interrupted(BaseException):
    """What ends a rotation where nobody expects it."""


def interrupt() -> None:
    raise Interrupted


@pytest.mark.parametrize("after", [False, True], ids=["before resealing", "after resealing"])
def test_an_interruption_loses_nothing_and_the_rotation_can_be_done_again(database: Path, after: bool) -> None:
    [former] = read_key_file(key_file_of(database))
    store = open_duckdb(database)
    with pytest.raises(Interrupted):
        rotate_key_file(Interrupting(store, interrupt, after=after), key_file_of(database))
    store.close()

    kept = read_key_file(key_file_of(database))
    assert len(kept) == 2
    assert kept[1] == former
    assert opened(database) == SECRETS

    rotate_secrets(environ_of(database))
    [key] = read_key_file(key_file_of(database))
    assert key not in kept
    assert opened(database, key) == SECRETS


@pytest.mark.parametrize("after", [False, True], ids=["before resealing", "after resealing"])
def test_a_killed_rotation_loses_nothing(database: Path, after: bool) -> None:
    command = [sys.executable, "-m", "tests.faults.rotation_that_dies", str(database), "after" if after else "before"]

    done = subprocess.run(command, cwd=ROOT, check=False, timeout=60)

    assert done.returncode == -signal.SIGKILL
    assert len(read_key_file(key_file_of(database))) == 2
    assert opened(database) == SECRETS


def test_a_file_that_cannot_be_written_at_first_changes_nothing(database: Path) -> None:
    former = read_key_file(key_file_of(database))
    (database.parent / "billingbot.key.tmp").mkdir()

    with pytest.raises(ConfigError, match=r"billingbot\.key cannot be written: .* No secret was lost; repeat this"):
        rotate_secrets(environ_of(database))

    assert read_key_file(key_file_of(database)) == former
    assert opened(database) == SECRETS


def test_a_file_that_cannot_be_written_at_last_opens_everything(database: Path) -> None:
    def in_the_way() -> None:
        (database.parent / "billingbot.key.tmp").mkdir()

    store = open_duckdb(database)
    with pytest.raises(ConfigError, match="No secret was lost"):
        rotate_key_file(Interrupting(store, in_the_way, after=True), key_file_of(database))
    store.close()

    assert opened(database) == SECRETS


def test_a_lost_key_that_is_put_back_opens_everything_again(database: Path) -> None:
    old = read_key_file(key_file_of(database))
    key_file_of(database).unlink()

    app = build_app(environ_of(database))
    assert [vendor.key for vendor, _ in app.vendors.unreadable()] == ["halo", "pax8", "ingram_cloud"]
    assert "Enter it again" in app.problems_of("pax8")[0]
    app.close()

    new = read_key_file(key_file_of(database))
    write_key_file(key_file_of(database), [*new, *old])
    app = build_app(environ_of(database))
    assert app.vendors.unreadable() == []
    app.close()
