"""Pax8's connector: against the sandbox, and against answers that the sandbox never gives."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from billingbot.connectors import DISTRIBUTORS, Connection
from billingbot.domain.party import Company
from billingbot.errors import UpstreamAuthError, UpstreamSchemaError
from billingbot.sandbox.connections import sandbox_connections
from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox
from tests.contract.patient import LOCAL
from tests.contract.pax8_stand_in import answering, ignore, listed


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(build(seed=1, clients=240, companies=450, today=date(2026, 11, 20)), rate_limit=None) as started:
        yield started


@pytest.fixture
def pax8(sandbox: Sandbox) -> Iterator[Connection]:
    (kind,) = (kind for kind in DISTRIBUTORS if kind.key == "pax8")
    connection = kind.connect(sandbox_connections(sandbox.url)["pax8"], allowed_hosts=LOCAL)
    yield connection
    connection.close()


def test_every_company_that_is_not_deleted_is_read_in_the_order_of_ids(pax8: Connection, sandbox: Sandbox) -> None:
    heard: list[tuple[int, int]] = []

    companies = pax8.companies(lambda done, total: heard.append((done, total)))

    rows = sandbox.data.companies
    expected = sorted((row.company_id, row.name, row.external_id) for row in rows)
    assert [(company.company_id, company.name, company.external_id) for company in companies] == expected
    listed_rows = len(rows) + len(sandbox.data.former_companies)
    assert heard == [(200, listed_rows), (400, listed_rows), (listed_rows, listed_rows)]


def test_checking_signs_in_and_reads_one_row(pax8: Connection, sandbox: Sandbox) -> None:
    before = sandbox.control.requests("/pax8/v1/companies")

    pax8.check()

    assert sandbox.control.requests("/pax8/v1/companies") == before + 1


@pytest.mark.parametrize("field", ["client_id", "client_secret", "audience"])
def test_wrong_credentials_are_said_to_be_wrong(sandbox: Sandbox, field: str) -> None:
    credentials = {**sandbox_connections(sandbox.url)["pax8"], field: "wrong"}
    connection = DISTRIBUTORS[0].connect(credentials, allowed_hosts=LOCAL)

    with pytest.raises(UpstreamAuthError) as caught:
        connection.check()

    connection.close()
    assert str(caught.value) == "Pax8: the sign-in was refused with 401 (Unauthorized): check the credentials."


def test_the_sign_in_is_json_with_the_audience() -> None:
    with answering({"/companies": listed()}) as (pax8, server):
        pax8.check()

        assert server.hits[0].target == "/token"
        assert json.loads(server.hits[0].body) == {
            "client_id": "my-id",
            "client_secret": "my-secret",
            "audience": "api://audience",
            "grant_type": "client_credentials",
        }


def test_pages_are_asked_for_from_0_with_200_rows() -> None:
    with answering({"/companies": listed()}) as (pax8, server):
        pax8.companies(ignore)

        assert parse_qs(urlsplit(server.hits[-1].target).query) == {
            "page": ["0"],
            "size": ["200"],
            "sort": ["name,asc"],
        }


def test_an_empty_list_has_no_content_at_all() -> None:
    assert "content" not in listed()

    with answering({"/companies": listed()}) as (pax8, _):
        assert pax8.companies(ignore) == []


def test_a_company_needs_an_id_and_a_name_only() -> None:
    rows = ({"id": "b", "name": "Ac\x00me"}, {"id": "a", "name": "047 Acupuncture", "externalId": "12"})

    with answering({"/companies": listed(*rows)}) as (pax8, _):
        assert pax8.companies(ignore) == [Company("a", "047 Acupuncture", "12"), Company("b", "Acme")]


@pytest.mark.parametrize("status", ["Active", "Inactive", None])
def test_a_company_that_is_not_deleted_is_kept_whatever_its_status(status: str | None) -> None:
    with answering({"/companies": listed({"id": "a", "name": "Acme", "status": status})}) as (pax8, _):
        assert pax8.companies(ignore) == [Company("a", "Acme")]


def test_a_deleted_company_is_left_out() -> None:
    with answering({"/companies": listed({"id": "a", "name": "Acme", "status": "Deleted"})}) as (pax8, _):
        assert pax8.companies(ignore) == []


BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "no page": ({"content": []}, "/companies page 1 lacks 'page'."),
    "no totalElements": ({"page": {"totalPages": 1}}, "/companies page 1, page lacks 'totalElements'."),
    "count at the wrong place": ({"totalElements": 1, "page": {}}, "/companies page 1, page lacks 'totalElements'."),
    "content is an object": (
        {"content": {}, "page": {"totalElements": 1}},
        "/companies page 1: 'content' is not a list of objects.",
    ),
    "no id": (listed({"name": "Acme"}), "/companies page 1, a row without id lacks 'id'."),
    "no name": (listed({"id": "a"}), "/companies page 1, row a lacks 'name'."),
    "null name": (listed({"id": "a", "name": None}), "/companies page 1, row a has null for 'name'."),
    "a number as id": (listed({"id": 7, "name": "Acme"}), "/companies page 1, row 7: 'id' is not a text."),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_answer_that_breaks_the_contract_is_refused_and_says_where(name: str) -> None:
    answer, sentence = BROKEN[name]

    with answering({"/companies": answer}) as (pax8, _), pytest.raises(UpstreamSchemaError) as caught:
        pax8.companies(ignore)

    assert str(caught.value) == f"Pax8: {sentence}"
