"""Calls with a user name and a password each: what goes out, and what refusals mean."""

import logging
import traceback
from base64 import b64encode

import pytest

from billingbot.connectors.http import BasicAuth, reading
from billingbot.errors import UpstreamAuthError, UpstreamError, UpstreamRejected
from tests.contract.patient import transport
from tests.contract.raw_server import RawServer, in_turn, reply

PASSWORD = "canary-pässword:with-a-colon"
HEADER = b64encode(f"AC1:{PASSWORD}".encode()).decode()


def test_every_call_carries_name_and_password() -> None:
    with RawServer(reply(body=b'{"price": 1.50}')) as server, transport() as asking:
        answer = BasicAuth(asking, "AC1", PASSWORD).json(reading(f"{server.url}/list?page=2", "/list"))

        assert str(answer) == "{'price': Decimal('1.50')}"
        assert [(hit.target, hit.headers["authorization"]) for hit in server.hits] == [
            ("/list?page=2", f"Basic {HEADER}")
        ]


REFUSALS: dict[int, tuple[type[UpstreamError], str]] = {
    401: (UpstreamAuthError, "the sign-in was refused with 401 (Authenticate): check the credentials."),
    403: (UpstreamAuthError, "/list answered 403 (Authenticate): the account lacks the permission to read it."),
    404: (UpstreamRejected, "/list was refused with 404 (Authenticate)."),
    302: (UpstreamRejected, "/list answered with a redirect (302), which is not followed."),
}


@pytest.mark.parametrize("status", REFUSALS)
def test_a_refusal_is_final_and_says_what_it_means(status: int) -> None:
    kind, sentence = REFUSALS[status]

    with RawServer(reply(status, b'{"code": 20003, "message": "Authenticate"}')) as server, transport() as asking:
        with pytest.raises(UpstreamError) as caught:
            BasicAuth(asking, "AC1", PASSWORD).json(reading(f"{server.url}/list", "/list"))

        assert len(server.hits) == 1
    assert (type(caught.value), str(caught.value), caught.value.status) == (kind, f"Vendor: {sentence}", status)


def test_a_rate_limit_is_waited_for() -> None:
    with RawServer(in_turn(reply(429, b'{"code": 20429}'), reply(body=b"[1]"))) as server, transport() as asking:
        assert BasicAuth(asking, "AC1", PASSWORD).json(reading(f"{server.url}/list", "/list")) == [1]


@pytest.mark.parametrize("status", [200, 400, 401, 500])
def test_neither_the_password_nor_the_header_reaches_a_log_or_an_error(
    status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    shown: list[str] = []
    body = f'{{"message": "you sent {HEADER}, which is {PASSWORD}"}}'.encode()

    with RawServer(reply(status, body)) as server, transport(secrets=(PASSWORD,)) as asking:
        basic = BasicAuth(asking, "AC1", PASSWORD)
        try:
            basic.json(reading(f"{server.url}/list", "/list"))
        except UpstreamError as error:
            shown += [str(error), repr(error), *traceback.format_exception(error)]

    shown += [repr(basic)] + [record.getMessage() + str(record.args) for record in caplog.records]
    assert "Vendor: GET /list" in "".join(shown)
    assert [secret for secret in (PASSWORD, HEADER) if secret in "".join(shown)] == []
