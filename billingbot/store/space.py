"""Space for what is about to be fetched: better refused at once than when everything has been read."""

from billingbot.errors import StoreFull
from billingbot.store.engine import Engine

NEEDED = 50 * 2**20
"""Bytes that have to be left for a list or a month."""


def require(engine: Engine) -> None:
    """Raise `StoreFull` when less is left."""
    free = engine.free_bytes()
    if free is not None and free < NEEDED:
        raise StoreFull(
            f"Only {free // 2**20} MB are left on the disk of the database, and fetching needs {NEEDED // 2**20} MB. "
            "Nothing was fetched; free some space and try again."
        )
