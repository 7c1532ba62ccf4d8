"""Rules of a call that no single fault shows: what may be repeated, when to stop asking, what nobody may read."""

import asyncio
import gc
import logging
import socket
import threading
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from billingbot.connectors.http import (
    Patience,
    Policy,
    Request,
    SignedIn,
    Token,
    Transport,
    Wire,
    reading,
    token_for,
)
from billingbot.errors import (
    UpstreamAuthError,
    UpstreamError,
    UpstreamOutcomeUnknown,
    UpstreamRateLimited,
    UpstreamRejected,
    UpstreamUnavailable,
)
from tests.contract.patient import LOCAL, QUICK, WarpedTime, transport
from tests.contract.raw_server import Answer, RawServer, Received, drip_body, hang, in_turn, reply, reset, truncated
from tests.wait import wait_for


def writing(url: str) -> Request:
    return Request("POST", f"{url}/invoice", "/invoice", repeatable=False, content=b"[]")


@pytest.fixture
def dead_url() -> Iterator[str]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.mark.parametrize("answer", [hang, reset, truncated, drip_body, reply(500), reply(503)])
def test_a_write_that_may_have_arrived_is_never_sent_again(answer: Answer) -> None:
    with RawServer(answer) as server, transport() as asking:
        with pytest.raises(UpstreamOutcomeUnknown, match="/invoice; it is not known whether it was done"):
            asking.call(writing(server.url), asking.patience())

        wait_for(lambda: server.hits, "what was sent to arrive")
        assert [hit.method for hit in server.hits] == ["POST"]


def test_a_write_that_cannot_have_arrived_is_tried_again(dead_url: str) -> None:
    time_passing = WarpedTime()

    with (
        transport(timing=time_passing.timing()) as asking,
        pytest.raises(UpstreamUnavailable, match="could not be reached"),
    ):
        asking.call(writing(dead_url), asking.patience())

    assert time_passing.slept == [0.5, 1.0]


def test_a_write_that_the_rate_limit_refused_is_sent_again() -> None:
    with RawServer(in_turn(reply(429), reply(201))) as server, transport() as asking:
        answer = asking.call(writing(server.url), asking.patience())

        assert (answer.status, len(server.hits)) == (201, 2)


def test_back_off_is_shortened_by_chance() -> None:
    time_passing = WarpedTime()

    with RawServer(in_turn(reply(500), reply())) as server, transport(timing=time_passing.timing(chance=0.5)) as asking:
        asking.call(reading(server.url, "/list"), asking.patience())

    assert time_passing.slept == [0.375]


def test_fifty_calls_on_a_dead_vendor_reach_it_five_times() -> None:
    with RawServer(reply(500)) as server, transport() as asking:
        for _ in range(50):
            with pytest.raises(UpstreamUnavailable) as caught:
                asking.call(reading(server.url, "/list"), asking.patience())

        assert len(server.hits) == 5
        assert "/list was not asked for, because the last 5 tries failed; try again in " in str(caught.value)


def test_a_dead_vendor_gets_one_trial_after_a_while_and_is_alive_when_it_answers() -> None:
    time_passing = WarpedTime()
    answer = in_turn(*[reply(500)] * 6, reply())

    with RawServer(answer) as server, transport(replace(QUICK, tries=5), time_passing.timing()) as asking:

        def hits_of_a_call() -> int:
            before = len(server.hits)
            try:
                asking.call(reading(server.url, "/list"), asking.patience())
            except UpstreamUnavailable:
                return len(server.hits) - before
            return len(server.hits) - before + 100

        dying, dead = hits_of_a_call(), hits_of_a_call()
        time_passing.sleep(31)
        trial, dead_again = hits_of_a_call(), hits_of_a_call()
        time_passing.sleep(31)
        healed, alive = hits_of_a_call(), hits_of_a_call()

    assert (dying, dead, trial, dead_again, healed, alive) == (5, 0, 1, 0, 101, 101)


def test_a_call_ends_within_its_own_deadline_however_many_tries_are_left() -> None:
    policy = Policy(try_seconds=0.2, call_seconds=0.5, tries=100, backoff_seconds=0.01, dead_after=100)
    started = time.monotonic()

    with RawServer(hang) as server, transport(policy) as asking, pytest.raises(UpstreamUnavailable, match="in time"):
        asking.call(reading(server.url, "/list"), asking.patience())

    assert time.monotonic() - started < 1


def test_the_rate_limit_is_waited_for_as_long_as_its_window_and_no_longer() -> None:
    time_passing = WarpedTime()

    with RawServer(reply(429)) as server, transport(timing=time_passing.timing(chance=0.5)) as asking:
        with pytest.raises(UpstreamRateLimited, match="refuses further calls"):
            asking.call(reading(server.url, "/list"), asking.patience())

        assert 240 < sum(time_passing.slept) <= 330
        assert len(server.hits) < 15


