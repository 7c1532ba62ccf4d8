"""A process that begins a refresh and stops itself (SIGSTOP). When it goes on, it saves what it has read.

Arguments: where the database is, and how many seconds its lease holds. Where only one process can have the database
open, somebody else in it takes over first.
"""

import os
import signal
import sys
from datetime import timedelta

from billingbot.errors import RefreshStopped
from tests.faults.places import is_url, open_store
from tests.faults.starter import OPEN, say
from tests.unit.store.refreshes import MINUTE, NOON, fetched, match_frame, new_run

LATE, NEW = (1, 2), (3, 4)
"""The clients that the sleeper has read, and those that who took over has read."""


def main(where: str, seconds: str) -> None:
    """Sleep in the middle of a refresh."""
    store = open_store(where)
    run = store.start_run(new_run("sleeper"), timedelta(seconds=float(seconds)))
    say(OPEN)
    os.kill(os.getpid(), signal.SIGSTOP)
    if not is_url(where):
        successor = store.start_run(new_run("successor"), MINUTE)
        store.apply_refresh(successor, fetched(NEW), match_frame(), NOON)
    try:
        store.apply_refresh(run, fetched(LATE), match_frame(), NOON)
        say("written")
    except RefreshStopped:
        say("refused")
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
