"""The Ingram Micro Cloud connector: customers, sign-in, limits. Against the sandbox and against broken answers."""

import json
import logging
import traceback
from base64 import b64decode
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from billingbot.connectors import DISTRIBUTORS, Connection
from billingbot.connectors.ingram_cloud import IngramCloudAccount
from billingbot.domain.party import Company
from billingbot.domain.period import Period
from billingbot.errors import ConfigError, UpstreamAuthError, UpstreamError, UpstreamListUnstable, UpstreamSchemaError
from billingbot.sandbox.connections import sandbox_connections
from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.ingram_cloud_books import IngramCloudBooks
from billingbot.sandbox.server import Sandbox
from tests.contract.ingram_cloud_stand_in import TOKEN, answering, connected_to, detail, ignore, listed, order, usd
from tests.contract.patient import LOCAL, WarpedTime
from tests.contract.raw_server import Answer, RawServer, in_turn, reply

(KIND,) = (kind for kind in DISTRIBUTORS if kind.key == "ingram_cloud")
TODAY = date(2026, 11, 20)
OCTOBER = Period(2026, 10)
CUSTOMERS = "/ingram_cloud/customers"
SECRETS = ("my-pass-word", "my-key", "t0ken", "bXktdXNlcjpteS1wYXNzLXdvcmQ=")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(build(seed=1, clients=240, companies=1100, today=TODAY), rate_limit=None) as started:
        yield started


@pytest.fixture
def ingram(sandbox: Sandbox) -> Iterator[Connection]:
    connection = KIND.connect(sandbox_connections(sandbox.url)["ingram_cloud"], allowed_hosts=LOCAL)
    yield connection
    connection.close()
    sandbox.control.clear_faults()


def test_every_customer_that_has_not_cancelled_is_read_in_the_order_of_ids(
    ingram: Connection, sandbox: Sandbox
) -> None:
    heard: list[tuple[int, int]] = []

    companies = ingram.companies(lambda done, total: heard.append((done, total)))

    buyers = IngramCloudBooks(sandbox.data).buyers
    expected = [Company(one.customer_id, one.name, one.external_id) for one in buyers if one.status != "cancelled"]
    assert companies == sorted(expected, key=lambda company: company.company_id)
    assert heard == [(500, 1100), (1000, 1100), (1100, 1100)]
    assert len(companies) < 1100


def test_checking_signs_in_and_reads_one_row(ingram: Connection, sandbox: Sandbox) -> None:
    before = sandbox.control.requests(CUSTOMERS)

    ingram.check()

    assert sandbox.control.requests(CUSTOMERS) == before + 1


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("username", "401 (Unauthorized): check the credentials."),
        ("password", "401 (Unauthorized): check the credentials."),
        ("subscription_key", "401 (Access denied due to invalid subscription key.): the secret is wrong."),
        ("marketplace", "400 (Unknown marketplace): it is not known there."),
    ],
)
def test_wrong_credentials_are_said_to_be_wrong(sandbox: Sandbox, field: str, sentence: str) -> None:
    credentials = {**sandbox_connections(sandbox.url)["ingram_cloud"], field: "wr0ng"}
    connection = KIND.connect(credentials, allowed_hosts=LOCAL)

    with pytest.raises(UpstreamAuthError) as caught:
        connection.check()

    connection.close()
    assert str(caught.value) == f"Ingram Micro Cloud: the sign-in was refused with {sentence}"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("subscription_key", "schlüssel", "Subscription Key must be letters, digits and signs of ASCII only."),
        ("subscription_key", "two\nlines", "Subscription Key must be letters, digits and signs of ASCII only."),
        ("username", "my:user", "Username must not hold a colon."),
    ],
)
def test_what_does_not_fit_into_a_header_is_refused_at_once(field: str, value: str, sentence: str) -> None:
    given = {"username": "my-user", "password": "my-pass-word", "subscription_key": "my-key", field: value}

    with pytest.raises(ConfigError) as caught:
        KIND.connect(given)

    assert str(caught.value) == f"Ingram Micro Cloud: {sentence}"


