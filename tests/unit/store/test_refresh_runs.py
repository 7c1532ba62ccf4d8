"""Refresh runs: one at a time for an integration, seen by all, stopped by anybody, written to by their owner only."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from billingbot.domain.refresh import Missing, RefreshRun, RefreshState, Step
from billingbot.errors import DomainError, NotFound, RefreshRunning, RefreshStopped
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.unit.store.decisions import select
from tests.unit.store.refreshes import MINUTE, NO_TIME, NOON, fetched, match_frame, new_run, refresh

LATER = NOON + timedelta(seconds=7)

Write = Callable[[DatabaseStore, RefreshRun], object]
WRITES: dict[str, Write] = {
    "report": lambda store, run: store.report(run.run_id, run.token, Step.COMPANIES, 1, 2),
    "extend_lease": lambda store, run: store.extend_lease(run.run_id, run.token, MINUTE),
    "apply_refresh": lambda store, run: store.apply_refresh(run, fetched([1], ["c1"]), match_frame(), LATER),
    "end_run": lambda store, run: store.end_run(replace(run, state=RefreshState.FAILED), LATER, error="no"),
}
every_write = pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)


def test_a_started_run_is_seen_as_it_is(store: DatabaseStore) -> None:
    started = store.start_run(new_run(), MINUTE)

    assert started == replace(new_run(), token=1, alive=True)
    assert store.run("r1") == started
    assert store.latest_run("pax8") == started
    assert started.started_at.isoformat() == "2026-11-22T12:00:00+00:00"


def test_a_second_run_is_refused_and_told_which_one_is_under_way(store: DatabaseStore) -> None:
    store.start_run(new_run("r1"), MINUTE)

    with pytest.raises(RefreshRunning) as refused:
        store.start_run(new_run("r2"), MINUTE)

    assert refused.value.run_id == "r1"
    with pytest.raises(NotFound):
        store.run("r2")


def test_integrations_do_not_wait_for_each_other(store: DatabaseStore) -> None:
    store.start_run(new_run("r1"), MINUTE)
    store.start_run(new_run("r2", "twilio"), MINUTE)

    assert store.run("r1").alive
    assert store.run("r2").alive


def test_progress_is_seen(store: DatabaseStore) -> None:
    run = store.start_run(new_run(), MINUTE)

    store.report("r1", run.token, Step.COMPANIES, 200, 2160)

    seen = store.run("r1")
    assert (seen.step, seen.done, seen.total) == (Step.COMPANIES, 200, 2160)


def test_a_run_whose_lease_ended_is_not_alive_until_it_is_extended(store: DatabaseStore) -> None:
    run = store.start_run(new_run(), NO_TIME)
    assert not store.run("r1").alive

    store.extend_lease("r1", run.token, MINUTE)

    assert store.run("r1").alive


def test_a_dead_run_is_abandoned_by_the_next_one(store: DatabaseStore, engine: Engine) -> None:
    store.start_run(new_run("r1"), NO_TIME)

    store.start_run(new_run("r2", actor="bob", now=LATER), MINUTE)

    dead = store.run("r1")
    assert (dead.state, dead.finished_at, dead.alive) == (RefreshState.ABANDONED, LATER, True)
    assert dead.error == "The process that ran it stopped; nothing was changed."
    audit = select(engine, "select actor, entity_key, action from audit where entity = 'refresh_run'")
    assert audit == [("bob", "r1", "abandoned")]


def test_each_run_has_a_greater_token(store: DatabaseStore) -> None:
    first = store.start_run(new_run("r1"), NO_TIME)
    second = store.start_run(new_run("r2"), MINUTE)
    store.cancel_run("r2", "ann", LATER)
    third = store.start_run(new_run("r3"), MINUTE)

    assert first.token < second.token < third.token


@pytest.mark.fault(15)
@every_write
def test_a_run_that_was_replaced_cannot_write(store: DatabaseStore, engine: Engine, write: Write) -> None:
    zombie = store.start_run(new_run("r1"), NO_TIME)
    successor = store.start_run(new_run("r2"), MINUTE)

    with pytest.raises(RefreshStopped):
        write(store, zombie)

    assert store.run("r2") == successor
    assert store.run("r1").state is RefreshState.ABANDONED
    assert select(engine, "select * from client") == []


@pytest.mark.fault(15)
@every_write
def test_a_cancelled_run_cannot_write(store: DatabaseStore, engine: Engine, write: Write) -> None:
    run = store.start_run(new_run(), MINUTE)
    store.cancel_run("r1", "bob", NOON)

    with pytest.raises(RefreshStopped):
        write(store, run)

    assert store.run("r1").state is RefreshState.CANCELLED
    assert store.run("r1").finished_at == NOON
    assert select(engine, "select * from client") == []


@pytest.mark.fault(15)
@every_write
def test_a_run_with_a_foreign_token_cannot_write(store: DatabaseStore, write: Write) -> None:
    run = store.start_run(new_run(), MINUTE)

    with pytest.raises(RefreshStopped):
        write(store, replace(run, token=run.token + 1))

    assert store.run("r1") == run


@every_write
def test_an_unknown_run_cannot_write(store: DatabaseStore, write: Write) -> None:
    with pytest.raises(RefreshStopped):
        write(store, new_run("nobody"))


@every_write
def test_a_run_may_write_after_its_lease_ended_when_nobody_took_it(store: DatabaseStore, write: Write) -> None:
    run = store.start_run(new_run(), NO_TIME)

    write(store, run)

    assert store.run("r1") != replace(run, alive=False)


def test_a_cancelled_run_ends_at_once_and_says_who_did_it(store: DatabaseStore, engine: Engine) -> None:
    store.start_run(new_run(), MINUTE)

    assert store.cancel_run("r1", "bob", LATER)

    run = store.run("r1")
    assert (run.state, run.finished_at, run.error) == (
        RefreshState.CANCELLED,
        LATER,
        "Cancelled by bob; nothing was changed.",
    )
    audit = select(engine, "select actor, batch, action, before, after from audit where entity = 'refresh_run'")
    assert audit == [("bob", "r1", "cancelled", '{"state": "running"}', '{"state": "cancelled"}')]


def test_a_cancelled_run_frees_the_integration(store: DatabaseStore) -> None:
    store.start_run(new_run("r1"), MINUTE)
    store.cancel_run("r1", "bob", LATER)

    store.start_run(new_run("r2"), MINUTE)

    assert store.run("r1").state is RefreshState.CANCELLED


def test_cancelling_what_has_ended_changes_nothing(store: DatabaseStore) -> None:
    refresh(store, fetched([1], ["c1"]))
    before = store.run("r1")

    assert not store.cancel_run("r1", "bob", LATER)

    assert store.run("r1") == before


def test_cancelling_an_unknown_run_is_an_error(store: DatabaseStore) -> None:
    with pytest.raises(NotFound, match="r9"):
        store.cancel_run("r9", "bob", LATER)


def test_a_failed_run_keeps_its_sentence_and_frees_the_integration(store: DatabaseStore) -> None:
    run = store.start_run(new_run("r1"), MINUTE)

    store.end_run(replace(run, state=RefreshState.FAILED), LATER, error="Pax8: refused")

    ended = store.run("r1")
    assert (ended.state, ended.error, ended.finished_at) == (RefreshState.FAILED, "Pax8: refused", LATER)
    store.start_run(new_run("r2"), MINUTE)


def test_a_run_that_needs_approval_keeps_what_is_missing(store: DatabaseStore) -> None:
    missing = Missing(frozenset({-4, 2**60}), frozenset({"c1", "ü/2"}))
    run = store.start_run(new_run(), MINUTE)

    store.end_run(replace(run, state=RefreshState.NEEDS_APPROVAL), LATER, missing=missing)

    assert store.run("r1").state is RefreshState.NEEDS_APPROVAL
    assert store.run("r1").missing == missing


@pytest.mark.parametrize("state", [RefreshState.RUNNING, RefreshState.SUCCEEDED, RefreshState.CANCELLED])
def test_a_run_is_not_ended_in_a_state_that_is_not_its_own_to_choose(store: DatabaseStore, state: RefreshState) -> None:
    run = store.start_run(new_run(), MINUTE)

    with pytest.raises(DomainError):
        store.end_run(replace(run, state=state), LATER)

    assert store.run("r1") == run


def test_each_integration_has_its_newest_run_and_its_newest_success(store: DatabaseStore) -> None:
    for number in range(3):
        refresh(store, fetched([1], ["c1"]), run_id=f"r{number}")
    refresh(store, fetched([1], ["c1"]), run_id="other", integration="twilio")
    failing = store.start_run(new_run("r3"), MINUTE)
    store.end_run(replace(failing, state=RefreshState.FAILED), LATER, error="Pax8 is away.")

    assert store.latest_run("pax8") == store.run("r3")
    assert store.latest_success("pax8") == store.run("r2")
    assert store.latest_success("twilio") == store.run("other")
    assert store.latest_run("ingram_micro") is None
    assert store.latest_success("ingram_micro") is None
