"""What the sandbox promises of HaloPSA's clients, items and lists: keys, paging, search, refusals."""

from collections.abc import Iterator

import pytest

from tests.contract.halo_keys import CLIENT, ITEM
from tests.contract.sandbox_caller import ALWAYS, Caller, Row, calling_unlimited, deviations

FORMER_CLIENTS = 3
LISTS = [("/Client", "clients"), ("/Invoice", "invoices"), ("/RecurringInvoice", "invoices"), ("/Item", "items")]


@pytest.fixture(scope="module")
def halo() -> Iterator[Caller]:
    with calling_unlimited(120, 130) as caller:
        yield caller


def test_every_client_has_the_documented_keys(halo: Caller) -> None:
    assert deviations(halo.all_halo("/Client", "clients"), CLIENT, ALWAYS) == set()


def test_the_list_holds_every_active_client_by_id(halo: Caller) -> None:
    rows = halo.all_halo("/Client", "clients")

    assert [(row["id"], row["name"]) for row in rows] == [
        (client.client_id, client.name) for client in halo.sandbox.data.clients
    ]


def test_inactive_clients_come_only_when_asked_for(halo: Caller) -> None:
    usual = halo.all_halo("/Client", "clients")
    every = halo.all_halo("/Client", "clients", {"includeinactive": "true"})

    assert {row["inactive"] for row in usual} == {False}
    assert sum(row["inactive"] for row in every) == FORMER_CLIENTS


def test_rows_of_clients_carry_secrets_and_a_logo_so_that_leaks_can_be_seen(halo: Caller) -> None:
    rows = halo.all_halo("/Client", "clients")

    assert {row["api_access_clientsecret"].startswith("sandbox-halo-row-secret-") for row in rows} == {True}
    assert any(row["twilio_subaccount_authtoken"] for row in rows)
    assert any(row["logo"].startswith("data:image/png;base64,") for row in rows)


@pytest.mark.parametrize(("path", "key"), LISTS)
def test_every_list_has_its_envelope(halo: Caller, path: str, key: str) -> None:
    answer = halo.get_halo(path, {"pageinate": "true", "page_size": 7, "page_no": 2}).json()

    assert answer.keys() == {"page_no", "page_size", "record_count", key}
    assert (answer["page_no"], answer["page_size"], len(answer[key])) == (2, 7, 7)


def test_a_page_never_has_more_than_a_hundred_rows_whatever_is_asked(halo: Caller) -> None:
    pages = [halo.get_halo("/Client", {"pageinate": "true", "page_size": 500, "page_no": n}).json() for n in (1, 2, 3)]

    assert [len(page["clients"]) for page in pages] == [100, 20, 0]
    assert [page["record_count"] for page in pages] == [120, 120, 120]


def test_the_right_spelling_of_pageinate_is_ignored(halo: Caller) -> None:
    answer = halo.get_halo("/Client", {"paginate": "true", "page_size": 100, "page_no": 2}).json()

    assert [row["id"] for row in answer["clients"]] == [client.client_id for client in halo.sandbox.data.clients[:50]]


def test_without_paging_count_says_how_many_rows_come(halo: Caller) -> None:
    assert len(halo.get_halo("/Client", {"count": 110}).json()["clients"]) == 110


def test_idonly_works_without_paging_only(halo: Caller) -> None:
    unpaged = halo.get_halo("/Client", {"idonly": "true"}).json()["clients"]
    paged = halo.get_halo("/Client", {"idonly": "true", "pageinate": "true"}).json()["clients"]

    assert {key for row in unpaged for key in row} == {"id"}
    assert "name" in paged[0]


def test_clients_are_searched_and_ordered(halo: Caller) -> None:
    params = {"search": "AsSoCiAtEs", "order": "name", "orderdesc": "true"}
    names = [row["name"] for row in halo.all_halo("/Client", "clients", params)]
    named = [client.name for client in halo.sandbox.data.clients if "associates" in client.name.lower()]

    assert names == sorted(named, key=str.casefold, reverse=True)
    assert len(names) > 2


def test_paths_are_read_in_any_case(halo: Caller) -> None:
    client_id = halo.sandbox.data.clients[3].client_id

    assert halo.get_halo(f"/client/{client_id}").json() == halo.get_halo(f"/CLIENT/{client_id}").json()


@pytest.mark.parametrize("path", ["/Client/999999", "/Invoice/-1", "/RecurringInvoice/1", "/Item/1", "/Nothing"])
def test_what_does_not_exist_is_a_404_without_a_body(halo: Caller, path: str) -> None:
    answer = halo.get_halo(path)

    assert (answer.status_code, answer.content) == (404, b"")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/Client/probe", {"id": ["The value 'probe' is not valid."]}),
        ("/Client?pageinate=true&page_no=x", {"page_no": ["The value 'x' is not valid."]}),
    ],
)
def test_a_value_that_makes_no_sense_is_named(halo: Caller, path: str, body: Row) -> None:
    answer = halo.get_halo(path)

    assert (answer.status_code, answer.json()) == (400, body)


def test_every_item_has_the_documented_keys(halo: Caller) -> None:
    rows = halo.all_halo("/Item", "items")

    assert deviations(rows, ITEM, ALWAYS) == set()
    assert len(rows) > 20