def test_the_sign_in_is_basic_with_the_key_and_the_marketplace_and_the_calls_have_the_token_and_the_key() -> None:
    with answering({}) as (ingram, server):
        ingram.check()

        sign_in, call = server.hits
        assert (sign_in.method, sign_in.target, json.loads(sign_in.body)) == ("POST", "/token", {"marketplace": "us"})
        scheme, _, named = sign_in.headers["authorization"].partition(" ")
        assert (scheme, b64decode(named)) == ("Basic", b"my-user:my-pass-word")
        assert call.headers["authorization"] == "Bearer t0ken"
        assert [hit.headers["x-subscription-key"] for hit in server.hits] == ["my-key", "my-key"]


def test_pages_are_asked_for_by_offset_with_500_rows() -> None:
    with answering({}) as (ingram, server):
        ingram.companies(ignore)

        assert parse_qs(urlsplit(server.hits[-1].target).query) == {"offset": ["0"], "limit": ["500"]}


def test_a_customer_needs_an_id_a_name_and_a_status_only() -> None:
    rows = (
        {"id": "2", "name": "Ac\x00me", "status": "error"},
        {"id": "10", "name": "B", "status": "x", "externalId": "9"},
    )

    with answering({"/customers": listed(*rows)}) as (ingram, _):
        assert ingram.companies(ignore) == [Company("10", "B", "9"), Company("2", "Acme")]


def test_a_token_that_ends_during_a_run_is_renewed_before_it_does(sandbox: Sandbox) -> None:
    time = WarpedTime()
    with Sandbox(sandbox.data, rate_limit=None, token_lifetime=1500, clock=time.clock) as own:
        with connected_to(own, time, page_size=100) as ingram:
            ingram.companies(lambda done, _: time.sleep(600) if done < 1100 else None)

        # 11 pages, 10 minutes from one to the next: each token is good for three.
        assert own.control.requests("/ingram_cloud/token") == 4
        assert own.control.requests(CUSTOMERS) == 11


def test_a_token_that_is_refused_is_renewed_once(ingram: Connection, sandbox: Sandbox) -> None:
    ingram.check()
    before = sandbox.control.requests("/ingram_cloud/token")
    sandbox.control.fault(Fault(FaultKind.UNAUTHORIZED, CUSTOMERS, times=1))

    ingram.check()

    assert sandbox.control.requests("/ingram_cloud/token") == before + 1


def test_a_full_window_is_waited_for_as_long_as_the_gateway_says(sandbox: Sandbox) -> None:
    time = WarpedTime()
    with Sandbox(sandbox.data, rate_limit=4, clock=time.clock) as own, connected_to(own, time, page_size=100) as ingram:
        assert len(ingram.companies(ignore)) > 1000

    assert [round(wait) for wait in time.slept] == [300, 300]


def test_our_own_budget_of_60_calls_a_minute_is_kept(sandbox: Sandbox) -> None:
    time = WarpedTime()
    with connected_to(sandbox, time, page_size=10) as ingram:
        ingram.companies(ignore)

    # The sign-in and 110 pages.
    assert [round(wait) for wait in time.slept] == [60] + [0] * (len(time.slept) - 1)


@pytest.mark.parametrize("kind", [FaultKind.DUPLICATE_ROWS, FaultKind.SHORT_PAGE, FaultKind.LOOPING_PAGE])
def test_a_list_that_contradicts_itself_is_refused(ingram: Connection, sandbox: Sandbox, kind: FaultKind) -> None:
    sandbox.control.fault(Fault(kind, CUSTOMERS, page=2))

    with pytest.raises(UpstreamListUnstable, match="/customers changed while it was read"):
        ingram.companies(ignore)


def test_faults_of_a_page_happen_to_that_page_only(ingram: Connection, sandbox: Sandbox) -> None:
    sandbox.control.fault(Fault(FaultKind.MISSING_NAME, CUSTOMERS, page=3))

    with pytest.raises(UpstreamSchemaError, match="/customers page 3, row 1001001 lacks 'name'"):
        ingram.companies(ignore)


