"""The sandbox as a server: tokens and budgets over time, the control, changing data, starting and ending."""

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx2
import pytest

from billingbot.errors import NotFound
from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox
from tests.contract.sandbox_caller import Caller, calling

DATA = build(1, 30, 30, date(2026, 11, 20))
KEY = {"X-Sandbox-Control": "open sesame"}


@dataclass
class Clock:
    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def caller() -> Iterator[Caller]:
    with Sandbox(DATA, control_key="open sesame") as sandbox, calling(sandbox) as caller:
        yield caller


def statuses(caller: Caller) -> tuple[int, int]:
    return caller.get_halo("/Client").status_code, caller.get_pax8("/companies").status_code


def test_a_token_is_good_until_its_lifetime_ends() -> None:
    clock = Clock()
    with Sandbox(DATA, token_lifetime=60, clock=clock) as sandbox, calling(sandbox) as caller:
        clock.seconds = 59.9
        before = statuses(caller)
        clock.seconds = 60.0
        after = statuses(caller)

    assert (before, after) == ((200, 200), (401, 401))


def test_a_token_says_the_lifetime_that_it_has() -> None:
    with Sandbox(DATA, token_lifetime=60) as sandbox, calling(sandbox) as caller:
        lifetimes = [caller.halo_sign_in().json()["expires_in"], caller.pax8_sign_in().json()["expires_in"]]

    assert lifetimes == [60, 60]


def test_tokens_that_are_expired_by_the_control_are_refused_and_new_ones_are_good(caller: Caller) -> None:
    caller.sandbox.control.expire_tokens()

    assert statuses(caller) == (401, 401)
    assert statuses(Caller(caller.sandbox, caller.http)) == (200, 200)


def test_no_two_tokens_are_the_same_and_they_tell_nothing(caller: Caller) -> None:
    tokens = {caller.halo_sign_in().json()["access_token"] for _ in range(20)}

    assert len(tokens) == 20
    assert all(len(token) > 30 and "sandbox" not in token for token in tokens)


def test_more_requests_than_the_window_takes_are_429_until_it_has_moved_on() -> None:
    clock = Clock()
    with Sandbox(DATA, rate_limit=3, clock=clock) as sandbox, calling(sandbox) as caller:
        at_once = [caller.get_halo("/Client") for _ in range(4)]
        clock.seconds = 299.9
        still = caller.get_halo("/Client")
        clock.seconds = 300.0
        again = caller.get_halo("/Client")

    assert [answer.status_code for answer in at_once] == [200, 200, 200, 429]
    assert at_once[-1].text == "Rate Limit Reached - 3 Requests per rolling 5 minute window"
    assert (still.status_code, again.status_code) == (429, 200)


def test_each_vendor_has_its_own_budget() -> None:
    with Sandbox(DATA, rate_limit=1) as sandbox, calling(sandbox) as caller:
        found = [statuses(caller), statuses(caller)]

    assert found == [(200, 200), (429, 429)]


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
    assert answer == {"requests": control.all_requests(), "tokens": {"halo": 1, "pax8": 1}}


def test_a_fault_is_set_and_cleared_over_http(caller: Caller) -> None:
    url = f"{caller.sandbox.url}/control/faults"
    set_answer = caller.http.post(url, json={"kind": "SERVER_ERROR", "path": "/pax8/v1/companies"}, headers=KEY)
    broken = caller.get_pax8("/companies").status_code
    caller.http.delete(url, headers=KEY)

    assert (set_answer.status_code, broken, caller.get_pax8("/companies").status_code) == (204, 500, 200)


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


def test_requests_of_many_threads_are_all_answered_right() -> None:
    found: list[list[str]] = []
    with Sandbox(DATA, rate_limit=None) as sandbox, calling(sandbox) as caller:
        threads = [
            threading.Thread(target=lambda: found.append([row["id"] for row in caller.all_pax8("/companies")]))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert found == [[company.company_id for company in DATA.companies]] * 8


def test_a_sandbox_that_ended_takes_no_more_calls_and_ends_promptly() -> None:
    with Sandbox(DATA) as sandbox, calling(sandbox) as caller:
        caller.get_halo("/Client")
        port = int(sandbox.url.rpartition(":")[2])
        start = time.monotonic()

    assert time.monotonic() - start < 2
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1).close()


def test_two_sandboxes_do_not_disturb_each_other() -> None:
    with Sandbox(DATA) as one, Sandbox(DATA) as other, calling(one) as caller, calling(other) as stranger:
        one.control.rename_company(DATA.companies[0].company_id, "Another Name")
        names = [who.all_pax8("/companies")[0]["name"] for who in (caller, stranger)]

        assert names == ["Another Name", DATA.companies[0].name]
        assert caller.http.get(f"{one.pax8_url}/companies", headers=stranger.pax8).status_code == 401


@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGTERM])
def test_serve_runs_until_it_is_interrupted_and_ends_quietly(signal_number: int) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    script = (
        "from datetime import date; from billingbot.sandbox.dataset import build; "
        "from billingbot.sandbox.server import serve; "
        f"serve({port}, build(1, 3, 3, date(2026, 11, 20)))"
    )
    command = [sys.executable, "-W", "error", "-c", script]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        status = wait_for(f"http://127.0.0.1:{port}/halo/api/authinfo")
        process.send_signal(signal_number)
        said, complained = process.communicate(timeout=10)

    assert status == 200
    assert said + complained == ""


def wait_for(url: str) -> int:
    """Return the status of the first answer."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            return httpx2.get(url, trust_env=False).status_code
        except httpx2.ConnectError:
            threading.Event().wait(0.05)
    raise TimeoutError(url)
