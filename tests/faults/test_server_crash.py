"""A server that crashes while six write: what they were told is saved is there, whole and once."""

import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

import pytest

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import EditSettings, Stamp
from billingbot.errors import StoreUnavailable
from billingbot.store import DatabaseStore
from tests.faults.paired_edits import Pair, prepare, saved_requests, torn_rows
from tests.faults.places import open_engine, open_store
from tests.postgres_server import Databases, PostgresServer, programs
from tests.scoreboard.size import chances, sized
from tests.scoreboard.tally import Tally
from tests.unit.store.refreshes import NOON
from tests.wait import wait_for

CRASHES = sized(2, 20)
WRITERS = tuple((2 * number + 1, 2 * number + 2) for number in range(6))
LONGEST = 1.0


@dataclass
class Writer:
    """Decides about its clients until it is stopped. What was not heard of is done again as the same request."""

    store: DatabaseStore
    pair: Pair
    said: list[str] = field(default_factory=list)
    failures: int = 0

    def work(self, stopped: threading.Event) -> None:
        """Decide again and again."""
        for number in count(1):
            if stopped.is_set():
                return
            self._decide(f"{self.pair[0]}-{number}", number)

    def _decide(self, request: str, number: int) -> None:
        while True:
            try:
                edits = [EditSettings(one, number - 1, {Setting.LAST_INVOICE_ID: number}) for one in self.pair]
                self.store.decide("pax8", edits, Stamp(request, "ann", NOON))
            except StoreUnavailable:
                self.failures += 1
            else:
                self.said.append(request)
                return


@contextmanager
def server() -> Iterator[tuple[PostgresServer, str]]:
    """Yield a server of the test's own, and the URL of a database on it."""
    running = PostgresServer(programs())
    try:
        yield running, Databases(running.url).empty()
    finally:
        running.close()


@pytest.mark.fault(5)
def test_a_server_that_crashes_loses_nothing_that_it_said_was_saved(tally: Tally) -> None:
    instants, stopped = chances(), threading.Event()
    with server() as (running, url), ThreadPoolExecutor(len(WRITERS)) as pool:
        prepare(url, WRITERS)
        stores = [open_store(url) for _ in range(3)]
        writers = [Writer(stores[place % 3], pair) for place, pair in enumerate(WRITERS)]
        works = [pool.submit(writer.work, stopped) for writer in writers]
        try:
            for _ in range(CRASHES):
                goes_on(writers)
                time.sleep(instants.uniform(0, LONGEST))
                running.stop(signal.SIGQUIT)
                began = time.monotonic()
                running.start()
                goes_on(writers)
                tally.took("writing again", time.monotonic() - began)
                tally.trials()
        finally:
            stopped.set()
        for work in works:
            work.result()
        for store in stores:
            store.close()

        engine = open_engine(url)
        saved, said = saved_requests(engine), {request for writer in writers for request in writer.said}
        lost, torn = len(said - saved), torn_rows(engine, saved, WRITERS)
        engine.close()
    tally.seen(commits_acknowledged=len(said), told_that_it_was_away=sum(writer.failures for writer in writers))
    tally.none(lost=lost, torn=torn)


def goes_on(writers: list[Writer]) -> None:
    """Wait until every writer has saved something more."""
    before = [len(writer.said) for writer in writers]
    wait_for(
        lambda: all(len(writer.said) > number for writer, number in zip(writers, before, strict=True)),
        "everybody to save something",
    )
