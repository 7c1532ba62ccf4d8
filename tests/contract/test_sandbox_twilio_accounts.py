"""What the sandbox promises of Twilio's accounts: who may ask, keys, pages, filters, errors, rate limit."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.server import Sandbox
from billingbot.sandbox.twilio_books import TwilioBooks
from billingbot.sandbox.twilio_rows import SECRET
from tests.contract.sandbox_caller import ALWAYS, Contract, calling, calling_unlimited, deviations
from tests.contract.twilio_caller import TwilioCaller

ACCOUNT: Contract = {
    "sid": str,
    "owner_account_sid": str,
    "friendly_name": str,
    "status": str,
    "type": str,
    "auth_token": str,
    "date_created": str,
    "date_updated": str,
    "subresource_uris": dict,
    "uri": str,
}
ERROR: Contract = {"code": int, "message": str, "more_info": str, "status": int}


@pytest.fixture(scope="module")
def twilio() -> Iterator[TwilioCaller]:
    with calling_unlimited(60, 240) as caller:
        yield TwilioCaller(caller.sandbox, caller.http)


def test_every_account_has_the_documented_keys(twilio: TwilioCaller) -> None:
    rows = twilio.all("/Accounts.json", "accounts")

    assert deviations(rows, ACCOUNT, ALWAYS) == set()
    assert {row["status"] for row in rows} == {"active", "suspended", "closed"}
    assert all(row["auth_token"].startswith(SECRET) for row in rows)


def test_the_list_holds_every_subaccount_and_the_parent_which_owns_itself(twilio: TwilioCaller) -> None:
    rows = twilio.all("/Accounts.json", "accounts")

    parent = twilio.sandbox.credentials.twilio_account_sid
    assert [row["sid"] for row in rows] == [*TwilioBooks(twilio.sandbox.data).accounts, parent]
    assert {row["owner_account_sid"] for row in rows} == {parent}


def test_a_page_has_50_rows_unless_asked_otherwise_and_says_where_it_is(twilio: TwilioCaller) -> None:
    answer = twilio.get("/Accounts.json").json()

    assert len(answer.pop("accounts")) == 50
    token = answer["next_page_uri"].partition("PageToken=")[2]
    assert token
    assert answer == {
        "first_page_uri": "/2010-04-01/Accounts.json?PageSize=50&Page=0",
        "next_page_uri": f"/2010-04-01/Accounts.json?PageSize=50&Page=1&PageToken={token}",
        "previous_page_uri": None,
        "page": 0,
        "page_size": 50,
        "start": 0,
        "end": 49,
        "uri": "/2010-04-01/Accounts.json?PageSize=50&Page=0",
    }


def test_links_lead_through_the_whole_list_and_end_in_null(twilio: TwilioCaller) -> None:
    sizes, link = [], "/2010-04-01/Accounts.json?PageSize=100"
    while link:
        answer = twilio.follow(link).json()
        sizes.append((answer["page"], len(answer["accounts"]), answer["start"], answer["end"]))
        link = answer["next_page_uri"]

    assert sizes == [(0, 100, 0, 99), (1, 100, 100, 199), (2, 41, 200, 240)]


@pytest.mark.parametrize(
    "params",
    [
        {"Page": "1"},
        {"Page": "1", "PageToken": "PAguessed"},
        {"PageSize": "1001"},
        {"PageSize": "0"},
        {"PageSize": "many"},
        {"Page": "-1"},
    ],
    ids=str,
)
def test_a_page_that_no_link_leads_to_is_refused(twilio: TwilioCaller, params: dict[str, str]) -> None:
    answer = twilio.get("/Accounts.json", **params)

    assert (answer.status_code, answer.json()["code"]) == (400, 20001)
    assert deviations([answer.json()], ERROR, ALWAYS) == set()


def test_the_token_of_one_size_opens_no_page_of_another(twilio: TwilioCaller) -> None:
    link = twilio.get("/Accounts.json", PageSize="50").json()["next_page_uri"]

    assert twilio.follow(link.replace("PageSize=50", "PageSize=60")).status_code == 400


def test_accounts_are_filtered_by_status_and_by_their_whole_name(twilio: TwilioCaller) -> None:
    every = twilio.all("/Accounts.json", "accounts")
    name = every[7]["friendly_name"]

    closed = twilio.all("/Accounts.json", "accounts", Status="closed", PageSize="5")
    assert closed == [row for row in every if row["status"] == "closed"]
    named = twilio.all("/Accounts.json", "accounts", FriendlyName=name)
    assert named == [row for row in every if row["friendly_name"] == name]
    assert twilio.all("/Accounts.json", "accounts", FriendlyName=name[:-1]) == []


def test_an_account_is_read_by_its_sid(twilio: TwilioCaller) -> None:
    for row in twilio.all("/Accounts.json", "accounts")[-3:]:
        assert twilio.follow(row["uri"]).json() == row


@pytest.mark.parametrize("auth", [None, ("AC1", "wrong"), ("", "")], ids=str)
def test_a_call_without_the_right_pair_is_refused(twilio: TwilioCaller, auth: tuple[str, str] | None) -> None:
    answer = twilio.http.get(f"{twilio.sandbox.url}/twilio/2010-04-01/Accounts.json", auth=auth)

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Basic realm="Twilio API"'
    assert answer.json() == {
        "code": 20003,
        "message": "Authenticate",
        "more_info": "https://www.twilio.com/docs/errors/20003",
        "status": 401,
    }


def test_a_token_of_pax8_is_no_good(twilio: TwilioCaller) -> None:
    with calling(twilio.sandbox) as caller:
        url = f"{twilio.sandbox.url}/twilio/2010-04-01/Accounts.json"

        assert twilio.http.get(url, headers=caller.pax8).status_code == 401


@pytest.mark.parametrize("path", ["/Accounts/AC1.json", "/Accounts", "/Nothing.json"])
def test_what_does_not_exist_is_a_404_in_twilios_shape(twilio: TwilioCaller, path: str) -> None:
    answer = twilio.get(path)

    assert (answer.status_code, answer.json()["code"]) == (404, 20404)
    assert answer.json()["message"] == f"The requested resource /2010-04-01{path} was not found"


def test_nothing_can_be_written(twilio: TwilioCaller) -> None:
    answer = twilio.http.post(f"{twilio.sandbox.url}/twilio/2010-04-01/Accounts.json")

    assert (answer.status_code, answer.json()["code"]) == (405, 20004)


def test_too_many_calls_are_refused_with_twilios_code() -> None:
    data = build(1, 10, 10, date(2026, 11, 20))
    with Sandbox(data, rate_limit=2) as sandbox, calling(sandbox) as every:
        caller = TwilioCaller(sandbox, every.http)
        answers = [caller.get("/Accounts.json") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].json()["code"] == 20429
    assert "twilio-concurrent-requests" in answers[-1].headers


PAGE_FAULTS: list[tuple[FaultKind, Any]] = [
    (FaultKind.RATE_LIMITED, (429, 20429)),
    (FaultKind.SERVER_ERROR, (500, 20500)),
    (FaultKind.UNAUTHORIZED, (401, 20003)),
]


@pytest.mark.parametrize(("kind", "expected"), PAGE_FAULTS)
def test_a_fault_of_a_page_happens_to_that_page(
    twilio: TwilioCaller, kind: FaultKind, expected: tuple[int, int]
) -> None:
    link = twilio.get("/Accounts.json").json()["next_page_uri"]
    twilio.sandbox.control.fault(Fault(kind, "/twilio/2010-04-01/Accounts.json", page=2))

    assert twilio.get("/Accounts.json").status_code == 200
    answer = twilio.follow(link)
    twilio.sandbox.control.clear_faults()
    assert (answer.status_code, answer.json()["code"]) == expected


@pytest.mark.parametrize(("kind", "key"), [(FaultKind.MISSING_ID, "sid"), (FaultKind.MISSING_NAME, "friendly_name")])
def test_faults_know_the_id_and_the_name_of_an_account(twilio: TwilioCaller, kind: FaultKind, key: str) -> None:
    twilio.sandbox.control.fault(Fault(kind, "/twilio/2010-04-01/Accounts.json", times=1))

    first, second, *_ = twilio.get("/Accounts.json").json()["accounts"]
    assert key not in first
    assert key in second
