"""A server of raw bytes on a real socket, that can be as rude as any upstream."""

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Received:
    """A request as it arrived. Header names are lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


Answer = Callable[[Received, asyncio.StreamWriter], Awaitable[None]]


class RawServer:
    """Reads requests and lets `answer` write whatever it likes, over TLS if given. `hits` are the requests so far."""

    def __init__(self, answer: Answer, tls: ssl.SSLContext | None = None) -> None:
        self.hits: list[Received] = []
        self._answer = answer
        self._tls = tls
        self._ready = threading.Event()
        self._stop = asyncio.Event()
        self._connections: set[asyncio.Task[None] | None] = set()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="raw server")

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self._port}"

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0, ssl=self._tls)
        self._port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections.add(asyncio.current_task())  # the loop itself would let a waiting task be collected
        # A client that gives up half way, and the end of the test, are what these servers are for.
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while not writer.is_closing():
                request = await _read(reader)
                self.hits.append(request)
                await self._answer(request, writer)
                await writer.drain()
        writer.transport.abort()


async def _read(reader: asyncio.StreamReader) -> Received:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Received(method, target, headers, body)


def reply(status: int = 200, body: bytes = b"{}", **headers: str) -> Answer:
    """Return an answer with that body; JSON unless `content_type` says otherwise."""
    shown = {"content-type": "application/json", "content-length": str(len(body))}
    shown |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in shown.items())

    async def answer(_: Received, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 {status} Whatever\r\n{head}\r\n".encode() + body)

    return answer


def in_turn(*answers: Answer) -> Answer:
    """Return an answer that gives these one after the other, and the last one from then on."""
    left = list(answers)

    async def answer(request: Received, writer: asyncio.StreamWriter) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(request, writer)

    return answer


async def hang(_: Received, __: asyncio.StreamWriter) -> None:
    """Never answer."""
    await asyncio.Event().wait()


async def reset(_: Received, writer: asyncio.StreamWriter) -> None:
    """Close the connection without a word."""
    writer.transport.abort()


async def drip_headers(_: Received, writer: asyncio.StreamWriter) -> None:
    """Send one byte of headers now and then, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\nx-drip: ")
    await _drip(writer)


async def drip_body(_: Received, writer: asyncio.StreamWriter) -> None:
    """Send one byte of body now and then, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000000\r\n\r\n")
    await _drip(writer)


async def truncated(_: Received, writer: asyncio.StreamWriter) -> None:
    """Promise more bytes than come."""
    writer.write(b'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"a": 1')
    await writer.drain()
    writer.close()


def endless(piece: bytes, times: int, **headers: str) -> Answer:
    """Return an answer whose body is `piece`, so many times."""
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())

    async def answer(_: Received, writer: asyncio.StreamWriter) -> None:
        length = len(piece) * times
        start = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n{head}\r\n"
        writer.write(start.encode())
        for _piece in range(times):
            writer.write(piece)
            await writer.drain()

    return answer


async def _drip(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)
