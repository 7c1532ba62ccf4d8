"""One access token for many threads: while one of them signs in, the others wait for its result."""

import re
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from billingbot.connectors.http.patience import Patience
from billingbot.errors import UpstreamSchemaError
from billingbot.logs import conceal

# A header takes visible ASCII only; the library's own complaint about anything else would quote the token.
_HEADER_SAFE = re.compile(r"[!-~]+")
_LONGEST_LIFE = 24 * 3600
_MARGIN = 60


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token, and for how many seconds it is good; None when the vendor does not say."""

    value: str = field(repr=False)
    seconds: float | None


SignIn = Callable[[Patience], Token]

# Where the token is in an answer, and its seconds: RFC 6749, 5.1.
OAUTH_KEYS = ("access_token", "expires_in")


class Tokens:
    """Signs in when there is no token, when it ends within a minute, or when a caller says that it was refused."""

    def __init__(self, sign_in: SignIn, clock: Callable[[], float]) -> None:
        self._sign_in = sign_in
        self._clock = clock
        self._lock = threading.Lock()
        self._value: str | None = None
        self._good_until = 0.0
        self._under_way: Future[str] | None = None

    def current(self, patience: Patience, refused: str | None = None) -> str:
        """Return a token other than the one that was `refused`. Raises what signing in raises, to all who wait."""
        with self._lock:
            if self._value is not None and self._value != refused and self._clock() < self._good_until:
                return self._value
            under_way, mine = self._under_way, Future[str]()
            if under_way is None:
                self._under_way = mine
        return self._renew(mine, patience) if under_way is None else under_way.result()

    def _renew(self, promise: "Future[str]", patience: Patience) -> str:
        try:
            token = self._sign_in(patience)
        except BaseException as error:
            # Whatever it is: nobody may be left waiting.
            with self._lock:
                self._under_way = None
            promise.set_exception(error)
            raise
        conceal(token.value)
        with self._lock:
            self._value = token.value
            self._good_until = self._clock() + _usable_seconds(token)
            self._under_way = None
        promise.set_result(token.value)
        return token.value


def _usable_seconds(token: Token) -> float:
    return float("inf") if token.seconds is None else token.seconds - min(_MARGIN, token.seconds / 2)


def read_token(answer: Any, source: str, keys: tuple[str, str] = OAUTH_KEYS) -> Token:
    """Return the token of an answer. Its seconds may be a text; they are capped at a day.

    Raises `UpstreamSchemaError` when there is no token, or none that can be sent.
    """
    token_key, seconds_key = keys
    value = answer.get(token_key) if isinstance(answer, dict) else None
    if not isinstance(value, str) or not _HEADER_SAFE.fullmatch(value):
        raise UpstreamSchemaError(f"the sign-in answered without a usable {token_key}.", source=source)
    seconds = answer.get(seconds_key)
    if seconds is None:
        return Token(value, None)
    if not isinstance(seconds, int | Decimal | str) or not re.fullmatch(r"\d{1,12}(\.\d+)?", str(seconds)):
        raise UpstreamSchemaError(f"the sign-in answered with {seconds_key} that is not a number.", source=source)
    return Token(value, min(float(seconds), _LONGEST_LIFE))
