"""The control of the sandbox: its key, what it counts, faults over HTTP, changing data."""

from collections.abc import Iterator

import httpx2
import pytest

from billingbot.errors import NotFound
from billingbot.sandbox.server import Sandbox
from tests.contract.controlled_sandbox import DATA, KEY, calling_controlled
from tests.contract.sandbox_caller import Caller, calling


@pytest.fixture
def caller() -> Iterator[Caller]:
    with calling_controlled() as caller:
        yield caller


@pytest.mark.parametrize("headers", [{}, {"X-Sandbox-Control": "wrong"}])
@pytest.mark.parametrize("path", ["truth", "requests"])
def test_the_control_is_closed_without_its_key(caller: Caller, path: str, headers: dict[str, str]) -> None:
    answer = caller.http.get(f"{caller.sandbox.url}/control/{path}", headers=headers)

    assert answer.status_code == 403
    assert not any(company_id in answer.text for company_id in DATA.truth)


def test_without_a_control_key_there_is_no_control() -> None:
    with Sandbox(DATA) as sandbox, calling(sandbox) as caller:
        answers = [caller.http.get(f"{sandbox.url}/control/truth", headers=headers) for headers in ({}, KEY)]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_the_truth_is_read_with_the_key(caller: Caller) -> None:
    answer = caller.http.get(f"{caller.sandbox.url}/control/truth", headers=KEY)

    assert answer.json() == dict(DATA.truth)


def test_requests_and_tokens_are_counted(caller: Caller) -> None:
    caller.get_halo("/Client")
    caller.get_halo("/CLIENT")
    control = caller.sandbox.control
    answer = caller.http.get(f"{caller.sandbox.url}/control/requests", headers=KEY).json()

    assert (control.requests("/halo/api/Client"), control.requests("/halo/auth/token")) == (2, 1)
    assert answer == {
        "requests": control.all_requests(),
        "tokens": {**dict.fromkeys(control.tokens_issued(), 0), "halo": 1, "pax8": 1},
    }


def test_a_fault_is_set_and_cleared_over_http(caller: Caller) -> None:
    url = f"{caller.sandbox.url}/control/faults"
    set_answer = caller.http.post(url, json={"kind": "SERVER_ERROR", "path": "/pax8/v1/companies"}, headers=KEY)
    broken = caller.get_pax8("/companies").status_code
    caller.http.delete(url, headers=KEY)

    assert (set_answer.status_code, broken, caller.get_pax8("/companies").status_code) == (204, 500, 200)


def test_a_share_of_the_answers_to_writes_is_lost_over_http(caller: Caller) -> None:
    fault = {"kind": "ANSWER_LOST", "path": "/halo/api/Item", "method": "POST", "share": 0.5, "seed": 2}
    caller.http.post(f"{caller.sandbox.url}/control/faults", json=fault, headers=KEY)
    lost = 0
    for number in range(20):
        try:
            caller.post_halo("/Item", [{"name": f"Item {number}"}])
        except httpx2.ReadError:
            lost += 1
    names = {row["name"] for row in caller.all_halo("/Item", "items")}

    assert 3 < lost < 17
    assert {f"Item {number}" for number in range(20)} <= names


def test_a_client_is_renamed_goes_and_comes_back_to_its_place(caller: Caller) -> None:
    control, client = caller.sandbox.control, DATA.clients[4]
    before = caller.all_halo("/Client", "clients")
    control.rename_client(client.client_id, "Another Name")
    renamed = caller.get_halo(f"/Client/{client.client_id}").json()["name"]
    control.remove_client(client.client_id)
    gone = caller.all_halo("/Client", "clients")
    control.restore_client(client.client_id)
    control.rename_client(client.client_id, client.name)

    assert renamed == "Another Name"
    assert gone == before[:4] + before[5:]
    assert caller.all_halo("/Client", "clients") == before


def test_a_company_is_renamed_goes_and_comes_back_to_its_place(caller: Caller) -> None:
    control, company = caller.sandbox.control, DATA.companies[4]
    before = caller.all_pax8("/companies")
    control.rename_company(company.company_id, "Another Name")
    renamed = caller.get_pax8(f"/companies/{company.company_id}").json()["name"]
    control.remove_company(company.company_id)
    gone = caller.all_pax8("/companies")
    control.restore_company(company.company_id)
    control.rename_company(company.company_id, company.name)

    assert renamed == "Another Name"
    assert gone == before[:4] + before[5:]
    assert caller.all_pax8("/companies") == before


def test_what_was_billed_keeps_the_name_that_it_was_billed_to(caller: Caller) -> None:
    path = f"/invoices/{caller.all_pax8('/invoices')[0]['id']}/items"
    before = caller.all_pax8(path)
    caller.sandbox.control.rename_company(before[0]["companyId"], "Another Name")

    assert caller.all_pax8(path) == before


def test_added_clients_and_companies_are_listed_with_ids_of_their_own(caller: Caller) -> None:
    control = caller.sandbox.control
    clients = [control.add_client("New Client"), control.add_client("New Client")]
    companies = [control.add_company("New Company"), control.add_company("New Company")]

    assert [row["id"] for row in caller.all_halo("/Client", "clients") if row["name"] == "New Client"] == clients
    assert [row["id"] for row in caller.all_pax8("/companies") if row["name"] == "New Company"] == companies
    assert len({*clients, *companies}) == 4


def test_data_is_changed_over_http(caller: Caller) -> None:
    client_id = DATA.clients[0].client_id
    url = f"{caller.sandbox.url}/control/clients"
    added = caller.http.post(url, json={"name": "New Client"}, headers=KEY).json()["id"]
    caller.http.patch(f"{url}/{client_id}", json={"name": "Another Name"}, headers=KEY)
    caller.http.delete(f"{url}/{DATA.clients[1].client_id}", headers=KEY)
    names = {row["id"]: row["name"] for row in caller.all_halo("/Client", "clients")}

    assert (names[added], names[client_id]) == ("New Client", "Another Name")
    assert DATA.clients[1].client_id not in names


def test_changing_what_does_not_exist_is_refused(caller: Caller) -> None:
    answer = caller.http.delete(f"{caller.sandbox.url}/control/clients/999999", headers=KEY)

    assert answer.status_code == 404
    with pytest.raises(NotFound):
        caller.sandbox.control.restore_company("unknown")
