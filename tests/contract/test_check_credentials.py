"""Test Credentials: each wrong value has its own message, and what it advises names the fields to look at."""

import asyncio
from collections.abc import Iterator
from datetime import date

import pytest

from billingbot.domain.vendor_check import CheckResult
from billingbot.sandbox.connections import sandbox_connections
from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.server import Sandbox
from tests.contract.checking import at_sandbox, checked
from tests.contract.halo_stand_in import HaloStandIn
from tests.contract.raw_server import RawServer, Received, reply

SECRETS = ("client_secret", "password", "subscription_key", "auth_token")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(build(seed=1, clients=20, companies=20, today=date(2026, 11, 20)), rate_limit=None) as started:
        yield started


@pytest.mark.parametrize("vendor", ["pax8", "ingram_micro", "ingram_cloud", "twilio"])
def test_right_credentials_work_and_say_what_was_read(sandbox: Sandbox, vendor: str) -> None:
    result = at_sandbox(sandbox, vendor)

    assert (result.error, result.advice, result.scopes) == ("", "", ())
    assert result.found.startswith("Signed in to ")


def test_right_credentials_of_halo_work_and_tell_the_scopes(sandbox: Sandbox) -> None:
    result = at_sandbox(sandbox, "halo")

    assert (result.error, result.advice, result.found) == ("", "", "Signed in to HaloPSA and read a client.")
    assert all(scope.granted for scope in result.scopes)


# Vendor, field, wrong value → what is said, and which labels the advice begins with.
WRONG = {
    ("halo", "client_id", "wrong"): (
        "HaloPSA: the sign-in was refused with 401 (The specified 'client_id' is invalid.): who signs in is not known "
        "there.",
        "Check Client ID. ",
    ),
    ("halo", "client_secret", "wr0ng"): (
        "HaloPSA: the sign-in was refused with 401 (The specified client credentials are invalid.): the secret is "
        "wrong.",
        "Check Client Secret. ",
    ),
    ("halo", "tenant", "other"): (
        "HaloPSA: the sign-in was refused for the tenant other; for sandbox, which it names itself, it works.",
        "Check Tenant. ",
    ),
    ("pax8", "client_id", "wrong"): (
        "Pax8: the sign-in was refused with 401 (Unauthorized): check the credentials.",
        "Check Client ID and Client Secret. ",
    ),
    ("pax8", "client_secret", "wr0ng"): (
        "Pax8: the sign-in was refused with 401 (Unauthorized): check the credentials.",
        "Check Client ID and Client Secret. ",
    ),
    ("ingram_micro", "client_secret", "wr0ng"): (
        "Ingram Micro: the sign-in was refused with 400 (Invalid client identifier or secret): check the credentials.",
        "Check Client ID, Client Secret, Customer Number and Country Code. ",
    ),
    ("ingram_micro", "customer_number", "20-333333"): (
        "Ingram Micro: /orders/search page 1 was refused with 403 (Invalid customer number. It does not match the "
        "registered customer number.).",
        "Check Customer Number. ",
    ),
    ("ingram_micro", "customer_number", "twenty"): (
        "Ingram Micro: /orders/search page 1 was refused with 400 (Validation failed; IM-CustomerNumber: "
        "IM-CustomerNumber must be in the format xx-xxxx or xx-xxxxx or xx-xxxxxx).",
        "Check Customer Number. ",
    ),
    ("ingram_micro", "country_code", "XX"): (
        "Ingram Micro: /orders/search page 1 was refused with 400 (Validation failed; IM-CountryCode: IM-CountryCode "
        "is invalid).",
        "Check Country Code. ",
    ),
    ("ingram_cloud", "username", "wrong"): (
        "Ingram Micro Cloud: the sign-in was refused with 401 (Unauthorized): check the credentials.",
        "Check Username and Password. ",
    ),
    ("ingram_cloud", "password", "wr0ng"): (
        "Ingram Micro Cloud: the sign-in was refused with 401 (Unauthorized): check the credentials.",
        "Check Username and Password. ",
    ),
    ("ingram_cloud", "subscription_key", "wr0ng"): (
        "Ingram Micro Cloud: the sign-in was refused with 401 (Access denied due to invalid subscription key.): the "
        "secret is wrong.",
        "Check Subscription Key. ",
    ),
    ("ingram_cloud", "marketplace", "xx"): (
        "Ingram Micro Cloud: the sign-in was refused with 400 (Unknown marketplace): it is not known there.",
        "Check Marketplace. ",
    ),
    ("twilio", "auth_token", "wr0ng"): (
        "Twilio: the sign-in was refused with 401 (Authenticate): check the credentials.",
        "Check Account SID and Auth Token. ",
    ),
    ("twilio", "account_sid", f"AC{'9' * 32}"): (
        "Twilio: the sign-in was refused with 401 (Authenticate): check the credentials.",
        "Check Account SID and Auth Token. ",
    ),
}


@pytest.mark.parametrize("wrong", WRONG, ids="-".join)
def test_a_wrong_value_is_told_from_the_others_as_far_as_the_vendor_does(
    sandbox: Sandbox, wrong: tuple[str, str, str]
) -> None:
    vendor, field, value = wrong

    result = at_sandbox(sandbox, vendor, **{field: value})

    assert (result.error, result.advice[: len(WRONG[wrong][1])], result.found) == (*WRONG[wrong], "")


