"""What becomes of everything that an upstream can do wrong on the wire. Real sockets; each row is one fault."""

import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from billingbot.connectors.http import Policy, SignedIn, Token, reading
from billingbot.errors import (
    UpstreamError,
    UpstreamRateLimited,
    UpstreamRejected,
    UpstreamSchemaError,
    UpstreamUnavailable,
)
from tests.contract.patient import QUICK, WarpedTime, transport
from tests.contract.raw_server import (
    Answer,
    RawServer,
    drip_body,
    drip_headers,
    endless,
    hang,
    in_turn,
    reply,
    reset,
    truncated,
)

pytestmark = pytest.mark.fault(16)

ROOT = Path(__file__).resolve().parents[2]
NOW = 1_800_000_000.0
GOOD = reply(body=b'{"good": 1.10}')
TRIES = "on /list (3 tries)"


def read(answer: Answer, policy: Policy = QUICK, time_passing: WarpedTime | None = None) -> Any:
    timing = (time_passing or WarpedTime(NOW)).timing()
    with RawServer(answer) as server, transport(policy, timing) as asking:
        return SignedIn(asking, lambda _: Token("token", None)).json(reading(f"{server.url}/list", "/list"))


def gzipped(size: int) -> bytes:
    packer = zlib.compressobj(wbits=31)
    piece = bytes(2**20)
    return b"".join(packer.compress(piece) for _ in range(size // len(piece))) + packer.flush()


@dataclass(frozen=True)
class Row:
    """A fault, the error that it must become, and the sentence of that error."""

    answer: Answer
    error: type[UpstreamError]
    sentence: str


FAULTS = {
    "body drips": Row(drip_body, UpstreamUnavailable, f"Vendor: the service did not answer in time {TRIES}."),
    "headers drip": Row(drip_headers, UpstreamUnavailable, f"Vendor: the service did not answer in time {TRIES}."),
    "hangs": Row(hang, UpstreamUnavailable, f"Vendor: the service did not answer in time {TRIES}."),
    "resets": Row(reset, UpstreamUnavailable, f"Vendor: the connection broke before the answer was complete {TRIES}."),
    "truncates": Row(
        truncated, UpstreamUnavailable, f"Vendor: the connection broke before the answer was complete {TRIES}."
    ),
    "truncates gzip": Row(
        reply(body=gzipped(2**20)[:-20], content_encoding="gzip"),
        UpstreamUnavailable,
        f"Vendor: the connection broke before the answer was complete {TRIES}.",
    ),
    "answers 500 for ever": Row(reply(500), UpstreamUnavailable, f"Vendor: the service answered 500 {TRIES}."),
    "sends damaged gzip": Row(
        reply(body=b"this is not gzip", content_encoding="gzip"),
        UpstreamSchemaError,
        "Vendor: the answer's compression is damaged on /list.",
    ),
    "compresses as nobody asked": Row(
        reply(content_encoding="br"),
        UpstreamSchemaError,
        "Vendor: the answer is compressed in a way that was not asked for on /list.",
    ),
    "sends too much": Row(
        endless(bytes(2**16), 60), UpstreamSchemaError, "Vendor: the answer is larger than 1 MB on /list."
    ),
    "sends a gzip bomb": Row(
        reply(body=gzipped(30 * 2**20), content_encoding="gzip"),
        UpstreamSchemaError,
        "Vendor: the answer is larger than 1 MB on /list.",
    ),
    "sends a web page": Row(
        reply(body=b"<html>Sign in</html>", content_type="text/html; charset=utf-8"),
        UpstreamSchemaError,
        "Vendor: /list answered with text/html instead of JSON.",
    ),
    "sends bad JSON": Row(
        reply(body=b'{"a": 1,}'), UpstreamSchemaError, "Vendor: /list answered with JSON that cannot be read."
    ),
    "nests 200,000 deep": Row(
        reply(body=b"[" * 200_000 + b"]" * 200_000),
        UpstreamSchemaError,
        "Vendor: /list answered with JSON that cannot be read.",
    ),
    "sends a number of 5,000 digits": Row(
        reply(body=b'{"id": ' + b"9" * 5000 + b"}"),
        UpstreamSchemaError,
        "Vendor: /list answered with JSON that cannot be read.",
    ),
    "sends NaN": Row(
        reply(body=b'{"total": NaN}'), UpstreamSchemaError, "Vendor: /list answered with JSON that cannot be read."
    ),
    "sends bytes that are no text": Row(
        reply(body=b'{"name": "\xff"}'), UpstreamSchemaError, "Vendor: /list answered with JSON that cannot be read."
    ),
    "asks to wait 1,000,000 s": Row(
        reply(429, retry_after="1000000"),
        UpstreamRateLimited,
        "Vendor: its rate limit asks to wait 1000000 s on /list, longer than we wait.",
    ),
    "redirects inwards": Row(
        reply(302, location="http://169.254.169.254/latest/meta-data"),
        UpstreamRejected,
        "Vendor: /list answered with a redirect (302) to 169.254.169.254, which is not followed.",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_becomes_one_exact_error_within_the_deadline(fault: str) -> None:
    row = FAULTS[fault]
    policy = replace(QUICK, body_bytes=2**20)
    started = time.monotonic()

    with pytest.raises(UpstreamError) as caught:
        read(row.answer, policy)

    assert (row.error, row.sentence) == (type(caught.value), str(caught.value))
    # Three tries, and the time that a busy machine takes on top.
    assert time.monotonic() - started < policy.tries * policy.try_seconds + 5


RECOVERIES: dict[str, tuple[Callable[[], Answer], list[float]]] = {
    "500, 500": (lambda: in_turn(reply(500), reply(500), GOOD), [0.5, 1.0]),
    "503 with seconds": (lambda: in_turn(reply(503, retry_after="7"), GOOD), [7.0]),
    "429 with seconds": (lambda: in_turn(reply(429, retry_after="20"), GOOD), [20.0]),
    "429 with a date": (lambda: in_turn(reply(429, retry_after=formatdate(NOW + 42, usegmt=True)), GOOD), [42.0]),
    "429 with a past date": (lambda: in_turn(reply(429, retry_after=formatdate(NOW - 9, usegmt=True)), GOOD), [1.0]),
    "429 with a reset in seconds": (lambda: in_turn(reply(429, x_ratelimit_reset="30"), GOOD), [30.0]),
    "429 with a reset since 1970": (lambda: in_turn(reply(429, x_ratelimit_reset=f"{NOW + 31:.0f}"), GOOD), [31.0]),
    "429 with nonsense": (lambda: in_turn(reply(429, retry_after="soon"), GOOD), [1.0]),
    "429 without a word, twice": (lambda: in_turn(reply(429), reply(429), GOOD), [1.0, 2.0]),
    "a reset connection": (lambda: in_turn(reset, GOOD), [0.5]),
}


@pytest.mark.parametrize("fault", RECOVERIES)
def test_a_fault_that_passes_is_waited_for_as_long_as_was_asked(fault: str) -> None:
    answer, waits = RECOVERIES[fault]
    time_passing = WarpedTime(NOW)

    value = read(answer(), time_passing=time_passing)

    assert ("1.10", waits) == (str(value["good"]), time_passing.slept)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(endless(bytes(2**16), 60 * 16), id="60 MB"),
        pytest.param(reply(body=gzipped(100 * 2**20), content_encoding="gzip"), id="100 MB in 100 KB"),
    ],
)
def test_a_body_of_any_size_takes_little_memory(answer: Answer) -> None:
    with RawServer(in_turn(GOOD, answer)) as server:
        measured = subprocess.run(
            [sys.executable, "-m", "tests.contract.peak_memory", server.url],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )

    growth, outcome = measured.stdout.strip().split(" ", 1)
    assert outcome == "Vendor: the answer is larger than 32 MB on /list."
    assert int(growth) <= 40
