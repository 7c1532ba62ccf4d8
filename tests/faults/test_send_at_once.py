"""Two who send for the same integration, at once or because one of them was held up: each invoice arrives once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Event

import pytest

from billingbot.connectors.halo import HaloPsa
from billingbot.domain.ledger import LedgerEntry, SendLease, SentState
from billingbot.domain.sending import SendOutcome, SendResult
from billingbot.errors import SendingRunning, SendingStopped
from billingbot.jobs.outside import SendStep
from billingbot.jobs.send_charges import LEASE
from billingbot.sandbox.server import Sandbox
from billingbot.store import DatabaseStore
from tests.faults.billed_months import KEY, MONTHS, SENT_AT, due, first_clients, prepare
from tests.faults.books import open_books, wrong_with_created
from tests.faults.places import copy_of, forget, open_store
from tests.faults.sender import ROOT
from tests.faults.sending_office import customers
from tests.faults.sending_process import DONE, connected, outside, plan, send
from tests.postgres_server import databases
from tests.wait import PATIENCE, wait_for

MONTH = MONTHS[0]
DATA = customers(3)
IDS = [client.client_id for client in first_clients(DATA, 3)]
SHORT = timedelta(seconds=0.3)


def wrong(sandbox: Sandbox) -> list[str]:
    """Return what is wrong with HaloPSA's books of the month."""
    before = Sandbox(DATA)
    books = {one: open_books(sandbox, one, open_books(before, one)) for one in IDS}
    return [words for one, now in books.items() for words in wrong_with_created(now.created(MONTH), due(one, MONTH))]


def planned(database: str, sandbox: Sandbox) -> str:
    """Plan the month, and let the database be opened by another process."""
    store, halo = open_store(database), connected(sandbox.url)
    plan_hash = plan(store, halo, MONTH, IDS, outside(SENT_AT))
    halo.close()
    store.close()
    return plan_hash


def unheard(_step: SendStep) -> None:
    """Hear of a step, and do nothing."""


class Sleeper(DatabaseStore):
    """The store of a process that can be held up: its leases are not extended until it is awake."""

    def __init__(self, store: DatabaseStore) -> None:
        super().__init__(store._engine)
        self.asleep, self.awake = Event(), Event()

    def extend_send_lease(self, lease: SendLease, duration: timedelta) -> None:
        if self.asleep.is_set():
            assert self.awake.wait(PATIENCE)
        super().extend_send_lease(lease, duration)

    def sleep_at(self, step: SendStep) -> Callable[[SendStep], None]:
        """Return what hears of steps, and sleeps at the first of that kind."""

        def hear(reached: SendStep) -> None:
            if reached is step and not self.asleep.is_set():
                self.asleep.set()
                assert self.awake.wait(PATIENCE)

        return hear


@dataclass(frozen=True)
class Desk:
    """A month that is planned, and where it is sent."""

    store: DatabaseStore
    halo: HaloPsa
    sandbox: Sandbox
    plan_hash: str

    def send(
        self,
        reached: Callable[[SendStep], None] = unheard,
        store: DatabaseStore | None = None,
        lease: timedelta = LEASE,
    ) -> list[SendResult]:
        """Send the month."""
        return send(store or self.store, self.halo, self.plan_hash, IDS, outside(SENT_AT, reached), lease)

    def send_as_soon_as_possible(self) -> list[SendResult]:
        """Send the month when nobody else does."""

        def tried() -> list[SendResult]:
            try:
                return self.send()
            except SendingRunning:
                return []

        return wait_for(tried, "the end of another sending")

    def entries(self) -> list[LedgerEntry]:
        return self.store.ledger(KEY, MONTH)


