"""Test Credentials: what is wrong on the way to a vendor, and that nobody waits long to hear it."""

from dataclasses import replace
from email.utils import formatdate
from pathlib import Path

import pytest

from billingbot.connectors import HALO_FIELDS, connect_halo
from billingbot.connectors.http import Policy, Transport, Wire, reading
from billingbot.errors import Cause, ConfigError, UpstreamError
from billingbot.jobs.check_vendor import unusable
from tests.contract.certificates import self_signed
from tests.contract.checking import KINDS, checked
from tests.contract.patient import QUICK, WarpedTime, transport
from tests.contract.raw_server import Answer, RawServer, hang, in_turn, reply
from tests.contract.signing_in import signed_in

NOW = WarpedTime().now


def pax8_at(url: str) -> dict[str, str]:
    return {"client_id": "my-id", "client_secret": "my-secret", "base_url": url, "token_url": f"{url}/token"}


def test_a_certificate_that_is_signed_by_itself_is_not_trusted(tmp_path: Path) -> None:
    with RawServer(reply(), self_signed(tmp_path)) as server:
        result = checked("pax8", pax8_at(server.url))

        assert server.hits == []
    assert result.error == ("Pax8: the service's certificate is not trusted (it is signed by itself) on the sign-in.")
    assert "date and time are right" in result.advice


def test_a_host_that_does_not_exist_is_said_to_be_unknown() -> None:
    result = checked("pax8", pax8_at("https://no-such-host.invalid"))

    assert result.error == "Pax8: the host name is not known on the sign-in (2 tries)."
    assert result.advice.startswith("Check API URL and Token URL. ")


def test_an_address_where_nobody_listens_is_no_connection(dead_url: str) -> None:
    result = checked("halo", {"base_url": dead_url, "client_id": "my-id", "client_secret": "my-secret"})

    assert result.error == "HaloPSA: the service could not be reached on /authinfo (2 tries)."
    assert result.advice.startswith("Check Resource Server. ")
    assert "firewall" in result.advice


def test_a_name_that_leads_to_a_private_address_is_blocked() -> None:
    async def look_up(_: str, __: int) -> list[str]:
        return ["10.0.0.1"]

    asking = Transport("Vendor", Wire(QUICK, frozenset(), look_up), QUICK, WarpedTime().timing())
    with pytest.raises(UpstreamError) as caught:
        asking.call(reading("https://vendor.example/list", "/list"), asking.patience())
    asking.close()

    assert caught.value.cause is Cause.BLOCKED_HOST


def test_a_private_address_that_was_entered_is_blocked_and_the_way_out_told() -> None:
    with pytest.raises(ConfigError) as caught:
        connect_halo({"base_url": "https://10.0.0.1", "client_id": "my-id", "client_secret": "my-secret"})

    result = unusable(caught.value, HALO_FIELDS)
    assert result.error == "HaloPSA: Resource Server names 10.0.0.1, which is not a public host."
    assert "BILLINGBOT_ALLOWED_HOSTS" in result.advice


def test_a_missing_value_needs_no_advice() -> None:
    with pytest.raises(ConfigError) as caught:
        connect_halo({})

    assert unusable(caught.value, HALO_FIELDS).advice == ""


def test_a_redirect_is_not_followed_and_its_host_named() -> None:
    moved = reply(301, b"", location="https://www.elsewhere.example/token?secret=1")
    with RawServer(moved) as server:
        result = checked("pax8", pax8_at(server.url))

        assert len(server.hits) == 1
    assert result.error == (
        "Pax8: the sign-in answered with a redirect (301) to www.elsewhere.example, which is not followed."
    )
    assert "something else than the API" in result.advice