@pytest.mark.parametrize("vendor", ["halo", "pax8", "ingram_micro", "ingram_cloud", "twilio"])
def test_no_secret_is_quoted(sandbox: Sandbox, vendor: str) -> None:
    values = sandbox_connections(sandbox.url)[vendor]
    secrets = {name: f"canary-{name}" for name in values if name in SECRETS}

    result = checked(vendor, {**values, **secrets})

    assert result.error
    assert "canary" not in f"{result.error}{result.advice}"


def test_an_account_that_an_api_key_does_not_open_is_said_to_be_unknown() -> None:
    missing = b'{"code": 20404, "message": "The requested resource /2010-04-01/Accounts/x.json was not found"}'
    with RawServer(reply(404, missing)) as server:
        given = {"account_sid": f"AC{'0' * 32}", "api_key_sid": f"SK{'0' * 32}", "auth_token": "key-secret"}
        result = checked("twilio", {**given, "base_url": server.url})

    assert "was refused with 404" in result.error
    assert result.advice.startswith("Check Account SID. ")


def halo_that_answers(status: int, body: bytes) -> CheckResult:
    """Check a HaloPSA that answers the sign-in so."""
    stand_in = HaloStandIn(authinfo=lambda url: {"auth_url": f"{url}/auth", "tenant_id": "acme"})

    async def serve(request: Received, writer: asyncio.StreamWriter) -> None:
        await (reply(status, body) if request.method == "POST" else stand_in.answer)(request, writer)

    with RawServer(serve) as server:
        stand_in.server = server
        return checked("halo", {"base_url": server.url, "client_id": "my-id", "client_secret": "s3cret"})


def test_halo_that_does_not_say_which_value_is_wrong_is_not_guessed_at() -> None:
    result = halo_that_answers(401, b'{"error": "invalid_client"}')

    assert result.error == "HaloPSA: the sign-in was refused with 401 (invalid_client): check the credentials."
    assert result.advice.startswith("Check Client ID and Client Secret. ")


def test_an_application_of_another_kind_is_a_matter_of_the_client() -> None:
    words = b'{"error": "unauthorized_client", "error_description": "... not allowed to use the specified grant type."}'

    assert halo_that_answers(400, words).advice.startswith("Check Client ID. ")


@pytest.mark.parametrize(
    ("path", "named"),
    [("", "is not a HaloPSA: it knows neither /api/authinfo nor /auth/token."), ("/halo/api/api", "is not a HaloPSA")],
)
def test_an_address_without_a_halo_is_said_to_have_none(sandbox: Sandbox, path: str, named: str) -> None:
    result = at_sandbox(sandbox, "halo", base_url=f"{sandbox.url}{path}")

    assert named in result.error
    assert result.advice.startswith("Check Resource Server. ")


def test_the_address_with_api_at_its_end_is_the_same(sandbox: Sandbox) -> None:
    assert at_sandbox(sandbox, "halo", base_url=f"{sandbox.halo_url}/api").error == ""


@pytest.mark.parametrize(
    ("vendor", "field"), [("pax8", "token_url"), ("pax8", "base_url"), ("ingram_cloud", "base_url")]
)
def test_another_address_of_the_same_host_has_no_api(sandbox: Sandbox, vendor: str, field: str) -> None:
    result = at_sandbox(sandbox, vendor, **{field: f"{sandbox.url}/nowhere"})

    assert "was refused with 404" in result.error
    assert "What answers there is something else than the API." in result.advice


def test_a_login_page_is_no_api() -> None:
    with RawServer(reply(200, b"<html>Sign in</html>", content_type="text/html")) as server:
        given = {"client_id": "i", "client_secret": "s", "base_url": server.url, "token_url": f"{server.url}/token"}
        result = checked("pax8", given)

    assert result.error == "Pax8: the sign-in answered with text/html instead of JSON."
    assert result.advice.startswith("Check API URL and Token URL. ")


def test_json_of_something_else_is_no_api() -> None:
    with RawServer(reply(200, b'{"access_token": "t", "status": "ok"}')) as server:
        given = {"client_id": "i", "client_secret": "s", "base_url": server.url, "token_url": f"{server.url}/token"}
        result = checked("pax8", given)

    assert result.error == "Pax8: /companies page 1 lacks 'page'."
    assert "What answers there is something else than the API." in result.advice


@pytest.mark.parametrize(
    ("vendor", "path"), [("halo", "/halo/auth/token"), ("halo", "/halo/api/Client"), ("pax8", "/pax8/v1/token")]
)
def test_a_clock_that_is_wrong_is_told_of_with_real_time_too(sandbox: Sandbox, vendor: str, path: str) -> None:
    sandbox.control.fault(Fault(FaultKind.WRONG_CLOCK, path, seconds=3600))
    try:
        result = at_sandbox(sandbox, vendor)
    finally:
        sandbox.control.clear_faults()

    assert "this computer's clock is 60 minutes behind the service's" in result.error
    assert "date and time" in result.advice
