"""Who is served without sign-in."""

import asyncio
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from billingbot.ui.sign_in.local_only import LocalOnly


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("served")(scope, receive, send)


def answers(scope: dict[str, Any]) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    asyncio.run(LocalOnly(app)({"method": "GET", "path": "/", "headers": [], **scope}, receive, send))
    return sent


@pytest.mark.parametrize("server", [("127.0.0.1", 8501), ("::1", 8501), ("/run/billingbot.sock", None)])
def test_this_computer_is_served(server: tuple[str, int | None]) -> None:
    assert answers({"type": "http", "server": server})[0]["status"] == 200


@pytest.mark.parametrize("server", [("192.168.1.7", 8501), ("fd00::2", 8501), ("", 8501), None])
def test_whoever_comes_by_another_address_is_refused(server: tuple[str, int] | None) -> None:
    page = answers({"type": "http", "server": server, "headers": [(b"host", b"localhost")]})

    assert page[0]["status"] == 403
    assert b"Without sign-in" in page[1]["body"]
    assert answers({"type": "websocket", "server": server}) == [{"type": "websocket.close", "code": 1008}]
