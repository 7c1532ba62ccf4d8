"""Signing in: once for all who wait, again when a token ends, and what a refusal means."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from billingbot.connectors.http import reading
from billingbot.errors import UpstreamAuthError
from tests.contract.patient import QUICK, WarpedTime, transport
from tests.contract.raw_server import RawServer, Received, in_turn, reply, reset
from tests.contract.signing_in import signed_in

pytestmark = pytest.mark.fault(18)


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
