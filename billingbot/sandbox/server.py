"""Running the sandbox: in a thread beside tests and benches, or alone until it is stopped.

>>> from datetime import date
>>> from billingbot.sandbox.dataset import build
>>> with Sandbox(build(seed=1, clients=2, companies=2, today=date(2026, 11, 20))) as sandbox:
...     sandbox.url.startswith("http://127.0.0.1:")
True
"""

import asyncio
import logging
import secrets
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from types import TracebackType

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from uvicorn.protocols.http.h11_impl import H11Protocol

from billingbot.sandbox.control import Control
from billingbot.sandbox.control_routes import control_app
from billingbot.sandbox.credentials import SANDBOX_CREDENTIALS, SandboxCredentials
from billingbot.sandbox.dataset import DataSet
from billingbot.sandbox.front import Front
from billingbot.sandbox.halo import halo_app
from billingbot.sandbox.ingram_cloud import ingram_cloud_app
from billingbot.sandbox.ingram_micro import ingram_micro_app
from billingbot.sandbox.pax8 import pax8_app
from billingbot.sandbox.twilio import twilio_app
from billingbot.sandbox.world import Terms, World, new_world

HOST = "127.0.0.1"
RATE_LIMIT = 300
_RATE_WINDOW = 300.0
_TOKEN_LIFETIME = 3600
_GRACE_SECONDS = 1


class Sandbox:
    """A sandbox that serves inside a `with` block, on a free port.

    Args:
        data: what it serves.
        credentials: what it accepts.
        rate_limit: requests that each vendor takes in five minutes by `clock`; None: any number.
        token_lifetime: seconds that a token is good for by `clock`.
        control_key: mounts `/control`, for whoever sends this key; None: there is no control over HTTP.
        clock: seconds, never going back.
    """

    def __init__(
        self,
        data: DataSet,
        *,
        credentials: SandboxCredentials = SANDBOX_CREDENTIALS,
        rate_limit: int | None = RATE_LIMIT,
        token_lifetime: int = _TOKEN_LIFETIME,
        control_key: str | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        terms = Terms(token_lifetime, rate_limit, _RATE_WINDOW)
        world = new_world(data, credentials, terms, clock, secrets.token_urlsafe)
        self.data = data
        self.credentials = credentials
        self.control = Control(world)
        self._server = _server(world, self.control, control_key)
        self._port = 0
        self._thread: Thread | None = None

    @property
    def url(self) -> str:
        """Return the address, without a slash at the end. The port is known from the `with` statement on."""
        return f"http://{HOST}:{self._port}"

    @property
    def halo_url(self) -> str:
        """Return the address of HaloPSA; `/api` and `/auth` follow."""
        return f"{self.url}/halo"

    @property
    def pax8_url(self) -> str:
        """Return the address of Pax8; `/token` and `/companies` follow."""
        return f"{self.url}/pax8/v1"

    def __enter__(self) -> "Sandbox":
        # It listens before the thread runs: a request that comes early waits in the backlog. uvicorn closes the socket.
        listening = _listening(0)
        self._port = listening.getsockname()[1]
        self._thread = Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join()


def serve(
    port: int, data: DataSet, credentials: SandboxCredentials = SANDBOX_CREDENTIALS, control_key: str | None = None
) -> None:
    """Serve on a port of 127.0.0.1 until the process is interrupted or terminated.

    Raises `OSError` when the port is taken.
    """
    terms = Terms(_TOKEN_LIFETIME, RATE_LIMIT, _RATE_WINDOW)
    world = new_world(data, credentials, terms, time.monotonic, secrets.token_urlsafe)
    with _listening(port) as listening, suppress(KeyboardInterrupt):
        _server(world, Control(world), control_key).run(sockets=[listening])


def _listening(port: int) -> socket.socket:
    # asyncio turns Nagle's algorithm off only where the protocol is named; with it, each small answer takes 40 ms.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


def _server(world: World, control: Control, control_key: str | None) -> uvicorn.Server:
    """Return a server that is not running yet."""

    def transport_of(client: tuple[str, int]) -> asyncio.Transport:
        connections = server.server_state.connections
        return next(one.transport for one in connections if isinstance(one, H11Protocol) and one.client == client)

    vendors = Starlette(
        routes=[
            Mount("/halo", halo_app(world)),
            Mount("/pax8/v1", pax8_app(world)),
            Mount("/ingram_micro", ingram_micro_app(world)),
            Mount("/ingram_cloud", ingram_cloud_app(world)),
            Mount("/twilio", twilio_app(world)),
        ]
    )
    front = Front(vendors, world.faults, world.requests, transport_of)
    mounts = [Mount("/control", control_app(control, control_key))] if control_key else []
    app = Starlette(routes=[*mounts, Mount("/", front)])
    config = uvicorn.Config(
        app,
        http=H11Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level=logging.ERROR,
        access_log=False,
        date_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    server = uvicorn.Server(config)
    return server
