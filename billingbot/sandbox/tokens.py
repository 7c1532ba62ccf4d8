"""Who may call: bearer tokens that expire, and a budget of requests over a rolling window."""

from collections import deque
from collections.abc import Callable


class TokenBook:
    """Issues opaque tokens and says whether one is still good.

    Args:
        lifetime: seconds that a token is good for.
        clock: seconds, never going back.
        new_token: returns a token that nobody can guess.
    """

    def __init__(self, lifetime: int, clock: Callable[[], float], new_token: Callable[[], str]) -> None:
        self.lifetime = lifetime
        self.issued = 0
        self._clock = clock
        self._new_token = new_token
        self._expiry: dict[str, float] = {}

    def issue(self) -> str:
        """Return a new token."""
        token = self._new_token()
        self._expiry[token] = self._clock() + self.lifetime
        self.issued += 1
        return token

    def accepts(self, authorization: str) -> bool:
        """Say whether the value of an Authorization header carries a token of ours that has not expired."""
        scheme, _, token = authorization.partition(" ")
        return scheme.lower() == "bearer" and self._clock() < self._expiry.get(token, float("-inf"))

    def revoke_all(self) -> None:
        """Make every issued token worthless."""
        self._expiry = {}


class RollingWindow:
    """Admits so many requests within the last so many seconds; a limit of None admits all."""

    def __init__(self, limit: int | None, seconds: float, clock: Callable[[], float]) -> None:
        self.limit = limit
        self.seconds = seconds
        self._clock = clock
        self._admitted: deque[float] = deque()

    def admits(self) -> bool:
        """Count this request and return True, or return False when the window is full."""
        if self.limit is None:
            return True
        if len(self._current()) >= self.limit:
            return False
        self._admitted.append(self._clock())
        return True

    @property
    def left(self) -> int | None:
        """Return how many requests it would admit now; None when it admits all."""
        return None if self.limit is None else self.limit - len(self._current())

    @property
    def frees_in(self) -> float:
        """Return the seconds until the oldest request has left it; 0 when there is none."""
        admitted = self._current()
        return admitted[0] + self.seconds - self._clock() if admitted else 0.0

    def _current(self) -> deque[float]:
        while self._admitted and self._admitted[0] <= self._clock() - self.seconds:
            self._admitted.popleft()
        return self._admitted
