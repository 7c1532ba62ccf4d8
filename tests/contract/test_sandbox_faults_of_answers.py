"""Every fault of an answer does what it says: refused, no JSON, cut off, lost or late."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2
import pytest

from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.server import Sandbox
from tests.contract.faulty_pages import CLIENTS, COMPANIES, COUNT, PAGES
from tests.contract.sandbox_caller import Caller, calling, calling_unlimited
from tests.wait import wait_for


@pytest.fixture(scope="module")
def running() -> Iterator[Caller]:
    with calling_unlimited(COUNT, COUNT) as caller:
        yield caller


@pytest.fixture
def caller(running: Caller) -> Iterator[Caller]:
    yield running
    running.sandbox.control.clear_faults()


@pytest.mark.parametrize(
    ("kind", "status"),
    [(FaultKind.SERVER_ERROR, 500), (FaultKind.UNAUTHORIZED, 401), (FaultKind.RATE_LIMITED, 429)],
)
def test_a_refusal_has_the_vendors_own_shape(caller: Caller, kind: FaultKind, status: int) -> None:
    caller.sandbox.control.fault(Fault(kind, CLIENTS))
    caller.sandbox.control.fault(Fault(kind, COMPANIES))
    halo, pax8 = caller.get_halo("/Client"), caller.get_pax8("/companies")

    assert (halo.status_code, pax8.status_code, pax8.json()["status"]) == (status, status, status)
    assert halo.text == ("Rate Limit Reached - None Requests per rolling 5 minute window" if status == 429 else "")


def test_a_rate_limit_says_when_to_retry_only_if_told_to(caller: Caller) -> None:
    caller.sandbox.control.fault(Fault(FaultKind.RATE_LIMITED, CLIENTS, retry_after="7"))
    caller.sandbox.control.fault(Fault(FaultKind.RATE_LIMITED, COMPANIES))

    assert caller.get_halo("/Client").headers["retry-after"] == "7"
    assert "retry-after" not in caller.get_pax8("/companies").headers


@pytest.mark.parametrize(("kind", "status"), [(FaultKind.UNAVAILABLE, 503), (FaultKind.HTML, 200)])
@PAGES
def test_a_proxy_answers_html(caller: Caller, path: str, page: Any, kind: FaultKind, status: int) -> None:
    del page
    caller.sandbox.control.fault(Fault(kind, path))
    answer = caller.get_halo("/Client") if path == CLIENTS else caller.get_pax8("/companies")

    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html")
    assert answer.text.startswith("<!DOCTYPE html>")


@PAGES
def test_a_reset_connection_gives_no_answer(caller: Caller, path: str, page: Any) -> None:
    caller.sandbox.control.fault(Fault(FaultKind.RESET, path))

    with pytest.raises(httpx2.ReadError):
        page(caller)


def test_a_reset_comes_before_anything_is_done(caller: Caller) -> None:
    client_id = caller.sandbox.data.clients[0].client_id
    before = caller.all_halo("/Invoice", "invoices", {"client_id": client_id})
    caller.sandbox.control.fault(Fault(FaultKind.RESET, "/halo/api/Invoice", times=1))

    with pytest.raises(httpx2.ReadError):
        caller.post_halo("/Invoice", [{"client_id": client_id}])

    assert caller.all_halo("/Invoice", "invoices", {"client_id": client_id}) == before


def test_a_lost_answer_comes_after_everything_is_done(caller: Caller) -> None:
    client_id = caller.sandbox.data.clients[1].client_id
    caller.sandbox.control.fault(Fault(FaultKind.ANSWER_LOST, "/halo/api/Invoice", times=1))

    with pytest.raises(httpx2.ReadError):
        caller.post_halo("/Invoice", [{"client_id": client_id, "reference": "lost"}])

    found = caller.all_halo("/Invoice", "invoices", {"client_id": client_id, "search": "lost"})
    assert [row["reference"] for row in found] == ["lost"]


@PAGES
def test_a_truncated_answer_ends_before_its_length(caller: Caller, path: str, page: Any) -> None:
    caller.sandbox.control.fault(Fault(FaultKind.TRUNCATED, path))

    with pytest.raises(httpx2.RemoteProtocolError, match="without sending complete"):
        page(caller)


@PAGES
def test_broken_json_is_complete_and_no_json(caller: Caller, path: str, page: Any) -> None:
    caller.sandbox.control.fault(Fault(FaultKind.BROKEN_JSON, path))

    with pytest.raises(ValueError, match="Unterminated string"):
        page(caller)


@PAGES
def test_a_slow_answer_is_right_and_late(caller: Caller, path: str, page: Any) -> None:
    right = page(caller)
    caller.sandbox.control.fault(Fault(FaultKind.LATENCY, path, seconds=0.2))
    start = time.monotonic()

    assert page(caller) == right
    assert time.monotonic() - start >= 0.2


@PAGES
def test_a_slow_answer_comes_as_soon_as_the_faults_are_cleared(caller: Caller, path: str, page: Any) -> None:
    right, asked_before = page(caller), caller.sandbox.control.requests(path)
    caller.sandbox.control.fault(Fault(FaultKind.LATENCY, path, seconds=60))
    start = time.monotonic()

    with ThreadPoolExecutor() as pool:
        answers = [pool.submit(page, caller) for _ in range(2)]
        wait_for(lambda: caller.sandbox.control.requests(path) == asked_before + 2, "both requests")
        assert not any(answer.done() for answer in answers)
        caller.sandbox.control.clear_faults()

        assert [answer.result() for answer in answers] == [right, right]
    assert time.monotonic() - start < 5


def test_a_client_that_gave_up_does_not_keep_the_server_from_ending() -> None:
    with Sandbox(build(1, 3, 3, date(2026, 11, 20))) as sandbox, calling(sandbox) as caller:
        sandbox.control.fault(Fault(FaultKind.LATENCY, COMPANIES, seconds=60))
        with pytest.raises(httpx2.ReadTimeout):
            caller.http.get(f"{sandbox.pax8_url}/companies", headers=caller.pax8, timeout=0.05)
        start = time.monotonic()

    assert time.monotonic() - start < 10  # not the 60 s that the answer would take


def test_an_expired_token_once_is_good_again_the_next_time(caller: Caller) -> None:
    caller.sandbox.control.fault(Fault(FaultKind.UNAUTHORIZED, CLIENTS, times=1))

    assert [caller.get_halo("/Client").status_code for _ in range(2)] == [401, 200]


def test_a_fault_of_one_path_leaves_other_paths_alone(caller: Caller) -> None:
    caller.sandbox.control.fault(Fault(FaultKind.SERVER_ERROR, CLIENTS))

    assert caller.get_halo("/Item").status_code == 200
    assert caller.get_pax8("/companies").status_code == 200


def test_signing_in_can_fail_too(caller: Caller) -> None:
    caller.sandbox.control.fault(Fault(FaultKind.SERVER_ERROR, "/pax8/v1/token"))
    caller.sandbox.control.fault(Fault(FaultKind.SERVER_ERROR, "/halo/auth/token"))

    assert (caller.pax8_sign_in().status_code, caller.halo_sign_in().status_code) == (500, 500)


@pytest.mark.parametrize("seconds", [0, 3600, -3600])
def test_a_wrong_clock_refuses_with_a_date_that_is_wrong(caller: Caller, seconds: int) -> None:
    right = caller.get_halo("/Client")
    caller.sandbox.control.fault(Fault(FaultKind.WRONG_CLOCK, CLIENTS, seconds=seconds))
    wrong = caller.get_halo("/Client")

    assert (right.status_code, wrong.status_code) == (200, 401)
    dates = [parsedate_to_datetime(answer.headers["date"]).timestamp() for answer in (right, wrong)]
    assert dates[1] - dates[0] == pytest.approx(seconds, abs=5)
