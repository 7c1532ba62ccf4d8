"""Twilio's connector: signing in and subaccounts, against the sandbox and against answers that it never gives."""

import logging
from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from billingbot.connectors import DISTRIBUTORS
from billingbot.connectors.twilio import KIND, Twilio
from billingbot.domain.party import Company
from billingbot.errors import ConfigError, UpstreamAuthError, UpstreamListUnstable, UpstreamSchemaError
from billingbot.sandbox.connections import sandbox_connections
from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.halo_rows import client_row
from billingbot.sandbox.server import Sandbox
from billingbot.sandbox.twilio_books import TwilioBooks
from billingbot.sandbox.twilio_rows import SECRET
from tests.contract.patient import LOCAL
from tests.contract.twilio_at_sandbox import connected_to
from tests.contract.twilio_stand_in import ACCOUNTS, ONE, PARENT, TWO, account, accounts, answering, ignore

KEY_SID = f"SK{'3' * 32}"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(build(seed=1, clients=240, companies=240, today=date(2026, 11, 20)), rate_limit=None) as started:
        yield started


@pytest.fixture
def twilio(sandbox: Sandbox) -> Iterator[Twilio]:
    with connected_to(sandbox, page_size=100) as connected:
        yield connected
    sandbox.control.clear_faults()


def test_every_subaccount_is_read_over_all_pages_in_the_order_of_ids(twilio: Twilio, sandbox: Sandbox) -> None:
    heard: list[tuple[int, int]] = []

    companies = twilio.companies(lambda done, total: heard.append((done, total)))

    known = TwilioBooks(sandbox.data).accounts
    assert companies == [Company(sid, known[sid].name) for sid in sorted(known)]
    assert heard == [(100, 0), (200, 0), (241, 0)]


def test_closed_and_suspended_subaccounts_are_companies_as_long_as_they_are_listed(
    twilio: Twilio, sandbox: Sandbox
) -> None:
    ids = {company.company_id for company in twilio.companies(ignore)}

    gone = {sid for sid, known in TwilioBooks(sandbox.data).accounts.items() if known.status != "active"}
    assert gone
    assert gone <= ids


def test_the_parent_is_no_company(twilio: Twilio, sandbox: Sandbox) -> None:
    ids = {company.company_id for company in twilio.companies(ignore)}

    assert sandbox.credentials.twilio_account_sid not in ids


def test_halo_notes_the_subaccounts_of_some_clients(sandbox: Sandbox) -> None:
    rows = [client_row(sandbox.data.seed, client) for client in sandbox.data.clients]
    noted = {row["id"]: row["twilio_subaccount_sid"] for row in rows if row["twilio_subaccount_sid"]}
    truth = {known.sid: known.client_id for known in TwilioBooks(sandbox.data).accounts.values()}
    met = {client_id: sid for client_id, sid in noted.items() if sid in truth}

    assert all(truth[sid] == client_id for client_id, sid in met.items())
    assert len(met) > 20


def test_checking_reads_the_parent_alone(twilio: Twilio, sandbox: Sandbox) -> None:
    before = sandbox.control.requests("")

    twilio.check()

    assert sandbox.control.requests("") == before + 1


@pytest.mark.parametrize("wrong", [{"account_sid": ONE}, {"auth_token": "wrong"}])
def test_wrong_credentials_are_said_to_be_wrong(sandbox: Sandbox, wrong: dict[str, str]) -> None:
    credentials = {**sandbox_connections(sandbox.url)["twilio"], **wrong}
    connection = KIND.connect(credentials, allowed_hosts=LOCAL)

    with pytest.raises(UpstreamAuthError) as caught:
        connection.check()

    connection.close()
    assert str(caught.value) == "Twilio: the sign-in was refused with 401 (Authenticate): check the credentials."


def test_an_api_key_takes_the_place_of_the_account_and_its_token() -> None:
    with answering({ACCOUNTS: accounts()}) as (_, server):
        given = {"account_sid": PARENT, "api_key_sid": KEY_SID, "auth_token": "key-secret", "base_url": server.url}
        connection = KIND.connect(given, allowed_hosts=LOCAL)
        connection.companies(ignore)
        connection.close()

        assert server.hits[0].headers["authorization"] == (
            "Basic " + b64encode(f"{KEY_SID}:key-secret".encode()).decode()
        )


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"account_sid": "AC123"}, "Account SID must be AC and 32 hexadecimal digits."),
        ({"account_sid": KEY_SID}, "Account SID must be AC and 32 hexadecimal digits."),
        ({"account_sid": PARENT, "api_key_sid": PARENT}, "API Key SID must be SK and 32 hexadecimal digits."),
    ],
)
def test_a_sid_of_another_form_is_refused_before_anything_is_asked(given: dict[str, str], sentence: str) -> None:
    with pytest.raises(ConfigError) as caught:
        KIND.connect({"auth_token": "t", **given})

    assert str(caught.value) == f"Twilio: {sentence}"


