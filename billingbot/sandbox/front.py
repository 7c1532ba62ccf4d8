"""What stands before all vendors: it counts requests, finds the page, and breaks connections and bodies on purpose.

It also dates the answers, which is why the server does not.
"""

import asyncio
import socket
import struct
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from email.utils import formatdate
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from billingbot.sandbox.faults import Fault, FaultBook, FaultKind, kinds

TransportOf = Callable[[tuple[str, int]], asyncio.Transport]

_PAGE = b"<!DOCTYPE html><html><body><h1>%s</h1><p>The application is not available.</p></body></html>"
_HTML = {FaultKind.HTML: (200, _PAGE % b"Sign in"), FaultKind.UNAVAILABLE: (503, _PAGE % b"503 Service Unavailable")}
# How a path begins, in which parameter its vendor counts pages, and from what number; `page` from 0 for all others.
_PAGE_PARAMETERS = (
    ("/halo/", "page_no", 1),
    ("/ingram_micro/resellers/v6/renewals/", "page", 1),
    ("/ingram_micro/", "pageNumber", 1),
    ("/twilio/", "Page", 0),
)
# Counts rows instead of pages.
_BY_OFFSET = "/ingram_cloud/"
# RST instead of FIN: linger on, for zero seconds.
_RESET = struct.pack("ii", 1, 0)


class Front:
    """An ASGI app around another.

    Args:
        app: the vendors.
        faults: what is to go wrong.
        requests: where paths are counted.
        transport_of: returns the connection of a client's address and port.
    """

    def __init__(self, app: ASGIApp, faults: FaultBook, requests: Counter[str], transport_of: TransportOf) -> None:
        self._app = app
        self._faults = faults
        self._requests = requests
        self._transport_of = transport_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope["path"].lower()
        self._requests[path] += 1
        # Looked up first: a clearing between the two leaves no faults to wait for.
        cleared = self._faults.cleared
        faults = self._faults.take(path, _page(path, scope["query_string"]), scope["method"])
        # HaloPSA does not mind the case of a path; Pax8 does.
        routed = path if path.startswith("/halo/") else scope["path"]
        scope = {**scope, "path": routed, "raw_path": routed.encode(), "state": {"faults": faults}}
        wrong = kinds(faults)
        send = _dated(send, sum(fault.seconds for fault in faults if fault.kind is FaultKind.WRONG_CLOCK))
        if FaultKind.RESET in wrong:
            await _read_body(receive)
            await self._reset(scope, receive)
        elif page := next((_HTML[kind] for kind in wrong if kind in _HTML), None):
            await _send(send, [_start(page[0], b"text/html", len(page[1])), _body(page[1])])
        elif faults:
            await self._spoil(scope, receive, send, _Taken(faults, cleared))
        else:
            await self._app(scope, receive, send)

    async def _spoil(self, scope: Scope, receive: Receive, send: Send, taken: "_Taken") -> None:
        """Let the vendor answer, then do to the answer what the faults say."""
        answer: list[Message] = []

        async def keep(message: Message) -> None:
            answer.append(message)

        await self._app(scope, receive, keep)
        await _wait(taken, receive)
        wrong = kinds(taken.faults)
        if FaultKind.ANSWER_LOST in wrong:
            await self._reset(scope, receive)
        elif FaultKind.TRUNCATED in wrong:
            await _send(send, [answer[0], _body(_half(answer), more=True)])
            self._transport_of(scope["client"]).close()
            await _wait_until_gone(receive)
        elif FaultKind.BROKEN_JSON in wrong:
            half = _half(answer)
            await _send(send, [_start(answer[0]["status"], b"application/json", len(half)), _body(half)])
        else:
            await _send(send, answer)

    async def _reset(self, scope: Scope, receive: Receive) -> None:
        transport = self._transport_of(scope["client"])
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        transport.abort()
        await _wait_until_gone(receive)


@dataclass(frozen=True, slots=True)
class _Taken:
    """The faults of one request, and what is done when they have been cleared."""

    faults: list[Fault]
    cleared: Future[None]


def _page(path: str, query: bytes) -> int:
    """Return the page that is asked for, from 1."""
    if path.startswith(_BY_OFFSET):
        asked = parse_qs(query.decode())
        offset, limit = (asked.get(name, [""])[0] for name in ("offset", "limit"))
        return int(offset) // int(limit) + 1 if offset.isdecimal() and limit.isdecimal() and int(limit) else 1
    known = ((name, first) for start, name, first in _PAGE_PARAMETERS if path.startswith(start))
    name, first = next(known, ("page", 0))
    text = parse_qs(query.decode()).get(name, [str(first)])[0]
    return int(text) - first + 1 if text.isdecimal() else 1


def _start(status: int, content_type: bytes, length: int) -> Message:
    headers = [(b"content-type", content_type), (b"content-length", str(length).encode())]
    return {"type": "http.response.start", "status": status, "headers": headers}


def _body(body: bytes, more: bool = False) -> Message:
    return {"type": "http.response.body", "body": body, "more_body": more}


def _dated(send: Send, ahead: float) -> Send:
    """Return what adds the time to each answer, so many seconds ahead of what it is."""

    async def add_date(message: Message) -> None:
        if message["type"] == "http.response.start":
            date = (b"date", formatdate(time.time() + ahead, usegmt=True).encode())
            message = {**message, "headers": [*message["headers"], date]}
        await send(message)

    return add_date


def _half(answer: list[Message]) -> bytes:
    body = b"".join(message.get("body", b"") for message in answer[1:])
    return body[: len(body) // 2]


async def _send(send: Send, messages: list[Message]) -> None:
    for message in messages:
        await send(message)


async def _wait(taken: _Taken, receive: Receive) -> None:
    """Wait as long as `LATENCY` says, but not for a client that has gone, nor for faults that have been cleared."""
    seconds = sum(fault.seconds for fault in taken.faults if fault.kind is FaultKind.LATENCY)
    if seconds:
        gone = asyncio.ensure_future(_wait_until_gone(receive))
        cleared = asyncio.wrap_future(taken.cleared)
        await asyncio.wait([gone, cleared], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        # Not `cleared`: other requests wait for the same.
        gone.cancel()


async def _read_body(receive: Receive) -> None:
    """Read what the client sends: a client that is still sending sees a reset as something else."""
    while (await receive()).get("more_body"):
        pass


async def _wait_until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
