"""The turn to write, within this process."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from psycopg_pool import PoolTimeout

from billingbot.errors import StoreUnavailable


class Turn:
    """Lets one at a time in. When the server is away, those who wait hear it at once, and not one after another.

    Args:
        patience: how many seconds to wait.
        name: what the database is called in messages.
    """

    def __init__(self, patience: float, name: str) -> None:
        self._patience = patience
        self._name = name
        self._lock = Lock()
        self._away_at = float("-inf")

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Have the turn. Raises `StoreUnavailable`."""
        since = time.monotonic()
        if not self._lock.acquire(timeout=self._patience):
            raise self._unavailable("is busy with something that takes long")
        try:
            if self._away_at > since:
                raise self._unavailable("does not answer")
            yield
        except PoolTimeout:
            self._away_at = time.monotonic()
            raise
        finally:
            self._lock.release()

    def _unavailable(self, what: str) -> StoreUnavailable:
        return StoreUnavailable(f"{self._name} {what}. Nothing was saved; try again in a moment.")
