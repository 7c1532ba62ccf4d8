"""Decisions without end, by two threads, for a process that is going to be killed. Says each that was saved."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from threading import Thread

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import EditSettings, Stamp
from billingbot.store import DatabaseStore
from tests.faults.places import open_store
from tests.faults.starter import OPEN, say, start_for_each_line

PAIRS = ((1, 2), (3, 4))
"""Each thread gives both of its clients the same invoice in one request, another one each time."""
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def decide_without_end(line: str) -> None:
    """Decide in the database; the line is the number of the round, and where the database is."""
    round_number, where = line.split(" ", 1)
    store = open_store(where)
    say(OPEN)
    threads = [Thread(target=_decide, args=(store, int(round_number), pair)) for pair in PAIRS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _decide(store: DatabaseStore, round_number: int, pair: Sequence[int]) -> None:
    for number in count(round_number * 1_000_000):
        edits = [
            EditSettings(client, store.settings("pax8", client).version, {Setting.LAST_INVOICE_ID: number})
            for client in pair
        ]
        request = f"{pair[0]}-{number}"
        store.decide("pax8", edits, Stamp(request, "ann", NOON))
        say(request)


if __name__ == "__main__":
    start_for_each_line(decide_without_end)
