"""Many threads at once: one run starts, one end counts."""

from collections.abc import Callable
from functools import partial

import pytest

from billingbot.domain.refresh import RefreshRun, RefreshState, Step
from billingbot.errors import RefreshRunning, RefreshStopped
from billingbot.store import DatabaseStore
from tests.unit.store.at_once import at_once
from tests.unit.store.refreshes import MINUTE, NO_TIME, NOON, fetched, match_frame, new_run

THREADS = 8


def starts(store: DatabaseStore, prefix: str) -> list[Callable[[], RefreshRun]]:
    return [partial(store.start_run, new_run(f"{prefix}{number}"), MINUTE) for number in range(THREADS)]


@pytest.mark.fault(14)
def test_of_many_starts_exactly_one_runs_and_the_others_are_told_which(store: DatabaseStore) -> None:
    for attempt in range(5):
        results = at_once(*starts(store, f"{attempt}-"))

        [winner] = [result for result in results if isinstance(result, RefreshRun)]
        losers = [result.run_id for result in results if isinstance(result, RefreshRunning)]
        assert losers == [winner.run_id] * (THREADS - 1)
        store.cancel_run(winner.run_id, "ann", NOON)


@pytest.mark.fault(14)
def test_a_dead_run_is_replaced_by_exactly_one(store: DatabaseStore) -> None:
    store.start_run(new_run("dead"), NO_TIME)

    results = at_once(*starts(store, "r"))

    assert sum(isinstance(result, RefreshRun) for result in results) == 1
    latest = store.latest_run("pax8")
    assert latest is not None
    assert (latest.state, store.run("dead").state) == (RefreshState.RUNNING, RefreshState.ABANDONED)


def test_a_run_is_cancelled_once_and_reports_stop_there(store: DatabaseStore) -> None:
    run = store.start_run(new_run(), MINUTE)

    def report() -> None:
        for done in range(2000):
            store.report("r1", run.token, Step.COMPANIES, done, 2000)

    results = at_once(report, report, *[lambda: store.cancel_run("r1", "bob", NOON)] * 4)

    assert [type(result) for result in results[:2]] == [RefreshStopped] * 2
    assert sorted(results[2:], key=bool) == [False, False, False, True]
    assert store.run("r1").state is RefreshState.CANCELLED


def test_either_the_cancellation_or_the_result_counts(store: DatabaseStore) -> None:
    for number in range(10):
        run = store.start_run(new_run(f"r{number}"), MINUTE)
        lists = fetched([number])

        applied, cancelled = at_once(
            partial(store.apply_refresh, run, lists, match_frame(), NOON),
            partial(store.cancel_run, run.run_id, "bob", NOON),
        )

        succeeded = store.run(run.run_id).state is RefreshState.SUCCEEDED
        assert succeeded is not cancelled
        assert succeeded is not isinstance(applied, RefreshStopped)
        assert succeeded is (number in store.present_client_ids())