def test_a_check_that_meets_another_account_fails() -> None:
    answers = {f"/2010-04-01/Accounts/{PARENT}.json": account(ONE)}

    with answering(answers) as (twilio, _), pytest.raises(UpstreamSchemaError, match="answered with another account"):
        twilio.check()


def test_the_first_page_has_1000_rows_and_the_next_one_is_where_the_link_leads() -> None:
    link = f"{ACCOUNTS}?PageSize=1000&Page=1&PageToken=PA1%2F2"

    with answering({ACCOUNTS: accounts(account(TWO), next_page=link), link: accounts(account(ONE))}) as (
        twilio,
        server,
    ):
        assert [company.company_id for company in twilio.companies(ignore)] == [ONE, TWO]

        assert parse_qs(urlsplit(server.hits[0].target).query) == {"PageSize": ["1000"]}
        assert server.hits[1].target == link


@pytest.mark.parametrize(
    "link",
    [
        "https://elsewhere.example/2010-04-01/Accounts.json?Page=1",
        "//elsewhere.example/2010-04-01/Accounts.json?Page=1",
        "@elsewhere.example/2010-04-01/Accounts.json?Page=1",
        ".elsewhere.example/2010-04-01/Accounts.json?Page=1",
        "/2008-08-01/Accounts.json?Page=1",
        "/2010-04-01/../Accounts.json?Page=1",
        f"/2010-04-01/Accounts/{ONE}/Messages.json?Page=1",
        "",
    ],
)
def test_a_link_that_leads_elsewhere_is_not_followed(link: str) -> None:
    with answering({ACCOUNTS: accounts(account(ONE), next_page=link)}) as (twilio, server):
        with pytest.raises(UpstreamSchemaError) as caught:
            twilio.companies(ignore)

        assert len(server.hits) == 1
    assert str(caught.value) == "Twilio: /Accounts page 1: 'next_page_uri' does not lead to the same list."


def test_a_list_that_turns_in_circles_is_refused(twilio: Twilio, sandbox: Sandbox) -> None:
    sandbox.control.fault(Fault(FaultKind.LOOPING_PAGE, f"/twilio{ACCOUNTS}"))

    with pytest.raises(UpstreamListUnstable, match=r"/Accounts changed while it was read, 2 times in a row: page 2"):
        twilio.companies(ignore)


def test_a_page_that_repeats_a_row_is_read_again(twilio: Twilio, sandbox: Sandbox) -> None:
    sandbox.control.fault(Fault(FaultKind.DUPLICATE_ROWS, f"/twilio{ACCOUNTS}", page=2, times=1))

    assert len(twilio.companies(ignore)) == 240


def test_a_rate_limit_is_waited_for(twilio: Twilio, sandbox: Sandbox) -> None:
    sandbox.control.fault(Fault(FaultKind.RATE_LIMITED, f"/twilio{ACCOUNTS}", page=3, times=2))

    assert len(twilio.companies(ignore)) == 240


def test_a_company_needs_a_sid_and_a_name_only() -> None:
    row = account(ONE, "Ac\x00me") | {"type": None, "date_created": None}

    with answering({ACCOUNTS: accounts(account(PARENT), row)}) as (twilio, _):
        assert twilio.companies(ignore) == [Company(ONE, "Acme")]


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in account(ONE).items() if name != key}


BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "no accounts": ({"next_page_uri": None}, "/Accounts page 1 lacks 'accounts'."),
    "no word of the end": ({"accounts": []}, "/Accounts page 1 lacks 'next_page_uri'."),
    "a link that is a number": (
        {"accounts": [], "next_page_uri": 2},
        "/Accounts page 1: 'next_page_uri' is not a text.",
    ),
    "no sid": (accounts(without("sid")), "/Accounts page 1, a row without id lacks 'sid'."),
    "a sid that is none": (
        accounts(account("AC1/..")),
        "/Accounts page 1, row AC1/..: 'sid' is not the SID of an account.",
    ),
    "no owner": (accounts(without("owner_account_sid")), f"/Accounts page 1, row {ONE} lacks 'owner_account_sid'."),
    "no name": (accounts(without("friendly_name")), f"/Accounts page 1, row {ONE} lacks 'friendly_name'."),
    "no status": (accounts(without("status")), f"/Accounts page 1, row {ONE} lacks 'status'."),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_answer_that_breaks_the_contract_is_refused_and_says_where(name: str) -> None:
    answer, sentence = BROKEN[name]

    with answering({ACCOUNTS: answer}) as (twilio, _), pytest.raises(UpstreamSchemaError) as caught:
        twilio.companies(ignore)

    assert str(caught.value) == f"Twilio: {sentence}"
    assert "canary-row-token" not in str(caught.value)


def test_secrets_of_rows_stay_outside(twilio: Twilio, sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    companies = twilio.companies(ignore)

    logged = "".join(record.getMessage() for record in caplog.records)
    assert "/Accounts page 1" in logged
    assert SECRET not in repr(companies) + logged
    assert sandbox.credentials.twilio_auth_token not in logged


def test_the_registry_has_it() -> None:
    assert KIND in DISTRIBUTORS
