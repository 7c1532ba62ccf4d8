"""Ingram Micro's connector: end users, headers, sign-in. Against the sandbox, and against what it never answers."""

import asyncio
import json
from collections.abc import Iterator
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from billingbot.connectors import ingram_micro
from billingbot.connectors.ingram_micro import IngramMicro
from billingbot.domain.party import Company
from billingbot.errors import ConfigError, UpstreamAuthError, UpstreamListUnstable, UpstreamSchemaError
from billingbot.sandbox.connections import sandbox_connections
from billingbot.sandbox.dataset import build
from billingbot.sandbox.ingram_micro_books import IngramMicroBooks
from billingbot.sandbox.server import Sandbox
from tests.contract.ingram_micro_stand_in import (
    GIVEN,
    NOTHING,
    OCTOBER,
    TODAY,
    answering,
    connected_to,
    ignore,
    orders,
    renewals,
    words,
)
from tests.contract.patient import LOCAL
from tests.contract.raw_server import RawServer, Received, in_turn, reply


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(build(seed=1, clients=240, companies=450, today=TODAY), rate_limit=None) as started:
        yield started


@pytest.fixture
def ingram(sandbox: Sandbox) -> Iterator[IngramMicro]:
    with connected_to(sandbox) as connection:
        yield connection


def test_every_end_user_is_read_once_spelled_as_on_its_newest_order(ingram: IngramMicro, sandbox: Sandbox) -> None:
    companies = ingram.companies(ignore)

    books = IngramMicroBooks(sandbox.data)
    newest_last = [*(one.name for one in books.renewals), *(one.name for one in reversed(books.orders) if one.name)]
    expected = {words(name): " ".join(name.split()) for name in newest_last}
    assert [(one.company_id, one.name) for one in companies] == sorted(expected.items())
    assert len(companies) > 400


def test_progress_counts_orders_and_then_renewals(ingram: IngramMicro, sandbox: Sandbox) -> None:
    heard: list[tuple[int, int]] = []

    ingram.companies(lambda done, total: heard.append((done, total)))

    books = IngramMicroBooks(sandbox.data)
    all_orders = len(books.orders)
    assert heard[0] == (100, all_orders)
    assert heard[-1] == (all_orders + len(books.renewals), all_orders + len(books.renewals))


def test_checking_signs_in_and_reads_one_order(ingram: IngramMicro, sandbox: Sandbox) -> None:
    before = sandbox.control.requests("/ingram_micro/resellers/v6/orders/search")

    ingram.check()

    assert sandbox.control.requests("/ingram_micro/resellers/v6/orders/search") == before + 1


@pytest.mark.parametrize("field", ["client_id", "client_secret"])
def test_wrong_credentials_are_said_to_be_wrong(sandbox: Sandbox, field: str) -> None:
    credentials = {**sandbox_connections(sandbox.url)["ingram_micro"], field: "wr0ng"}
    connection = ingram_micro.connect(credentials, allowed_hosts=LOCAL)

    with pytest.raises(UpstreamAuthError) as caught:
        connection.check()

    connection.close()
    sentence = "the sign-in was refused with 400 (Invalid client identifier or secret): check the credentials."
    assert str(caught.value) == f"Ingram Micro: {sentence}"


def test_the_sign_in_is_a_form_and_no_secret_is_in_a_url() -> None:
    with answering({}) as (ingram, server):
        ingram.companies(ignore)

        assert dict(parse_qsl(server.hits[0].body.decode())) == {
            "grant_type": "client_credentials",
            "client_id": "my-id",
            "client_secret": "my-secret",
        }
        assert server.hits[0].headers["content-type"] == "application/x-www-form-urlencoded"
        assert not any("my-secret" in hit.target or "t0ken" in hit.target for hit in server.hits)


def test_a_secret_that_the_sign_in_echoes_is_not_quoted() -> None:
    async def echo(request: Received, writer: asyncio.StreamWriter) -> None:
        await reply(400, json.dumps({"message": f"wrong: {request.body.decode()}"}).encode())(request, writer)

    with RawServer(echo) as server:
        urls = {"base_url": f"{server.url}/resellers", "token_url": f"{server.url}/token"}
        connection = ingram_micro.connect({**GIVEN, **urls}, allowed_hosts=LOCAL)
        with pytest.raises(UpstreamAuthError) as caught:
            connection.check()
        connection.close()

    assert "client_secret=…" in str(caught.value)
    assert "my-secret" not in str(caught.value)


def test_an_account_does_not_show_its_secret() -> None:
    assert "my-secret" not in repr(ingram_micro.account_of(GIVEN, frozenset()))


@pytest.mark.parametrize("field", ["customer_number", "country_code"])
def test_what_cannot_travel_in_a_header_is_refused_at_once(field: str) -> None:
    labels = {"customer_number": "Customer Number", "country_code": "Country Code"}

    with pytest.raises(ConfigError) as caught:
        ingram_micro.connect({**GIVEN, field: "20–22"})

    assert str(caught.value) == f"Ingram Micro: {labels[field]} must be letters, digits and hyphens only."


