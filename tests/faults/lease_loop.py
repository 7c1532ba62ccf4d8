"""Refreshes that begin and end all the time; as a program, one of several processes that do.

Whoever has the right to refresh makes a file that must not be there, and removes it, and still has the right then: that
is how a second one is seen.
"""

import json
import os
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from billingbot.errors import RefreshRunning, RefreshStopped, StoreConflict
from billingbot.store import DatabaseStore
from tests.faults.places import open_store
from tests.unit.store.refreshes import MINUTE, NOON, new_run


@dataclass
class Held:
    """How often somebody had the right to refresh, by which tokens, and how often not alone."""

    tokens: list[int] = field(default_factory=list)
    overlaps: int = 0


def take_and_end(store: DatabaseStore, name: str, seconds: float, mark: Path) -> Held:
    """Begin runs and end them for so many seconds."""
    held, until, number = Held(), time.monotonic() + seconds, 0
    while time.monotonic() < until:
        number += 1
        try:
            run = store.start_run(new_run(f"{name}-{number}"), MINUTE)
        except (RefreshRunning, StoreConflict):
            continue
        held.tokens.append(run.token)
        try:
            os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            held.overlaps += 1
        try:
            store.extend_lease(run.run_id, run.token, MINUTE)
        except RefreshStopped:
            held.overlaps += 1
        mark.unlink(missing_ok=True)
        store.cancel_run(run.run_id, name, NOON)
    return held


if __name__ == "__main__":
    where, process, duration, file = sys.argv[1:]
    opened = open_store(where)
    sys.stdin.readline()
    print(json.dumps(asdict(take_and_end(opened, process, float(duration), Path(file)))))  # noqa: T201
    opened.close()
