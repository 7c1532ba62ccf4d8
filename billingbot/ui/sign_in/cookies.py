"""The attributes of sign-in cookies: Streamlit's are kept for thirty days, and sent without TLS too."""

import re
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from billingbot.domain.access import LONGEST_SIGN_IN

_OURS: Final = ("_streamlit_user", "_streamlit_session", "_streamlit_xsrf")
_MAX_AGE: Final = re.compile(r"(?i)(;\s*max-age=)(\d+)")
_LONGEST: Final = int(LONGEST_SIGN_IN.total_seconds())


class SignInCookies:
    """ASGI middleware: the cookies live no longer than a sign-in, and over TLS they are for TLS only."""

    def __init__(self, app: ASGIApp, secure: bool) -> None:
        self._app = app
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def send_with_cookies(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                cookies = headers.getlist("set-cookie")
                del headers["set-cookie"]
                for cookie in cookies:
                    headers.append("set-cookie", bounded(cookie, secure=self._secure))
            await send(message)

        await self._app(scope, receive, send_with_cookies)


def bounded(cookie: str, *, secure: bool) -> str:
    """Return the `Set-Cookie` value with the attributes that it should have.

    >>> bounded("_streamlit_user=x; HttpOnly; Max-Age=2592000", secure=True)
    '_streamlit_user=x; HttpOnly; Max-Age=36000; Secure'
    >>> bounded("_streamlit_user=; Max-Age=0", secure=False)
    '_streamlit_user=; Max-Age=0'
    """
    if not cookie.startswith(_OURS):
        return cookie
    shorter = _MAX_AGE.sub(lambda found: f"{found[1]}{min(int(found[2]), _LONGEST)}", cookie)
    return f"{shorter}; Secure" if secure and not re.search(r"(?i);\s*secure\b", shorter) else shorter
