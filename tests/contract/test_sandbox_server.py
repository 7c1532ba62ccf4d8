"""The sandbox as a server: tokens and budgets over time, many threads, starting and ending."""

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from billingbot.sandbox.server import Sandbox
from tests.contract.controlled_sandbox import DATA, calling_controlled
from tests.contract.sandbox_caller import Caller, calling


@dataclass
class Clock:
    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def caller() -> Iterator[Caller]:
    with calling_controlled() as caller:
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

    assert time.monotonic() - start < 10
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
