"""What the ledger says when it is asked."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest

from billingbot.domain.ledger import LedgerEntry, SendLease, SentState
from billingbot.domain.period import Period
from billingbot.domain.target import TargetKind
from billingbot.store import DatabaseStore
from tests.unit.store.entries import LINE, entry, sent
from tests.unit.store.refreshes import MINUTE, NOON
from tests.unit.store.statements import NOVEMBER, OCTOBER

SEPTEMBER = OCTOBER.previous


@pytest.fixture
def lease(store: DatabaseStore) -> SendLease:
    return store.take_send_lease("pax8", "s1", MINUTE)


def test_a_failed_revision_is_counted_but_stands_for_nothing(store: DatabaseStore, lease: SendLease) -> None:
    stands = sent(store, lease, entry("e1"))
    sent(store, lease, entry("e2", revision=2), SentState.FAILED)
    sent(store, lease, entry("f1", client_id=2), SentState.FAILED)

    assert store.newest_entries("pax8", NOVEMBER) == {1: stands}
    assert store.newest_revisions("pax8", NOVEMBER) == {1: 2, 2: 1}
    store.begin_entry(entry("e3", revision=3), lease)
    assert store.newest_entries("pax8", NOVEMBER)[1].entry_id == "e3"


def test_the_newest_entries_are_those_of_the_named_clients_and_the_period(
    store: DatabaseStore, lease: SendLease
) -> None:
    for client_id in (3, 1, -2):
        sent(store, lease, entry(f"n{client_id}", client_id))
        sent(store, lease, entry(f"o{client_id}", client_id, period=OCTOBER))
    sent(store, lease, entry("o3b", 3, 2, period=OCTOBER))

    def newest(*args: object) -> list[str]:
        found = store.newest_entries(*args)  # type: ignore[arg-type]
        assert all(client_id == one.client_id for client_id, one in found.items())
        return [one.entry_id for one in found.values()]

    assert newest("pax8", NOVEMBER) == ["n-2", "n1", "n3"]
    assert newest("pax8", OCTOBER, [3, 3, 9]) == ["o3b"]
    assert newest("pax8", NOVEMBER, []) == newest("pax8", SEPTEMBER) == newest("twilio", NOVEMBER) == []


def test_the_ledger_comes_newest_first_as_far_as_it_is_asked_for(store: DatabaseStore, lease: SendLease) -> None:
    sent(store, lease, entry("z"))
    sent(store, lease, entry("y", client_id=2))
    # A clock that was put back does not change the order.
    sent(store, lease, entry("a", revision=2, started_at=NOON - timedelta(days=9)))
    sent(store, lease, entry("b", period=OCTOBER))

    def ids(**asked: object) -> list[str]:
        return [one.entry_id for one in store.ledger("pax8", **asked)]  # type: ignore[arg-type]

    assert ids() == ["b", "a", "y", "z"]
    assert ids(limit=2) == ["b", "a"]
    assert ids(period=NOVEMBER) == ["a", "y", "z"]
    assert ids(client_id=1) == ["b", "a", "z"]
    assert ids(period=NOVEMBER, client_id=2) == ["y"]
    assert ids(client_id=9) == []
    assert store.ledger("twilio") == []


def test_what_was_sent_before_is_the_newest_sent_entry_of_the_newest_earlier_period(
    store: DatabaseStore, lease: SendLease
) -> None:
    sent(store, lease, entry("a", 1, period=SEPTEMBER, total=Decimal(1)))
    sent(store, lease, entry("b", 1, period=OCTOBER, total=Decimal(2)))
    sent(store, lease, entry("c", 1, 2, period=OCTOBER, total=Decimal("-3.10")))
    sent(store, lease, entry("d", 1, 3, period=OCTOBER, total=Decimal(4)), SentState.FAILED)
    sent(store, lease, entry("e", 1, period=NOVEMBER, total=Decimal(5)))
    sent(store, lease, entry("f", 2, period=Period(2025, 12), total=Decimal(6)))
    store.begin_entry(entry("g", 2, period=OCTOBER, total=Decimal(7)), lease)
    store.begin_entry(entry("h", 3, period=OCTOBER, total=Decimal(8)), lease)

    assert store.sent_before("pax8", NOVEMBER) == {1: Decimal("-3.10"), 2: Decimal(6)}
    assert store.sent_before("pax8", OCTOBER) == {1: Decimal(1), 2: Decimal(6)}
    assert store.sent_before("pax8", Period(2025, 12)) == store.sent_before("twilio", NOVEMBER) == {}


def test_the_newest_period_sent_to_an_invoice_counts_what_may_have_arrived(
    store: DatabaseStore, lease: SendLease
) -> None:
    recurring = partial(entry, kind=TargetKind.RECURRING, invoice_id=-5)
    sent(store, lease, recurring("a", period=SEPTEMBER), invoice_id=-5)
    asked = partial(store.newest_period_sent_to, "pax8", TargetKind.RECURRING, -5)
    assert asked() == SEPTEMBER

    sent(store, lease, recurring("b", period=NOVEMBER), SentState.FAILED, invoice_id=-5)
    sent(store, lease, entry("c", client_id=2), invoice_id=-5)
    assert asked() == SEPTEMBER

    store.begin_entry(recurring("d", period=OCTOBER), lease)
    assert asked() == OCTOBER
    assert store.newest_period_sent_to("pax8", TargetKind.INVOICE, -5) == NOVEMBER
    assert store.newest_period_sent_to("pax8", TargetKind.RECURRING, 5) is None
    assert store.newest_period_sent_to("twilio", TargetKind.RECURRING, -5) is None


def test_a_recurring_invoice_holds_lines_until_a_newer_entry_of_it_is_sent_without_any(
    store: DatabaseStore, lease: SendLease
) -> None:
    empty = replace(LINE, quantity=Decimal(0), members=())

    def on(entry_id: str, client_id: int, invoice_id: int, period: Period, **changes: object) -> LedgerEntry:
        fields = {"kind": TargetKind.RECURRING, "invoice_id": invoice_id, "period": period} | changes
        return entry(entry_id, client_id, **fields)  # type: ignore[arg-type]

    august = SEPTEMBER.previous
    # One holds another month's lines still, one was taken back, one is an invoice that is billed once.
    sent(store, lease, on("a", 1, -5, august), invoice_id=-5)
    sent(store, lease, on("b", 1, 6, SEPTEMBER), invoice_id=6)
    sent(store, lease, on("c", 2, 7, august), invoice_id=7)
    sent(store, lease, on("d", 2, 7, SEPTEMBER, lines=(LINE, empty)), invoice_id=7)
    sent(store, lease, on("e", 2, 7, SEPTEMBER, lines=(empty,), revision=2), invoice_id=7)
    sent(store, lease, entry("f", 3, period=SEPTEMBER), invoice_id=8)
    # What did not arrive changes nothing, and what may have arrived does not clear anything.
    sent(store, lease, on("g", 4, 9, august), invoice_id=9)
    sent(store, lease, on("h", 4, 9, SEPTEMBER, lines=(empty,)), SentState.FAILED, invoice_id=9)
    store.begin_entry(on("i", 4, 9, SEPTEMBER, lines=(empty,), revision=2), lease)
    store.begin_entry(on("j", 5, 10, SEPTEMBER), lease)

    assert store.recurring_sent_before("pax8", OCTOBER) == {1: {-5, 6}, 4: {9}, 5: {10}}
    assert store.recurring_sent_before("pax8", SEPTEMBER) == {1: {-5}, 2: {7}, 4: {9}}
    assert store.recurring_sent_before("pax8", august) == store.recurring_sent_before("twilio", OCTOBER) == {}
