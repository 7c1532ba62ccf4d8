"""What a line of the log says of the request that it belongs to."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from secrets import token_hex

About = Mapping[str, str]
"""Of a request: `request` is its id; `session` and `actor`, where they are known."""

_NOTHING: About = {}
_CURRENT: ContextVar[About] = ContextVar("about", default=_NOTHING)


def new_request_id() -> str:
    """Return an id that is short enough to be read out on the telephone."""
    return token_hex(4)


@contextmanager
def under(request: str, **about: str) -> Iterator[None]:
    """Let every line that this thread logs in the block stand under this id, such as a refresh's or a plan's.

    >>> with under("2135e233", actor="ann"):
    ...     current()
    {'request': '2135e233', 'actor': 'ann'}
    """
    token = _CURRENT.set({"request": request, **about})
    try:
        yield
    finally:
        _CURRENT.reset(token)


def current() -> About:
    """Return what is known of the request of this thread."""
    return _CURRENT.get()
