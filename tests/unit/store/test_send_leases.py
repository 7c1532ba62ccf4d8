"""Who sends for an integration: one at a time, and after a takeover nobody writes who was there before."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from billingbot.domain.integration import Integration
from billingbot.domain.ledger import SendLease, SentState
from billingbot.errors import NotFound, SendingRunning, SendingStopped
from billingbot.store import DatabaseStore, open_duckdb
from billingbot.store.engine import Engine
from tests.unit.store.at_once import at_once
from tests.unit.store.decisions import select, stamp
from tests.unit.store.entries import entry
from tests.unit.store.refreshes import MINUTE, NO_TIME, NOON, fetched, new_run, refresh
from tests.unit.store.statements import NOVEMBER

THREADS = 8

Write = Callable[[DatabaseStore, SendLease], object]
WRITES: dict[str, Write] = {
    "extend_send_lease": lambda store, lease: store.extend_send_lease(lease, MINUTE),
    "begin_entry": lambda store, lease: store.begin_entry(entry("new", client_id=2), lease),
    "end_entry": lambda store, lease: store.end_entry("old", lease, SentState.SENT, NOON),
}
every_write = pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)


@pytest.fixture
def dead(store: DatabaseStore) -> SendLease:
    """Return a lease that has expired, under which an entry was begun."""
    lease = store.take_send_lease("pax8", "s1", NO_TIME)
    store.begin_entry(entry("old"), lease)
    return lease


def test_a_second_sending_is_refused_while_the_first_one_has_the_lease(store: DatabaseStore) -> None:
    lease = store.take_send_lease("pax8", "s1", MINUTE)

    with pytest.raises(SendingRunning, match="being sent to HaloPSA"):
        store.take_send_lease("pax8", "s2", MINUTE)

    assert lease == SendLease("pax8", "s1", 1)
    store.extend_send_lease(lease, MINUTE)


def test_integrations_wait_for_each_other_because_they_may_write_to_the_same_invoice(store: DatabaseStore) -> None:
    lease = store.take_send_lease("pax8", "s1", MINUTE)
    with pytest.raises(SendingRunning):
        store.take_send_lease("twilio", "s2", MINUTE)

    store.release_send_lease(lease)

    assert store.take_send_lease("twilio", "s2", MINUTE) == SendLease("twilio", "s2", 2)


def test_a_refresh_and_a_sending_do_not_wait_for_each_other(store: DatabaseStore) -> None:
    lease = store.take_send_lease("pax8", "r1", MINUTE)

    refresh(store, fetched([1], ["c1"]), run_id="r1")

    store.extend_send_lease(lease, MINUTE)
    store.start_run(new_run("r2"), MINUTE)
    store.release_send_lease(lease)
    assert store.run("r2").alive


def test_a_lease_that_was_given_back_is_free_and_its_token_no_good(store: DatabaseStore) -> None:
    first = store.take_send_lease("pax8", "s1", MINUTE)
    store.release_send_lease(first)

    second = store.take_send_lease("pax8", "s2", MINUTE)

    assert second.token > first.token
    with pytest.raises(SendingStopped):
        store.begin_entry(entry("e1"), first)


def test_a_lease_that_was_taken_over_is_not_given_back(store: DatabaseStore, dead: SendLease) -> None:
    successor = store.take_send_lease("pax8", "s2", MINUTE)

    store.release_send_lease(dead)

    store.extend_send_lease(successor, MINUTE)
    with pytest.raises(SendingRunning):
        store.take_send_lease("pax8", "s3", MINUTE)


@pytest.mark.fault(15)
@every_write
def test_a_sending_that_was_replaced_cannot_write(store: DatabaseStore, dead: SendLease, write: Write) -> None:
    store.take_send_lease("pax8", "s2", MINUTE)

    with pytest.raises(SendingStopped):
        write(store, dead)

    assert store.ledger("pax8") == [entry("old")]


@pytest.mark.fault(15)
@every_write
def test_a_foreign_token_cannot_write(store: DatabaseStore, dead: SendLease, write: Write) -> None:
    for foreign in (replace(dead, token=dead.token + 1), replace(dead, owner="s9")):
        with pytest.raises(SendingStopped):
            write(store, foreign)

    assert store.ledger("pax8") == [entry("old")]


@pytest.mark.fault(15)
@every_write
def test_who_has_no_lease_cannot_write(store: DatabaseStore, dead: SendLease, write: Write) -> None:
    store.release_send_lease(dead)

    with pytest.raises(SendingStopped):
        write(store, dead)

    assert store.ledger("pax8") == [entry("old")]


@every_write
def test_a_sending_may_write_after_its_lease_ended_when_nobody_took_it(
    store: DatabaseStore, dead: SendLease, write: Write
) -> None:
    write(store, dead)


def test_a_lease_is_extended_by_the_clock_of_the_database(store: DatabaseStore, dead: SendLease) -> None:
    store.extend_send_lease(dead, MINUTE)

    with pytest.raises(SendingRunning):
        store.take_send_lease("pax8", "s2", MINUTE)


@pytest.mark.usefixtures("dead")
def test_the_next_sending_ends_what_a_dead_one_left_open(store: DatabaseStore) -> None:
    successor = store.take_send_lease("pax8", "s2", MINUTE)

    store.end_entry("old", successor, SentState.SENT, NOON, invoice_id=900, invoice="INV-900")
    store.begin_entry(entry("new", revision=2), successor)

    newest = store.newest_entries("pax8", NOVEMBER)[1]
    assert (newest.entry_id, newest.state) == ("new", SentState.SENDING)


@pytest.mark.fault(14)
def test_of_many_at_once_exactly_one_gets_the_lease(store: DatabaseStore) -> None:
    for attempt in range(5):
        takes = [partial(store.take_send_lease, "pax8", f"{attempt}-{number}", MINUTE) for number in range(THREADS)]

        results = at_once(*takes)

        [winner] = [result for result in results if isinstance(result, SendLease)]
        assert [type(result) for result in results].count(SendingRunning) == THREADS - 1
        store.release_send_lease(winner)


@pytest.mark.fault(14)
def test_a_dead_sending_is_replaced_by_exactly_one(store: DatabaseStore, dead: SendLease) -> None:
    takes = [partial(store.take_send_lease, "pax8", f"t{number}", MINUTE) for number in range(THREADS)]

    results = at_once(*takes)

    [winner] = [result for result in results if isinstance(result, SendLease)]
    assert winner.token == dead.token + 1


@pytest.mark.fault(15)
def test_either_the_takeover_or_the_write_of_the_dead_one_comes_first(store: DatabaseStore) -> None:
    for number in range(10):
        before = store.take_send_lease("pax8", f"a{number}", NO_TIME)

        written, successor = at_once(
            partial(store.begin_entry, entry(f"e{number}", client_id=number), before),
            partial(store.take_send_lease, "pax8", f"b{number}", NO_TIME),
        )

        assert isinstance(successor, SendLease)
        assert isinstance(written, SendingStopped) is (number not in store.newest_revisions("pax8", NOVEMBER))


def test_nobody_sends_for_an_integration_that_is_not_in_use(store: DatabaseStore) -> None:
    lease = store.take_send_lease("pax8", "s1", MINUTE)
    store.begin_entry(entry("e1"), lease)
    store.remove_integration("pax8", stamp())

    with pytest.raises(NotFound):
        store.take_send_lease("pax8", "s2", MINUTE)
    with pytest.raises(SendingStopped, match="was removed meanwhile"):
        store.begin_entry(entry("e2", client_id=2), lease)

    # What was under way is written down all the same.
    store.end_entry("e1", lease, SentState.SENT, NOON)
    assert [(one.entry_id, one.state) for one in store.ledger("pax8")] == [("e1", SentState.SENT)]


def test_a_lease_changes_nothing_that_a_page_shows(store: DatabaseStore, engine: Engine) -> None:
    integrations = "select * from integration order by key"
    before = store.revision(), store.products_state(), select(engine, integrations)

    store.begin_entry(entry("e1"), store.take_send_lease("pax8", "s1", MINUTE))

    assert (store.revision(), store.products_state(), select(engine, integrations)) == before


def test_a_sending_that_died_with_its_process_is_over_when_the_file_is_opened_again(path: Path) -> None:
    first = open_duckdb(path)
    first.add_integration(Integration("pax8", "Pax8"), "auto", NOON)
    dead = first.take_send_lease("pax8", "s1", MINUTE)
    first.begin_entry(entry("old"), dead)
    first.close()

    again = open_duckdb(path)

    assert again.ledger("pax8") == [entry("old")]
    assert again.take_send_lease("pax8", "s2", MINUTE).token > dead.token
    again.close()
