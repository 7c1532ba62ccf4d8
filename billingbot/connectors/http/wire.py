"""One try: a request goes out, its complete answer comes back, all within a number of seconds.

The library's own timeouts are for each read; a body or a header that drips would keep them content for ever. So the
work is done asynchronously under one deadline, on a private loop; callers are threads. No proxy or netrc of the
environment, no cookies, no redirects; the library's transport is used without its client, which would log URLs.
"""

import asyncio
import logging
from concurrent.futures import CancelledError

import httpx2

from billingbot.connectors.http.addresses import Resolve, is_public, resolve
from billingbot.connectors.http.body import ACCEPT_ENCODING, read_body
from billingbot.connectors.http.library_errors import LIBRARY_ERRORS, SLOW, fault_of
from billingbot.connectors.http.loop_thread import LoopThread
from billingbot.connectors.http.message import Fault, Reply, Request
from billingbot.connectors.http.policy import Policy
from billingbot.errors import Cause, UpstreamRejected

_CLOSED = Fault("the connection was closed by BillingBot", sent=True)
_UNKNOWN_HOST = Fault("the host name is not known", sent=False, cause=Cause.UNKNOWN_HOST)
_PRIVATE_HOST = Fault(
    "the host name leads to an address that is not public",
    sent=False,
    error=UpstreamRejected,
    cause=Cause.BLOCKED_HOST,
)

# They quote the headers of answers, which may quote what we sent. Our own log says what was asked and answered.
_LIBRARY_LOGS = ("httpcore2.connection", "httpcore2.http11")


class Wire:
    """Holds the connections to one vendor. Any number of threads may use it.

    Args:
        policy: `connect_seconds` and `body_bytes` are used here.
        allowed_hosts: hosts that may have any address; all others must have public ones only.
        look_up: how a host's addresses are found.
    """

    def __init__(self, policy: Policy, allowed_hosts: frozenset[str] = frozenset(), look_up: Resolve = resolve) -> None:
        for name in _LIBRARY_LOGS:
            logging.getLogger(name).addFilter(_nothing)
        self._policy = policy
        self._allowed_hosts = allowed_hosts
        self._look_up = look_up
        self._thread = LoopThread("vendor connections", self._close_pool)
        self._pool: httpx2.AsyncHTTPTransport | None = None

    def send(self, request: Request, seconds: float, turn: int = 0) -> Reply | Fault:
        """Return the answer of whatever status, or the fault. `turn` chooses among the host's addresses."""
        try:
            return self._thread.run(lambda: self._send(request, seconds, turn))
        except CancelledError:
            return _CLOSED

    def close(self) -> None:
        """Close all connections; what is under way ends with a fault."""
        self._thread.close()

    async def _close_pool(self) -> None:
        if self._pool is not None:
            await self._pool.aclose()

    async def _send(self, request: Request, seconds: float, turn: int) -> Reply | Fault:
        try:
            async with asyncio.timeout(seconds):
                formed = await self._formed(request, turn)
                return formed if isinstance(formed, Fault) else await self._exchange(formed)
        except TimeoutError:
            return SLOW
        except LIBRARY_ERRORS as error:
            return fault_of(error)

    async def _formed(self, request: Request, turn: int) -> httpx2.Request | Fault:
        url = httpx2.URL(request.url, params=dict(request.params)) if request.params else httpx2.URL(request.url)
        headers = {"Host": url.netloc.decode(), "Accept": "application/json", "Accept-Encoding": ACCEPT_ENCODING}
        if request.token is not None:
            headers["Authorization"] = f"{request.scheme} {request.token}"
        extensions = {"timeout": {"connect": self._policy.connect_seconds}, "sni_hostname": url.host}
        address = await self._address(url, turn)
        if isinstance(address, Fault):
            return address
        return httpx2.Request(
            request.method,
            url.copy_with(host=address),
            headers=headers | dict(request.headers),
            content=request.content,
            extensions=extensions,
        )

    async def _address(self, url: httpx2.URL, turn: int) -> str | Fault:
        """Return what to connect to: the address that was checked, or the name of a host that needs no check."""
        if url.host in self._allowed_hosts:
            return url.host
        try:
            addresses = await self._look_up(url.host, url.port or 443)
        except OSError:
            return _UNKNOWN_HOST
        if not all(is_public(address) for address in addresses):
            return _PRIVATE_HOST
        return addresses[turn % len(addresses)]

    async def _exchange(self, request: httpx2.Request) -> Reply | Fault:
        if self._pool is None:
            self._pool = httpx2.AsyncHTTPTransport(trust_env=False)
        response = await self._pool.handle_async_request(request)
        try:
            body = await read_body(response, self._policy.body_bytes)
        finally:
            await response.aclose()
        if isinstance(body, Fault):
            return body
        return Reply(response.status_code, {name.lower(): value for name, value in response.headers.items()}, body)


def _nothing(_: logging.LogRecord) -> bool:
    """Let no record pass."""
    return False
