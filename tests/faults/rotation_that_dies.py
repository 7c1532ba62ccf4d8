"""A rotation of the key that is interrupted; as a program, one that is killed there."""

import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from billingbot.bootstrap.rotation import rotate_key_file
from billingbot.store import DatabaseStore, open_duckdb
from billingbot.vault import key_file_of


class Interrupting(DatabaseStore):
    """A store that is interrupted before or after the transaction of `reseal`."""

    def __init__(self, store: DatabaseStore, interrupt: Callable[[], None], *, after: bool) -> None:
        super().__init__(store._engine)
        self._interrupt = interrupt
        self._after = after

    def reseal(self, sealed: Mapping[str, str]) -> None:
        if self._after:
            super().reseal(sealed)
        self._interrupt()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    database = Path(sys.argv[1])
    rotate_key_file(Interrupting(open_duckdb(database), die, after=sys.argv[2] == "after"), key_file_of(database))
