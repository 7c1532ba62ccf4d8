"""What the sandbox promises as Ingram Micro to whoever comes: tokens, headers, rate limits, and how it refuses."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.ingram_micro_caller import INVOICES, ORDERS, Reseller, fields, selling
from tests.contract.patient import WarpedTime


@pytest.fixture(scope="module")
def reseller() -> Iterator[Reseller]:
    with selling(rate_limit=None) as one:
        yield one


@pytest.mark.parametrize("path", ["/oauth/oauth20/token", "/oauth/oauth30/token"])
@pytest.mark.parametrize("by_get", [False, True])
def test_a_token_is_handed_out_in_each_documented_way_and_its_life_is_a_text(
    reseller: Reseller, path: str, by_get: bool
) -> None:
    answer = reseller.sign_in(path, by_get=by_get)

    assert answer.status_code == 200
    assert answer.json().keys() == {"access_token", "token_type", "expires_in"}
    assert answer.json()["expires_in"] == "3600"


@pytest.mark.parametrize("wrong", ["client_id", "client_secret", "grant_type"])
def test_a_wrong_sign_in_is_refused(reseller: Reseller, wrong: str) -> None:
    changes: dict[str, Any] = {wrong: "wrong"}

    answer = reseller.sign_in(**changes)

    assert (answer.status_code, answer.json().keys()) == (400, {"message"})


def test_a_call_without_a_token_is_refused_by_the_gateway(reseller: Reseller) -> None:
    answer = reseller.get(ORDERS, Authorization="")

    assert (answer.status_code, answer.json()["fault"]["faultstring"]) == (401, "Invalid Access Token")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"IM_CustomerNumber": ""}, ["IM-CustomerNumber is blank"]),
        (
            {"IM_CustomerNumber": "20222222"},
            ["IM-CustomerNumber must be in the format xx-xxxx or xx-xxxxx or xx-xxxxxx"],
        ),
        ({"IM_CountryCode": "UU"}, ["IM-CountryCode is invalid"]),
        (
            {"IM_CountryCode": "", "IM_CustomerNumber": ""},
            ["IM-CustomerNumber is blank", "IM-CountryCode is invalid"],
        ),
        ({"IM_CorrelationID": ""}, ["IM-CorrelationID is blank"]),
        ({"IM_CorrelationID": "x" * 33}, ["IM-CorrelationID must not be longer than 32 characters"]),
    ],
)
def test_headers_that_are_missing_or_wrong_are_all_named(
    reseller: Reseller, changes: dict[str, Any], said: list[str]
) -> None:
    assert fields(reseller.get(ORDERS, **changes)) == said


def test_invoices_ask_for_an_application_and_orders_do_not(reseller: Reseller) -> None:
    assert fields(reseller.get(INVOICES, IM_ApplicationID="")) == ["IM-ApplicationID is blank"]
    assert reseller.get(ORDERS, IM_ApplicationID="").status_code == 200


def test_somebody_elses_customer_number_is_refused_in_a_shape_of_its_own(reseller: Reseller) -> None:
    answer = reseller.get(ORDERS, IM_CustomerNumber="20-333333")

    assert answer.status_code == 403
    assert answer.json().keys() == {"faultcode", "faultstring"}


def test_there_are_no_customers(reseller: Reseller) -> None:
    assert reseller.get("/resellers/v6/customers").status_code == 404


def test_each_endpoint_takes_60_calls_a_minute_and_says_what_is_left() -> None:
    time = WarpedTime()
    with selling(clock=time.clock) as reseller:
        answers = [reseller.get(ORDERS) for _ in range(61)]
        other = reseller.get(INVOICES)
        time.sleep(60)
        later = reseller.get(ORDERS)

    assert [answer.status_code for answer in answers] == [200] * 60 + [429]
    assert [answer.headers["x-ratelimit-remaining"] for answer in answers[:2]] == ["59", "58"]
    refused = answers[-1]
    assert refused.json() == {"errors": [{"field": None, "message": "too many requests"}]}
    assert (refused.headers["x-ratelimit-limit"], refused.headers["x-ratelimit-remaining"]) == ("60", "0")
    assert int(refused.headers["x-ratelimit-reset"]) > 1_700_000_000
    assert (other.status_code, later.status_code) == (200, 200)