def test_our_own_budget_spaces_the_calls_out() -> None:
    time_passing = WarpedTime()
    policy = replace(QUICK, rate_calls=10, rate_window=60)

    with RawServer(reply()) as server, transport(policy, time_passing.timing()) as asking:
        for _ in range(30):
            asking.call(reading(server.url, "/list"), asking.patience())

    assert 118 < sum(time_passing.slept) <= 120


def test_a_budget_that_would_make_us_wait_too_long_is_an_error() -> None:
    policy = replace(QUICK, rate_calls=1, rate_window=3600)

    with RawServer(reply()) as server, transport(policy) as asking:
        asking.call(reading(server.url, "/list"), asking.patience())
        with pytest.raises(UpstreamRateLimited, match="exceeded the 1 calls in 3600 s that we allow ourselves"):
            asking.call(reading(server.url, "/list"), asking.patience())

        assert len(server.hits) == 1


class SignIn:
    """A vendor whose tokens are numbered, and which accepts the newest only."""

    def __init__(self) -> None:
        self.tokens = 0
        self.refusals = 0

    async def answer(self, request: Received, writer: asyncio.StreamWriter) -> None:
        if request.target == "/token":
            self.tokens += 1
            body = f'{{"access_token": "token-{self.tokens}", "expires_in": 3600}}'.encode()
            await asyncio.sleep(0.05)  # long enough for all to ask while one signs in
            await reply(body=body)(request, writer)
        elif request.headers["authorization"] == f"Bearer token-{self.tokens}":
            await reply()(request, writer)
        else:
            self.refusals += 1
            await reply(401, b"")(request, writer)

    def expire(self) -> None:
        self.tokens += 1


def signed_in(asking: Transport, url: str) -> SignedIn:
    request = Request("POST", f"{url}/token", "the sign-in", repeatable=True)
    return SignedIn(asking, lambda patience: token_for(asking, request, patience))


def test_eight_threads_that_are_refused_at_once_sign_in_once() -> None:
    vendor = SignIn()
    policy = replace(QUICK, try_seconds=5)
    with RawServer(vendor.answer) as server, transport(policy) as asking, ThreadPoolExecutor(8) as threads:
        api = signed_in(asking, server.url)
        api.json(reading(f"{server.url}/list", "/list"))
        vendor.expire()
        together = threading.Barrier(8)

        def ask(_: int) -> object:
            together.wait()
            return api.json(reading(f"{server.url}/list", "/list"))

        answers = list(threads.map(ask, range(8)))

        assert answers == [{}] * 8
        assert sum(hit.target == "/token" for hit in server.hits) == 2
        assert vendor.refusals >= 1


def test_when_signing_in_fails_all_who_waited_hear_it() -> None:
    with RawServer(reply(401, b'{"error":"invalid_client"}')) as server, transport() as asking:
        api = signed_in(asking, server.url)
        with ThreadPoolExecutor(4) as threads:
            asked = [threads.submit(api.json, reading(f"{server.url}/list", "/list")) for _ in range(4)]
        errors = [call.exception() for call in asked]

    expected = "Vendor: the sign-in was refused with 401 (invalid_client): check the credentials."
    assert [expected] * 4 == [str(error) for error in errors]
    assert [UpstreamAuthError] * 4 == [type(error) for error in errors]


def test_a_second_401_is_a_missing_permission() -> None:
    async def forbidding(request: Received, writer: asyncio.StreamWriter) -> None:
        token = reply(body=b'{"access_token": "t", "expires_in": 3600}')
        await (token if request.target == "/token" else reply(401, b""))(request, writer)

    with RawServer(forbidding) as server, transport() as asking:
        with pytest.raises(
            UpstreamAuthError, match="/list answered 401 to a new token too: the account lacks the perm"
        ):
            signed_in(asking, server.url).json(reading(f"{server.url}/list", "/list"))

        assert [hit.target for hit in server.hits] == ["/token", "/list", "/token", "/list"]


def test_a_sign_in_is_repeated_after_a_lost_answer() -> None:
    answers = in_turn(reset, reply(body=b'{"access_token": "t"}'), reply(body=b"[1]"))

    with RawServer(answers) as server, transport() as asking:
        assert signed_in(asking, server.url).json(reading(f"{server.url}/list", "/list")) == [1]


def test_a_token_that_is_about_to_end_is_renewed_before_it_is_used() -> None:
    time_passing = WarpedTime()
    vendor = SignIn()

    with RawServer(vendor.answer) as server, transport(timing=time_passing.timing()) as asking:
        api = signed_in(asking, server.url)
        api.json(reading(f"{server.url}/list", "/list"))
        time_passing.sleep(3600 - 59)
        api.json(reading(f"{server.url}/list", "/list"))

    assert (vendor.tokens, vendor.refusals) == (2, 0)


