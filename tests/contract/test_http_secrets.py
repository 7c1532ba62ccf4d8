"""What nobody may read: secrets and tokens stay out of logs and errors."""

import logging
import traceback
from dataclasses import replace

import pytest

from billingbot.connectors.http import Request, SignedIn, Token, reading
from billingbot.errors import UpstreamError
from tests.contract.patient import transport
from tests.contract.raw_server import Answer, RawServer, hang, reply, reset
from tests.contract.signing_in import signed_in

pytestmark = pytest.mark.fault(19)

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
