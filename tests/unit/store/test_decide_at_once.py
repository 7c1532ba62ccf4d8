"""Many decisions at once: by two operators, by one request that comes twice, and in one request."""

from collections.abc import Callable
from functools import partial

import pytest

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import Decision, EditSettings, Receipt, Stamp, UnlinkCompany
from billingbot.errors import DecisionRefused
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.unit.store.at_once import at_once
from tests.unit.store.decisions import by_hand, select, stamp
from tests.unit.store.refreshes import NOON, fetched, refresh
from tests.unit.store.tables import counts, decided


@pytest.mark.fault(12)
def test_of_two_who_decide_the_same_at_once_one_wins_and_the_other_is_told(listed: DatabaseStore) -> None:
    for attempt in range(10):
        version = listed.settings("pax8", 1).version
        works: list[Callable[[], Receipt]] = [
            partial(listed.decide, "pax8", [EditSettings(1, version, {Setting.LAST_INVOICE_ID: number})], stamp(actor))
            for number, actor in ((attempt * 2 + 1, "ann"), (attempt * 2 + 2, "bob"))
        ]

        results = at_once(*works)

        [receipt] = [result for result in results if isinstance(result, Receipt)]
        [refused] = [result for result in results if isinstance(result, DecisionRefused)]
        [change] = receipt.changes
        winner = listed.history("pax8", 1, 1)[0].actor
        assert refused.clashes[0].sentence == f"Client 1 was changed by {winner} meanwhile."
        assert refused.clashes[0].theirs == change.after
        assert listed.settings("pax8", 1).last_invoice_id == (change.after or {})["last_invoice_id"]
        assert listed.settings("pax8", 1).version == version + 1


@pytest.mark.fault(12)
def test_of_two_who_link_the_same_company_at_once_one_gets_it(listed: DatabaseStore) -> None:
    results = at_once(*(partial(listed.decide, "pax8", [by_hand("c4", client)], stamp()) for client in (3, 4)))

    assert sorted(type(result).__name__ for result in results) == ["DecisionRefused", "Receipt"]
    assert len(listed.links("pax8", 3) + listed.links("pax8", 4)) == 1


def test_the_same_request_at_once_is_carried_out_once(listed: DatabaseStore, engine: Engine) -> None:
    works = [partial(listed.decide, "pax8", [UnlinkCompany("c1", 1)], Stamp("q1", "ann", NOON)) for _ in range(6)]

    results = at_once(*works)

    assert results == [results[0]] * 6
    assert isinstance(results[0], Receipt)
    assert select(engine, "select count(*) from audit where batch = 'q1'") == [(2,)]


def test_many_who_decide_about_different_clients_at_once_all_succeed(listed: DatabaseStore, engine: Engine) -> None:
    before = counts(engine)
    works = [
        partial(listed.decide, "pax8", [EditSettings(client, 0, {Setting.EXCLUDED: True})], stamp())
        for client in (1, 2, 3, 4)
    ]

    assert all(isinstance(result, Receipt) for result in at_once(*works))
    assert counts(engine) == (before[0] + 4, before[1] + 4)


def test_ten_thousand_decisions_are_one_request_in_their_order(store: DatabaseStore, engine: Engine) -> None:
    numbers = range(10_000)
    refresh(store, fetched(numbers, [f"c{number}" for number in numbers]))
    decisions: list[Decision] = [
        EditSettings(number, 0, {Setting.LAST_INVOICE_ID: number}) if number % 2 else by_hand(f"c{number}", number)
        for number in reversed(numbers)
    ]

    receipt = store.decide("pax8", decisions, Stamp("q1", "ann", NOON))

    assert [change.client_id for change in receipt.changes] == list(reversed(numbers))
    assert [row.change for row in store.batch_changes("q1", 20_000)] == list(receipt.changes)
    tables = decided(engine)
    assert (len(tables["settings"]), len(tables["mapping"])) == (5_000, 5_000)
    assert all(row[0] == row[8] for row in tables["settings"])

    store.undo("q1", stamp())

    assert decided(engine) == {"settings": [], "mapping": [], "rejected": []}