SECRETS = ("canary-client-secret", "canary-token", "canary-query")


@pytest.mark.parametrize(
    "answer",
    [
        reply(body=b"{}"),
        reply(400, b'{"message": "secret canary-client-secret and token canary-token are wrong, says canary-query"}'),
        reply(302, location="https://elsewhere.example/?key=canary-query"),
        reply(500, b'"canary-token"'),
        reset,
        hang,
    ],
    ids=["success", "refusal that echoes", "redirect", "500 that echoes", "reset", "hang"],
)
def test_secrets_reach_no_log_and_no_error(answer: Answer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for library in ("httpx2", "httpcore2", "asyncio"):
        caplog.set_level(logging.DEBUG, logger=library)
    shown: list[str] = []

    with RawServer(answer) as server, transport(secrets=(SECRETS[0], SECRETS[2])) as asking:
        request = Request(
            "GET",
            f"{server.url}/list",
            "/list",
            repeatable=True,
            params={"key": SECRETS[2]},
            headers={"X-Api-Key": SECRETS[0]},
            content=SECRETS[0].encode(),
        )
        shown.append(repr(replace(request, token=SECRETS[1])))
        try:
            SignedIn(asking, lambda _: Token(SECRETS[1], None)).json(request)
        except UpstreamError as error:
            shown += [str(error), repr(error), *traceback.format_exception(error)]

        assert SECRETS[1] in server.hits[0].headers["authorization"]

    shown += [record.getMessage() + str(record.args) + str(record.exc_text) for record in caplog.records]
    assert "Vendor: GET /list" in "".join(shown)
    assert [secret for secret in SECRETS if secret in "".join(shown)] == []


def test_a_token_that_does_not_fit_into_a_header_is_refused_without_being_quoted() -> None:
    with RawServer(reply(body=b'{"access_token": "canary\\r\\nX-Evil: 1"}')) as server, transport() as asking:
        with pytest.raises(UpstreamError, match="without a usable access_token") as caught:
            signed_in(asking, server.url).json(reading(f"{server.url}/list", "/list"))

        assert "canary" not in "".join(traceback.format_exception(caught.value))


def ask_of_host(addresses: list[str]) -> None:
    async def look_up(_: str, __: int) -> list[str]:
        return addresses

    asking = Transport("Vendor", Wire(QUICK, frozenset(), look_up), QUICK, WarpedTime().timing())
    try:
        asking.call(reading("https://vendor.example/list", "/list"), asking.patience())
    finally:
        asking.close()


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "::1", "fd00::1", "64:ff9b::7f00:1", "2002:7f00:1::"])
def test_a_public_name_with_a_private_address_is_not_connected_to(address: str) -> None:
    with pytest.raises(UpstreamRejected, match="leads to an address that is not public"):
        ask_of_host(["8.8.8.8", address])


def test_a_name_without_an_address_is_said_to_be_unknown() -> None:
    async def look_up(host: str, port: int) -> list[str]:
        raise socket.gaierror(f"{host}:{port}")

    asking = Transport("Vendor", Wire(QUICK, frozenset(), look_up), QUICK, WarpedTime().timing())
    with pytest.raises(UpstreamUnavailable, match="the host name is not known"):
        asking.call(reading("https://vendor.example/list", "/list"), asking.patience())
    asking.close()


def test_the_environment_cannot_send_us_through_a_proxy(dead_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, dead_url)

    with RawServer(reply()) as server, transport() as asking:
        assert asking.call(reading(server.url, "/list"), asking.patience()).status == 200


def test_closing_ends_what_is_under_way_and_leaves_no_thread_behind() -> None:
    before = set(threading.enumerate())
    with RawServer(hang) as server, ThreadPoolExecutor(1) as waiting:
        policy = Policy(try_seconds=30, tries=1)
        asking = Transport("Vendor", Wire(policy, LOCAL), policy)
        call = waiting.submit(asking.call, reading(server.url, "/list"), asking.patience())
        wait_for(lambda: server.hits, "the call to arrive")
        asking.close()
        asking.close()
        with pytest.raises(UpstreamUnavailable, match="closed by BillingBot"):
            call.result()

    gc.collect()  # anything left open would warn here, and warnings are errors
    assert before == set(threading.enumerate())


def test_patience_is_shared_by_sign_in_and_call() -> None:
    policy = Policy(call_seconds=10)
    time_passing = WarpedTime()
    patience = Patience(policy, time_passing.timing())
    time_passing.sleep(8)

    assert 1.9 < patience.try_seconds() <= 2.0