def test_every_call_says_who_asks_for_whom_with_an_id_of_its_own() -> None:
    with answering({}) as (ingram, server):
        ingram.companies(ignore)
        ingram.charges(OCTOBER, TODAY, ignore)

        calls = [hit.headers for hit in server.hits[1:]]
        assert {(call["im-customernumber"], call["im-countrycode"]) for call in calls} == {("20-222222", "US")}
        assert {(call["im-senderid"], call["im-applicationid"]) for call in calls} == {("BillingBot", "BillingBot")}
        ids = [call["im-correlationid"] for call in calls]
        assert len(set(ids)) == len(ids) == 3
        assert all(0 < len(one) <= 32 for one in ids)


def test_orders_are_asked_for_by_pages_of_100_of_three_years() -> None:
    with answering({}) as (ingram, server):
        ingram.companies(ignore)

        url = urlsplit(server.hits[1].target)
        assert url.path == "/resellers/v6/orders/search"
        assert parse_qs(url.query) == {
            "ingramOrderDate-bt": ["2023-11-18", "2026-11-21"],
            "pageSize": ["100"],
            "pageNumber": ["1"],
        }


def test_renewals_are_searched_for_with_a_post_without_criteria() -> None:
    with answering({}) as (ingram, server):
        ingram.companies(ignore)

        call = server.hits[-1]
        assert (call.method, call.body, call.headers["content-type"]) == ("POST", b"{}", "application/json")
        assert parse_qs(urlsplit(call.target).query) == {"page": ["1"], "size": ["100"]}


def test_204_means_that_there_is_nothing() -> None:
    with answering({}) as (ingram, _):
        assert ingram.companies(ignore) == []
        assert ingram.charges(OCTOBER, TODAY, ignore).charges == []


def test_a_list_that_ends_with_a_204_before_all_have_come_is_refused() -> None:
    page = orders({"endUserCompanyName": "Acme"}) | {"recordsFound": "2"}

    first, then = reply(body=json.dumps(page).encode()), NOTHING

    with (
        answering({"/orders/search": in_turn(first, then, first, then)}) as (ingram, _),
        pytest.raises(UpstreamListUnstable, match="promises 0 rows in all, earlier ones 2"),
    ):
        ingram.companies(ignore)


@pytest.mark.parametrize("nobody", [{}, {"endUserCompanyName": None}, {"endUserCompanyName": ""}])
def test_an_order_without_an_end_user_is_nobodys(nobody: dict[str, str | None]) -> None:
    with answering({"/orders/search": orders(nobody)}) as (ingram, _):
        assert ingram.companies(ignore) == []


def test_a_name_that_is_spelled_in_several_ways_is_spelled_as_on_the_newest_order() -> None:
    rows = (
        {"endUserCompanyName": "ACME,  INC.", "ingramOrderDate": "2026-04-03T08:54:39+05:30"},
        {"endUserCompanyName": "Acme, Inc. ", "ingramOrderDate": "2026-05-01T08:54:39+05:30"},
        {"endUserCompanyName": "acme inc"},
    )

    with answering({"/orders/search": orders(*rows), "/renewals/search": renewals("Acme - Inc")}) as (ingram, _):
        assert ingram.companies(ignore) == [Company("acme inc", "Acme, Inc.")]


@pytest.mark.parametrize("in_a_list", [False, True])
def test_renewals_come_as_an_object_or_as_a_list_of_one(in_a_list: bool) -> None:
    page = renewals("Stark", None)

    with answering({"/renewals/search": [page] if in_a_list else page}) as (ingram, _):
        assert ingram.companies(ignore) == [Company("stark", "Stark")]


def test_links_in_either_shape_are_not_looked_at() -> None:
    link = {"topic": "orders", "href": "/resellers/v6.1/orders/20-RD128", "type": "GET"}
    rows = ({"endUserCompanyName": "A", "links": link}, {"endUserCompanyName": "B", "links": [link]})

    with answering({"/orders/search": orders(*rows) | {"nextPage": "[original_parameters]&x"}}) as (ingram, server):
        assert [company.name for company in ingram.companies(ignore)] == ["A", "B"]
        assert len(server.hits) == 3


BROKEN = {
    "no recordsFound": ({"orders": []}, "/orders/search page 1 lacks 'recordsFound'."),
    "recordsFound is a word": ({"recordsFound": "many"}, "/orders/search page 1: 'recordsFound' is not a number."),
    "no orders": ({"recordsFound": "3"}, "/orders/search page 1 lacks 'orders'."),
    "a list": ([], "/orders/search page 1 did not answer with an object."),
    "no number": (
        {"recordsFound": 1, "orders": [{"endUserCompanyName": "Acme"}]},
        "/orders/search page 1, a row without id lacks 'ingramOrderNumber'.",
    ),
    "a name that is none": (
        orders({"endUserCompanyName": 7}),
        "/orders/search page 1, row 20-00000: 'endUserCompanyName' is not a text.",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_answer_that_breaks_the_contract_is_refused_and_says_where(name: str) -> None:
    answer, sentence = BROKEN[name]

    with answering({"/orders/search": answer}) as (ingram, _), pytest.raises(UpstreamSchemaError) as caught:
        ingram.companies(ignore)

    assert str(caught.value) == f"Ingram Micro: {sentence}"
