"""An engine that asks before each transaction, on the transaction itself, whether it may be.

Question and change see the same snapshot. A change also sees everything that was committed before it, because writers
go one after another: on DuckDB by the engine's lock, on PostgreSQL by a table that is locked before the snapshot is
taken. So whoever loses a role or is signed out, and hears that this is done, changes nothing from then on; there is no
moment in which a change and the end of its permission pass each other.
"""

from collections.abc import Callable
from typing import TypeVar

from billingbot.store.engine import Engine, Transaction

T = TypeVar("T")
Check = Callable[[Transaction], None]
"""Raises what refuses the transaction."""


class GuardedEngine:
    """An `Engine` whose transactions are refused by a check. It has no database of its own to close.

    Args:
        engine: what transactions run on.
        check: what is asked first, on the transaction.
        reads: whether reads are asked about too.
    """

    def __init__(self, engine: Engine, check: Check, *, reads: bool = True) -> None:
        self._engine = engine
        self._check = check
        self._reads = reads

    def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` on one snapshot, unless the check refuses it on that snapshot."""
        return self._engine.read(self._checked(work) if self._reads else work)

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction, unless the check refuses it there, each time that it runs."""
        return self._engine.write(self._checked(work))

    def free_bytes(self) -> int | None:
        """Return how much space is left, which nobody is refused."""
        return self._engine.free_bytes()

    def close(self) -> None:
        """Do nothing: others use the database."""

    def _checked(self, work: Callable[[Transaction], T]) -> Callable[[Transaction], T]:
        def checked(tx: Transaction) -> T:
            self._check(tx)
            return work(tx)

        return checked
