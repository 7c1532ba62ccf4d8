"""Up to which number the events of a grid's outbox are done."""

from datetime import timedelta

from billingbot.store import DatabaseStore
from tests.unit.store.at_once import at_once
from tests.unit.store.refreshes import MINUTE, NOON


def test_an_outbox_that_nobody_heard_of_starts_at_0(store: DatabaseStore) -> None:
    assert store.acknowledged("a") == 0


def test_each_outbox_has_its_own_number(store: DatabaseStore) -> None:
    store.acknowledge("a", 3, NOON)
    store.acknowledge("b", 1, NOON)
    store.acknowledge("a", 7, NOON)

    assert (store.acknowledged("a"), store.acknowledged("b")) == (7, 1)


def test_a_smaller_number_changes_nothing(store: DatabaseStore) -> None:
    store.acknowledge("a", 7, NOON)
    store.acknowledge("a", 3, NOON + MINUTE)

    assert store.acknowledged("a") == 7


def test_the_greatest_of_many_at_once_stays(store: DatabaseStore) -> None:
    results = at_once(*(lambda number=number: store.acknowledge("a", number, NOON) for number in range(1, 9)))

    assert results == [None] * 8
    assert store.acknowledged("a") == 8


def test_an_outbox_is_forgotten_30_days_after_its_last_event(store: DatabaseStore) -> None:
    store.acknowledge("old", 1, NOON)
    store.acknowledge("kept", 1, NOON)
    store.acknowledge("kept", 2, NOON + timedelta(days=1))

    store.acknowledge("new", 1, NOON + timedelta(days=30))
    assert store.acknowledged("old") == 1

    store.acknowledge("new", 2, NOON + timedelta(days=30, seconds=1))
    assert (store.acknowledged("old"), store.acknowledged("kept")) == (0, 2)
