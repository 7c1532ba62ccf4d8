"""The owner of a refresh is killed, or sleeps longer than its lease: another one takes over, and it is refused."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from signal import SIGCONT

import pytest

from billingbot.domain.integration import Integration
from billingbot.domain.refresh import RefreshRun
from billingbot.errors import RefreshRunning
from billingbot.store import DatabaseStore
from tests.faults.places import is_url, open_store
from tests.faults.sleeping_refresh import NEW
from tests.faults.starter import OPEN, ROOT
from tests.scoreboard.size import sized
from tests.scoreboard.tally import Tally
from tests.unit.store.refreshes import MINUTE, NOON, fetched, match_frame, new_run
from tests.wait import PATIENCE, wait_for

TIMES = sized(2, 20)
LEASE = 1.0
"""Seconds."""
TABLES = ("refresh_run", "lease", "audit", "client")


@contextmanager
def asleep(where: str) -> "Iterator[subprocess.Popen[str]]":
    """Yield a process that has begun to refresh, and has stopped."""
    command = [sys.executable, "-m", "tests.faults.sleeping_refresh", where, str(LEASE)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == OPEN
        _, status = os.waitpid(process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        yield process


@pytest.mark.fault(15)
def test_who_slept_longer_than_its_lease_writes_nothing_after_another_one_took_over(where: str, tally: Tally) -> None:
    prepare(where)
    written = 0
    for _ in range(TIMES):
        with asleep(where) as process:
            began = time.monotonic()
            if is_url(where):
                store = open_store(where)
                run = taken_over(store)
                tally.took("taken over", time.monotonic() - began)
                store.apply_refresh(run, fetched(NEW), match_frame(), NOON)
                store.close()
            else:
                time.sleep(2 * LEASE)
            process.send_signal(SIGCONT)
            said, _ = process.communicate(timeout=PATIENCE)
        written += said.strip() != "refused"
        store = open_store(where)
        written += set(store.present_client_ids()) != set(NEW)
        clear(store)
        tally.trials()

    tally.none(written=written)


@pytest.mark.fault(15)
def test_what_a_killed_process_was_doing_is_taken_over_soon_after_its_lease_ends(where: str, tally: Tally) -> None:
    prepare(where)
    for _ in range(TIMES):
        with asleep(where) as process:
            began = time.monotonic()
            process.kill()
        store = open_store(where)
        run = taken_over(store)
        took = time.monotonic() - began
        store.apply_refresh(run, fetched(NEW), match_frame(), NOON)
        clear(store)
        tally.trials()
        tally.took("taken over", took)
        # A second, and the time that a busy machine takes on top.
        assert took < LEASE + 5

    tally.none(written=0)


def prepare(where: str) -> None:
    store = open_store(where)
    store.add_integration(Integration("pax8", "Pax8"), "ann", NOON)
    store.close()


def taken_over(store: DatabaseStore) -> RefreshRun:
    """Return a run as soon as it can begin."""

    def begun() -> RefreshRun | None:
        try:
            return store.start_run(new_run("successor"), MINUTE)
        except RefreshRunning:
            return None

    run = wait_for(begun, "the lease to end")
    assert run is not None
    return run


def clear(store: DatabaseStore) -> None:
    """Forget the runs, so that the next ones can have the same names, and close."""
    store._engine.write(lambda tx: [tx.execute(f"delete from {table}") for table in TABLES])  # noqa: S608 - ours
    store.close()