@pytest.fixture(scope="module", params=["duckdb", "postgres"])
def ready(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("ready") / "billingbot.duckdb"
    database = databases().empty() if request.param == "postgres" else str(file)
    prepare(database, first_clients(DATA, 3), [MONTH])
    return database


@pytest.fixture
def desk(ready: str, tmp_path: Path) -> Iterator[Desk]:
    database = copy_of(ready, tmp_path)
    store = open_store(database)
    with Sandbox(DATA, rate_limit=None) as sandbox:
        halo = connected(sandbox.url)
        yield Desk(store, halo, sandbox, plan(store, halo, MONTH, IDS, outside(SENT_AT)))
        halo.close()
    store.close()
    forget(database)


@pytest.mark.fault(14)
@pytest.mark.parametrize("step", SendStep)
def test_while_somebody_sends_nobody_else_does(desk: Desk, step: SendStep) -> None:
    refused = Event()

    def hear(reached: SendStep) -> None:
        if reached is step and not refused.is_set():
            with pytest.raises(SendingRunning):
                desk.send()
            refused.set()

    assert {result.outcome for result in desk.send(hear)} == {SendOutcome.SENT}

    assert refused.is_set()
    assert {result.outcome for result in desk.send()} == {SendOutcome.ALREADY_SENT}
    assert wrong(desk.sandbox) == []


@pytest.mark.fault(14)
def test_of_several_who_begin_at_once_one_sends(desk: Desk) -> None:
    together = Barrier(4)

    def begin() -> list[SendResult]:
        together.wait(PATIENCE)
        return desk.send_as_soon_as_possible()

    with ThreadPoolExecutor(4) as threads:
        results = [one.result() for one in [threads.submit(begin) for _ in range(4)]]

    outcomes = sorted([result.outcome for result in one] for one in results)
    assert outcomes == [[SendOutcome.ALREADY_SENT] * 3] * 3 + [[SendOutcome.SENT] * 3]
    assert wrong(desk.sandbox) == []


@pytest.mark.fault(15)
@pytest.mark.parametrize("step", SendStep)
def test_who_was_held_up_until_another_one_took_over_sends_nothing_more(desk: Desk, step: SendStep) -> None:
    sleeper = Sleeper(desk.store)
    with ThreadPoolExecutor(1) as threads:
        held_up = threads.submit(desk.send, sleeper.sleep_at(step), sleeper, SHORT)
        assert sleeper.asleep.wait(PATIENCE)
        results = desk.send_as_soon_as_possible()
        entries = desk.entries()
        sleeper.awake.set()
        error = held_up.exception(PATIENCE)

    assert {result.outcome for result in results} <= DONE
    assert isinstance(error, SendingStopped) or step in (
        SendStep.LEASE_TAKEN,
        SendStep.ITEMS_CREATED,
        SendStep.ENTRY_ENDED,
    )
    assert wrong(desk.sandbox) == []
    assert desk.entries() == entries
    assert [entry.state for entry in entries].count(SentState.SENT) == len(IDS)


@pytest.mark.fault(15)
@pytest.mark.parametrize("step", [SendStep.TARGET_READ, SendStep.ENTRY_WRITTEN, SendStep.SENT])
def test_a_process_that_was_stopped_longer_than_its_lease_holds_sends_nothing_twice(
    ready: str, tmp_path: Path, step: SendStep
) -> None:
    """Once it goes on, either of the two who send in it may be first."""
    database = copy_of(ready, tmp_path)
    with Sandbox(DATA, rate_limit=None) as sandbox:
        plan_hash = planned(database, sandbox)
        names = [database, sandbox.url, plan_hash, step, str(SHORT.total_seconds()), *map(str, IDS)]
        command = [sys.executable, "-m", "tests.faults.stopped_sender", *names]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            _, status = os.waitpid(process.pid, os.WUNTRACED)
            assert os.WIFSTOPPED(status)
            time.sleep(2 * SHORT.total_seconds())
            process.send_signal(signal.SIGCONT)
            said, _ = process.communicate(timeout=PATIENCE)

        assert process.returncode == 0
        assert wrong(sandbox) == [], said
    forget(database)