BROKEN: dict[str, tuple[Any, str]] = {
    "a list": ([], "/customers page 1 did not answer with an object."),
    "no data": ({"pagination": {"total": 0}}, "/customers page 1 lacks 'data'."),
    "no pagination": ({"data": []}, "/customers page 1 lacks 'pagination'."),
    "no total": ({"data": [], "pagination": {}}, "/customers page 1, pagination lacks 'total'."),
    "no id": (listed({"name": "A", "status": "active"}), "/customers page 1, a row without id lacks 'id'."),
    "a number as id": (listed({"id": 7, "name": "A"}), "/customers page 1, row 7: 'id' is not a text."),
    "no name": (listed({"id": "7", "status": "active"}), "/customers page 1, row 7 lacks 'name'."),
    "null name": (
        listed({"id": "7", "status": "active", "name": None}),
        "/customers page 1, row 7 has null for 'name'.",
    ),
    "no status": (listed({"id": "7", "name": "A"}), "/customers page 1, row 7 lacks 'status'."),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_answer_that_breaks_the_contract_is_refused_and_says_where(name: str) -> None:
    answer, sentence = BROKEN[name]

    with answering({"/customers": answer}) as (ingram, _), pytest.raises(UpstreamSchemaError) as caught:
        ingram.companies(ignore)

    assert str(caught.value) == f"Ingram Micro Cloud: {sentence}"


@pytest.mark.parametrize("token", [{}, {"access_token": "t0ken"}, {"token": "two\nlines", "expiresInSeconds": 1500}])
def test_an_answer_to_the_sign_in_without_a_token_is_refused_without_being_quoted(token: dict[str, Any]) -> None:
    with answering({"/token": token}) as (ingram, _), pytest.raises(UpstreamSchemaError) as caught:
        ingram.check()

    assert str(caught.value) == "Ingram Micro Cloud: the sign-in answered without a usable token."


def echoing(*secrets: str) -> bytes:
    return json.dumps({"message": f"You sent {' and '.join(secrets)}."}).encode()


# What a sign-in that fails can echo: there is no token yet.
NAMED = echoing(SECRETS[0], SECRETS[1], SECRETS[3])
SIGNED = echoing(*SECRETS[:3])


@pytest.mark.parametrize(
    "answers",
    [
        {"/token": reply(401, NAMED)},
        {"/token": reply(500, NAMED)},
        {"/customers": reply(401, SIGNED)},
        {"/customers": reply(403, SIGNED)},
        {"/customers": reply(400, SIGNED)},
        {"/orders": listed(order(detail(extendedPrice=usd("x"))))},
    ],
    ids=["401 sign-in", "500 sign-in", "401", "403", "400", "amount"],
)
def test_secrets_reach_no_log_and_no_error(answers: dict[str, Any], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    shown: list[str] = []

    with answering(answers) as (ingram, server):
        for ask in (ingram.check, lambda: ingram.charges(OCTOBER, TODAY, ignore)):
            try:
                ask()
            except UpstreamError as error:
                shown += [repr(error), *traceback.format_exception(error)]

        assert server.hits[0].headers["authorization"] == f"Basic {SECRETS[3]}"

    assert shown
    shown += [record.getMessage() + str(record.args) + str(record.exc_text) for record in caplog.records]
    assert [secret for secret in SECRETS if secret in "".join(shown)] == []


def test_what_is_connected_with_credentials_knows_which_of_them_are_secret() -> None:
    given = {"username": "my-user", "password": "my-pass-word", "subscription_key": "my-key"}
    with RawServer(reply(400, NAMED)) as server:
        connection = KIND.connect({**given, "base_url": server.url}, allowed_hosts=LOCAL)
        with pytest.raises(UpstreamAuthError, match=r"\(You sent … and … and …\.\)"):
            connection.check()
        connection.close()


def test_an_account_shows_no_secret() -> None:
    account = IngramCloudAccount("https://api.cloud.im/marketplace/na", "us", "my-user", "my-pass-word", "my-key")

    assert "my-pass-word" not in repr(account)
    assert "my-key" not in repr(account)


@pytest.mark.parametrize(
    "answer",
    [
        reply(body=b"<html>Sign in</html>", content_type="text/html"),
        reply(body=b'{"data": [{"id": '),
    ],
    ids=["HTML", "half of it"],
)
def test_what_is_no_json_is_refused(answer: Answer) -> None:
    with answering({"/customers": answer}) as (ingram, _), pytest.raises(UpstreamSchemaError):
        ingram.companies(ignore)


def test_a_server_that_fails_now_and_then_is_asked_again() -> None:
    well = reply(body=json.dumps(listed()).encode())

    with answering({"/token": in_turn(reply(503), reply(body=json.dumps(TOKEN).encode())), "/customers": well}) as (
        ingram,
        server,
    ):
        assert ingram.companies(ignore) == []
        assert [hit.target.partition("?")[0] for hit in server.hits] == ["/token", "/token", "/customers"]
