"""Without sign-in, nobody is served who did not come by this computer's own address, however the server was started."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from billingbot.bootstrap import is_loopback

_REFUSAL: Final = "Without sign-in, BillingBot serves the computer alone that it runs on. docs/sign-in.md says more."


class LocalOnly:
    """ASGI middleware that refuses what reached the machine by another address than a loopback one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] not in ("http", "websocket") or came_locally(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse(_REFUSAL, 403)(scope, receive, send)


def came_locally(scope: Mapping[str, Any]) -> bool:
    """Say whether the address at which the request arrived is one of the machine to itself.

    >>> came_locally({"server": ("127.0.0.1", 8501)}), came_locally({"server": ("192.168.1.7", 8501)})
    (True, False)
    >>> came_locally({"server": ("/run/billingbot.sock", None)}), came_locally({})
    (True, False)
    """
    host, port = scope.get("server") or ("", 0)
    return port is None or is_loopback(host)
