"""The ledger is written revision by revision, nothing twice at once, and what is written stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest

from billingbot.domain.integration import Integration
from billingbot.domain.ledger import LedgerEntry, LedgerLine, SendLease, SentState
from billingbot.errors import DomainError, LedgerChanged, NotFound, StoreError
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.unit.store.at_once import at_once
from tests.unit.store.entries import LINE, MEMBER, entry, sent
from tests.unit.store.refreshes import MINUTE, NOON
from tests.unit.store.statements import NOVEMBER

LATER = NOON + timedelta(seconds=7)


@pytest.fixture
def lease(store: DatabaseStore) -> SendLease:
    return store.take_send_lease("pax8", "s1", MINUTE)


def test_an_entry_comes_back_as_it_was_begun(store: DatabaseStore, lease: SendLease) -> None:
    taken_back = LedgerLine("k2", "", None, Decimal(0), Decimal(0), Decimal(0), Decimal(0), Decimal(0), ())
    begun = entry("e1", lines=(LINE, taken_back, replace(LINE, key="k1", members=(MEMBER, MEMBER))))

    store.begin_entry(begun, lease)

    assert store.ledger("pax8") == [begun]
    assert store.newest_entries("pax8", NOVEMBER) == {1: begun}


def test_an_entry_without_lines_is_one(store: DatabaseStore, lease: SendLease) -> None:
    bare = entry("e1", lines=(), dropped=(), total=Decimal(0))

    store.begin_entry(bare, lease)

    assert store.ledger("pax8") == [bare]


def test_the_end_of_an_entry_is_all_that_changes(store: DatabaseStore, lease: SendLease) -> None:
    begun, other = entry("e1"), entry("e2", client_id=2)
    for one in (begun, other):
        store.begin_entry(one, lease)
    said = ("The quantity of “Office” is 4, not 3.", "Zoë added a line.")

    store.end_entry("e1", lease, SentState.SENT, LATER, invoice_id=-9, invoice="INV-9", error="", differences=said)

    ended = replace(
        begun, state=SentState.SENT, ended_at=LATER, invoice_id=-9, invoice="INV-9", error="", differences=said
    )
    assert store.ledger("pax8") == [other, ended]


def test_an_end_that_names_no_invoice_leaves_the_one_that_is_there(store: DatabaseStore, lease: SendLease) -> None:
    store.begin_entry(entry("e1", invoice_id=900, invoice="INV-900"), lease)

    store.end_entry("e1", lease, SentState.UNKNOWN, NOON, error="The answer was lost.")
    [unknown] = store.ledger("pax8")
    store.end_entry("e1", lease, SentState.FAILED, LATER, error="HaloPSA never had it.")
    [failed] = store.ledger("pax8")

    assert (unknown.state, unknown.invoice_id, unknown.invoice, unknown.error) == (
        SentState.UNKNOWN,
        900,
        "INV-900",
        "The answer was lost.",
    )
    assert (failed.state, failed.invoice_id, failed.ended_at, failed.error) == (
        SentState.FAILED,
        900,
        LATER,
        "HaloPSA never had it.",
    )


@pytest.mark.parametrize("final", [SentState.SENT, SentState.FAILED])
def test_an_end_that_is_sure_is_final(store: DatabaseStore, lease: SendLease, final: SentState) -> None:
    ended = sent(store, lease, entry("e1"), final)

    for state in (SentState.SENT, SentState.UNKNOWN, SentState.FAILED):
        with pytest.raises(LedgerChanged, match=f"has ended before, as {final}"):
            store.end_entry("e1", lease, state, LATER, invoice_id=901)

    assert store.ledger("pax8") == [ended]


def test_what_is_not_in_the_ledger_of_the_integration_is_not_ended(store: DatabaseStore, lease: SendLease) -> None:
    store.begin_entry(entry("e1"), lease)
    with pytest.raises(NotFound, match="e9"):
        store.end_entry("e9", lease, SentState.SENT, NOON)
    store.release_send_lease(lease)
    foreign = store.take_send_lease("twilio", "s2", MINUTE)

    with pytest.raises(NotFound, match="e1"):
        store.end_entry("e1", foreign, SentState.SENT, NOON)

    assert store.ledger("pax8") == [entry("e1")]


def test_an_entry_begins_as_sending_and_ends_as_something_else(store: DatabaseStore, lease: SendLease) -> None:
    for state in (SentState.SENT, SentState.UNKNOWN, SentState.FAILED):
        with pytest.raises(DomainError, match=f"does not begin as {state}"):
            store.begin_entry(entry("e1", state=state), lease)
    store.begin_entry(entry("e1"), lease)
    with pytest.raises(DomainError, match="does not end as sending"):
        store.end_entry("e1", lease, SentState.SENDING, NOON)

    assert store.ledger("pax8") == [entry("e1")]


def test_the_lease_of_another_integration_is_no_right(store: DatabaseStore, lease: SendLease) -> None:
    with pytest.raises(DomainError, match="Who sends for pax8"):
        store.begin_entry(entry("e1", integration="twilio"), lease)

    assert store.ledger("twilio") == []


@pytest.mark.parametrize("revision", [2, 4, 1])
def test_a_revision_that_does_not_follow_is_refused(store: DatabaseStore, lease: SendLease, revision: int) -> None:
    ended = [sent(store, lease, entry("e1")), sent(store, lease, entry("e2", revision=2))]

    with pytest.raises(LedgerChanged, match="Another sending for Client 1 came first"):
        store.begin_entry(entry("e3", revision=revision), lease)

    assert store.ledger("pax8") == ended[::-1]


@pytest.mark.parametrize("revision", [0, 2, -1])
def test_the_first_revision_is_1(store: DatabaseStore, lease: SendLease, revision: int) -> None:
    with pytest.raises(LedgerChanged):
        store.begin_entry(entry("e1", revision=revision), lease)

    assert store.ledger("pax8") == []


@pytest.mark.parametrize("state", [SentState.SENDING, SentState.UNKNOWN])
def test_nothing_is_begun_while_the_newest_entry_is_open(
    store: DatabaseStore, lease: SendLease, state: SentState
) -> None:
    store.begin_entry(entry("e1"), lease)
    if state is not SentState.SENDING:
        store.end_entry("e1", lease, state, NOON)

    with pytest.raises(LedgerChanged, match="is not known to have arrived"):
        store.begin_entry(entry("e2", revision=2), lease)

    assert [one.entry_id for one in store.ledger("pax8")] == ["e1"]


def test_a_write_that_fails_half_way_leaves_nothing(store: DatabaseStore, engine: Engine, lease: SendLease) -> None:
    # Lines of an entry that is not there: the last insert fails, when all else is done.
    engine.write(
        lambda tx: tx.execute(
            "insert into ledger_line select 'e1', 1, 'k', '', null, 0, 0, 0, 0, 0, '[]'",
        )
    )

    with pytest.raises(StoreError):
        store.begin_entry(entry("e1", lines=(LINE, LINE)), lease)

    assert store.ledger("pax8") == []
    assert store.newest_revisions("pax8", NOVEMBER) == {}


def test_of_many_who_begin_the_same_revision_at_once_one_does(store: DatabaseStore, lease: SendLease) -> None:
    for revision in range(1, 6):
        begins = [
            partial(store.begin_entry, entry(f"{revision}-{number}", revision=revision), lease) for number in range(8)
        ]

        results = at_once(*begins)

        assert [type(result) for result in results].count(LedgerChanged) == 7
        [newest] = store.newest_entries("pax8", NOVEMBER).values()
        assert results[int(newest.entry_id[2:])] is None
        store.end_entry(newest.entry_id, lease, SentState.SENT, NOON)

    assert len(store.ledger("pax8")) == 5


def test_of_many_who_end_an_entry_at_once_one_does(store: DatabaseStore, lease: SendLease) -> None:
    store.begin_entry(entry("e1"), lease)

    results = at_once(
        *(partial(store.end_entry, "e1", lease, SentState.SENT, NOON, invoice_id=number) for number in range(8))
    )

    [invoice_id] = [number for number, result in enumerate(results) if result is None]
    assert [type(result) for result in results].count(LedgerChanged) == 7
    assert store.newest_entries("pax8", NOVEMBER)[1].invoice_id == invoice_id


def test_the_ledger_outlives_the_process(opened: Callable[[], DatabaseStore]) -> None:
    first = opened()
    first.add_integration(Integration("pax8", "Pax8"), "auto", NOON)
    kept: list[LedgerEntry] = [sent(first, first.take_send_lease("pax8", "s1", MINUTE), entry("e1"))]
    first.close()

    second = opened()
    assert second.ledger("pax8") == kept
    second.close()


def test_an_entry_changes_nothing_that_a_page_shows(store: DatabaseStore, lease: SendLease) -> None:
    before = store.revision(), store.products_state()

    sent(store, lease, entry("e1"))

    assert (store.revision(), store.products_state()) == before
