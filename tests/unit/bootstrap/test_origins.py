"""Where the value of a credential is from, and what may be shown of it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from billingbot.bootstrap.origins import Resolved, resolve
from billingbot.bootstrap.surroundings import Surroundings
from billingbot.domain.credential import CredentialField, CredentialState, Origin, StoredCredential
from billingbot.vault import Vault, new_key

FIELDS = (
    CredentialField("client_id", "Client ID", "In the console."),
    CredentialField("client_secret", "Client Secret", "In the console.", secret=True),
    CredentialField("base_url", "API URL", "Usually this.", default="https://api.example.com", address=True),
    CredentialField("tenant", "Tenant", "Hosted only.", required=False),
)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
VAULT = Vault([new_key()])


def entered(name: str, value: str, *, secret: bool = False, vault: Vault = VAULT) -> StoredCredential:
    sealed = vault.seal("pax8", name, value) if secret else value
    return StoredCredential("pax8", name, sealed, secret, NOON, "ann")


def resolved(
    *stored: StoredCredential,
    environ: Mapping[str, str] | None = None,
    sandbox: Mapping[str, Mapping[str, str]] | None = None,
) -> Resolved:
    return resolve("pax8", FIELDS, stored, Surroundings(environ or {}, VAULT, sandbox=sandbox))


def state(found: Resolved, name: str) -> CredentialState:
    return next(state for state in found.states if state.field.name == name)


def test_what_nobody_gave_is_missing_or_the_default() -> None:
    found = resolved()

    assert found.values == {"base_url": "https://api.example.com"}
    assert [state.origin for state in found.states] == [
        Origin.MISSING,
        Origin.MISSING,
        Origin.DEFAULT,
        Origin.MISSING,
    ]
    assert [state.problem for state in found.states] == ["Client ID is missing.", "Client Secret is missing.", "", ""]
    assert all(state.editable for state in found.states)


def test_what_was_entered_says_when_and_by_whom_and_shows_no_secret() -> None:
    found = resolved(entered("client_id", "my-id"), entered("client_secret", "s3cret", secret=True))

    assert found.values == {
        "client_id": "my-id",
        "client_secret": "s3cret",
        "base_url": "https://api.example.com",
    }
    assert state(found, "client_id") == CredentialState(FIELDS[0], Origin.ENTERED, "my-id", True, "", NOON, "ann")
    assert state(found, "client_secret") == CredentialState(FIELDS[1], Origin.ENTERED, "", True, "", NOON, "ann")
    assert "s3cret" not in repr(found)


def test_the_environment_comes_first_and_the_page_cannot_change_it() -> None:
    environ = {"BILLINGBOT_PAX8_CLIENT_ID": "theirs", "BILLINGBOT_PAX8_CLIENT_SECRET": "s3cret"}

    found = resolved(entered("client_id", "mine"), entered("client_secret", "other", secret=True), environ=environ)

    assert (found.values["client_id"], found.values["client_secret"]) == ("theirs", "s3cret")
    assert state(found, "client_id") == CredentialState(FIELDS[0], Origin.ENVIRONMENT, "theirs", False)
    assert state(found, "client_secret") == CredentialState(FIELDS[1], Origin.ENVIRONMENT, "", False)


def test_a_file_of_the_environment_that_cannot_be_read_is_a_problem_and_nothing_takes_its_place(tmp_path: Path) -> None:
    environ = {"BILLINGBOT_PAX8_CLIENT_SECRET_FILE": str(tmp_path / "none")}

    found = resolved(entered("client_secret", "s3cret", secret=True), environ=environ)

    assert "client_secret" not in found.values
    assert state(found, "client_secret").origin is Origin.ENVIRONMENT
    assert not state(found, "client_secret").editable
    assert state(found, "client_secret").problem.startswith("BILLINGBOT_PAX8_CLIENT_SECRET_FILE cannot be read")


@pytest.mark.parametrize("secret_file", [False, True], ids=["variable", "unreadable file"])
def test_a_secret_of_the_environment_is_never_sent_to_an_address_of_the_page(secret_file: bool) -> None:
    variable = "BILLINGBOT_PAX8_CLIENT_SECRET"
    environ = {f"{variable}_FILE": "/none/such"} if secret_file else {variable: "s3cret"}

    found = resolved(entered("base_url", "https://evil.example.com"), entered("client_id", "mine"), environ=environ)

    assert found.values["base_url"] == "https://api.example.com"
    assert state(found, "base_url").origin is Origin.DEFAULT
    assert not state(found, "base_url").editable
    assert state(found, "client_id").editable


def test_an_address_of_the_environment_may_have_a_secret_of_the_page() -> None:
    environ = {"BILLINGBOT_PAX8_BASE_URL": "https://eu.example.com"}

    found = resolved(entered("client_secret", "s3cret", secret=True), environ=environ)

    assert (found.values["base_url"], found.values["client_secret"]) == ("https://eu.example.com", "s3cret")
    assert state(found, "client_secret").editable


def test_a_secret_of_another_key_is_unreadable_and_the_rest_is_not() -> None:
    lost = entered("client_secret", "s3cret", secret=True, vault=Vault([new_key()]))

    found = resolved(entered("client_id", "my-id"), lost)

    assert found.values == {"client_id": "my-id", "base_url": "https://api.example.com"}
    assert state(found, "client_secret") == CredentialState(
        FIELDS[1],
        Origin.UNREADABLE,
        "",
        True,
        "Client Secret cannot be read: the key that it was sealed with is not here. Enter it again.",
        NOON,
        "ann",
    )


def test_what_another_vendor_was_given_is_not_taken() -> None:
    other = StoredCredential("halo", "client_id", "halos", False, NOON, "ann")

    assert "client_id" not in resolved(other).values


def test_in_a_sandbox_nothing_is_from_the_page_and_nothing_can_be_changed() -> None:
    sandbox = {"pax8": {"client_id": "sandbox-id", "client_secret": "sandbox-secret"}}

    found = resolved(entered("tenant", "mine"), entered("client_id", "mine"), sandbox=sandbox)

    assert found.values == {
        "client_id": "sandbox-id",
        "client_secret": "sandbox-secret",
        "base_url": "https://api.example.com",
    }
    assert [state.origin for state in found.states] == [
        Origin.SANDBOX,
        Origin.SANDBOX,
        Origin.DEFAULT,
        Origin.MISSING,
    ]
    assert [state.value for state in found.states] == ["sandbox-id", "", "https://api.example.com", ""]
    assert not any(state.editable for state in found.states)


def test_a_value_that_should_have_been_sealed_is_not_shown() -> None:
    plain = StoredCredential("pax8", "client_secret", "s3cret", False, NOON, "ann")

    assert state(resolved(plain), "client_secret").value == ""