@pytest.mark.parametrize("vendor", ["halo", *KINDS])
def test_somebody_who_waits_is_told_after_two_tries(vendor: str, dead_url: str) -> None:
    fields = HALO_FIELDS if vendor == "halo" else KINDS[vendor].fields
    forms = {"account_sid": f"AC{'0' * 32}", "api_key_sid": ""}
    values = {field.name: dead_url if field.address else forms.get(field.name, "x") for field in fields}

    result = checked(vendor, values, WarpedTime().timing())

    assert "the service could not be reached on " in result.error
    assert result.error.endswith("(2 tries).")


def test_a_vendor_that_hangs_is_given_up_when_the_time_of_a_hurried_call_is_over() -> None:
    policy = replace(Policy(), try_seconds=0.2, call_seconds=0.5, tries=9).hurried()
    quick = replace(policy, try_seconds=0.2)
    with RawServer(hang) as server, transport(quick) as asking, pytest.raises(UpstreamError, match="2 tries") as caught:
        asking.call(reading(server.url, "/list"), asking.patience())

    assert caught.value.cause is Cause.NO_CONNECTION
    assert policy.tries * policy.try_seconds < policy.call_seconds <= 15


def dated(status: int, seconds_away: float) -> Answer:
    """Return an answer whose clock is that far ahead of ours."""
    return reply(status, b'{"error": "invalid_client"}', date=formatdate(NOW + seconds_away, usegmt=True))


# How far the vendor's clock is ahead of ours → what is said.
CLOCKS = {
    -3600.0: "this computer's clock is 60 minutes ahead of the service's",
    -301.0: "this computer's clock is 5 minutes ahead of the service's",
    -299.0: "",
    0.0: "",
    299.0: "",
    720.0: "this computer's clock is 12 minutes behind the service's",
    86400.0 * 365: "this computer's clock is 365 days behind the service's",
}


@pytest.mark.parametrize("away", CLOCKS)
def test_a_refused_sign_in_says_when_our_clock_is_wrong(away: float) -> None:
    with RawServer(dated(401, away)) as server:
        result = checked("pax8", pax8_at(server.url), WarpedTime().timing())

    assert CLOCKS[away] in result.error
    assert ("clock" in result.error) is bool(CLOCKS[away])
    assert ("date and time" in result.advice) is bool(CLOCKS[away])


def test_a_refused_token_says_when_our_clock_is_wrong() -> None:
    token = reply(body=b'{"access_token": "t", "expires_in": 3600}')
    answers = in_turn(token, dated(401, 720), token, dated(401, 720))
    with (
        RawServer(answers) as server,
        transport(timing=WarpedTime().timing()) as asking,
        pytest.raises(UpstreamError) as caught,
    ):
        signed_in(asking, server.url).json(reading(f"{server.url}/list", "/list"))

    assert caught.value.cause is Cause.CLOCK
    assert "clock is 12 minutes behind" in str(caught.value)


@pytest.mark.parametrize("date", ["", "yesterday", "Fri, 99 Nov 2026 12:00:00 GMT"])
def test_a_date_that_is_none_says_nothing(date: str) -> None:
    with RawServer(reply(401, b"{}", date=date)) as server:
        result = checked("pax8", pax8_at(server.url), WarpedTime().timing())

    assert result.error == "Pax8: the sign-in was refused with 401: check the credentials."


def test_a_permission_that_is_missing_is_not_blamed_on_the_clock() -> None:
    token = reply(body=b'{"access_token": "t", "expires_in": 3600}')
    with RawServer(in_turn(token, dated(403, 7200))) as server:
        result = checked("pax8", pax8_at(server.url), WarpedTime().timing())

    assert "the account lacks the permission" in result.error


def test_a_vendor_that_names_the_wrong_value_is_believed_more_than_the_clock() -> None:
    words = b'{"error": "invalid_client", "error_description": "The specified client credentials are invalid."}'
    date = formatdate(NOW + 7200, usegmt=True)
    with RawServer(reply(401, words, date=date)) as server:
        result = checked("pax8", pax8_at(server.url), WarpedTime().timing())

    assert result.advice.startswith("Check Client Secret. ")
