"""What the web server adds to Streamlit's answers: security headers, and what makes the first page come sooner.

Files whose names carry a hash are kept for good; with the page, the browser hears that it will need the grid's script.
"""

import base64
import hashlib
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from billingbot.ui.sign_in.cookies import SignInCookies
from billingbot.ui.sign_in.local_only import LocalOnly

_INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_HASHED_COMPONENT_FILE: Final = re.compile(r"/component/[^/]+/static/.+\.[0-9a-f]{8,}\.\w+(\.\w+)?$")
_IMPORTED: Final = re.compile(r"""from\s?["']\./([\w.-]+\.js)["']""")
_COMPONENT_PATH: Final = "/component/"
_GRID: Final = "component/st_aggrid.AgGrid.agGrid"
_POLICY: Final = (
    "default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)


def middleware(*, secure: bool = False, local: bool = False) -> list[Middleware]:
    """Return what stands before Streamlit's own middleware.

    Args:
        secure: whether browsers use TLS.
        local: whether nobody signs in, so that this computer alone is served.
    """
    gate = [Middleware(LocalOnly)] if local else []
    return [*gate, Middleware(ResponseHeaders), Middleware(SignInCookies, secure=secure)]


class ResponseHeaders:
    """ASGI middleware that sets the headers of every answer over HTTP; websockets pass untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._page_policy = _POLICY.format(scripts=_hashes_of_inline_scripts(_streamlit_page()))
        # The grid's frame gets its code as text, which it evaluates. It sees nothing but the grid's data.
        self._component_policy = _POLICY.format(scripts="'unsafe-inline' 'unsafe-eval'")
        # Else asked for when the page has been drawn around the grid: the modules that make its frame, which stand last
        # in a long queue, and five megabytes of script in it.
        modules = [f"<static/js/{name}>; rel=modulepreload" for name in _modules_of_frame()]
        self._hints = ", ".join([f"<{_GRID}/{_script_of_grid()}>; rel=prefetch; as=script", *modules])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._set_headers(MutableHeaders(scope=message), scope["path"], message["status"])
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _set_headers(self, headers: MutableHeaders, path: str, status: int) -> None:
        in_component = _COMPONENT_PATH in path
        headers["Content-Security-Policy"] = self._component_policy if in_component else self._page_policy
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "SAMEORIGIN"
        headers["Referrer-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if path == "/":
            headers["Link"] = self._hints
        if status == 200 and _HASHED_COMPONENT_FILE.search(path):
            headers["Cache-Control"] = "public, max-age=31536000, immutable"


def _script_of_grid() -> str:
    """Return the path of the script of the grid's frame inside its folder.

    The package is not imported: it registers the grid with the server that runs then, and none does yet.
    """
    package = find_spec("st_aggrid")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("streamlit-aggrid is not installed.")
    build = Path(package.origin).parent / "frontend" / "build"
    return next(build.glob("static/js/main.*.js")).relative_to(build).as_posix()


def _modules_of_frame() -> list[str]:
    """Return the names of Streamlit's module for frames and of those that it imports and the page does not."""
    folder = Path(st.__file__).parent / "static" / "static" / "js"
    page = _streamlit_page()
    found: list[str] = []
    waiting = [path.name for path in folder.glob("ComponentInstance.*.js")]
    while waiting:
        name = waiting.pop()
        if name not in found and name not in page:
            found.append(name)
            waiting += _IMPORTED.findall((folder / name).read_text(encoding="utf-8"))
    return found


def _streamlit_page() -> str:
    return (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


def _hashes_of_inline_scripts(html: str) -> str:
    """Return the CSP sources that allow exactly the inline scripts of a page.

    >>> _hashes_of_inline_scripts("<script>go()</script><script src='a.js'></script>")
    "'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='"
    """
    digests = (hashlib.sha256(script.encode()).digest() for script in _INLINE_SCRIPT.findall(html))
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
