"""A plan is kept as it was made, and found by the beginning of its hash."""

from datetime import timedelta

import pytest

from billingbot.domain.plan import KeptPlan
from billingbot.errors import NotFound
from billingbot.store import DatabaseStore
from tests.unit.store.refreshes import NOON
from tests.unit.store.statements import NOVEMBER, OCTOBER

PLAN = KeptPlan("cafe01", "pax8", NOVEMBER, '{"clients":["Zo\\u00eb"],"total":9.990}', "ann", NOON)


def test_a_plan_comes_back_as_it_was_kept(store: DatabaseStore) -> None:
    store.keep_plan(PLAN)

    assert store.plan("cafe01") == PLAN


def test_a_plan_is_never_changed(store: DatabaseStore) -> None:
    store.keep_plan(PLAN)

    store.keep_plan(KeptPlan("cafe01", "twilio", OCTOBER, "{}", "bob", NOON + timedelta(days=1)))

    assert store.plan("cafe01") == PLAN


def test_the_beginning_of_its_hash_is_enough_while_no_other_begins_so(store: DatabaseStore) -> None:
    other = KeptPlan("cafe02", "pax8", NOVEMBER, "{}", "ann", NOON)
    store.keep_plan(PLAN)
    assert store.plan("ca") == PLAN

    store.keep_plan(other)

    with pytest.raises(NotFound, match="more than one plan whose hash begins with ca"):
        store.plan("ca")
    assert store.plan("cafe02") == other


@pytest.mark.parametrize("asked", ["", "%", "c_fe01", "cafe011", "CAFE01", "afe01", "*"])
def test_what_no_hash_begins_with_finds_no_plan(store: DatabaseStore, asked: str) -> None:
    store.keep_plan(PLAN)

    with pytest.raises(NotFound, match="There is no plan"):
        store.plan(asked)


def test_a_plan_of_many_clients_is_kept_whole(store: DatabaseStore) -> None:
    text = "x" * 20_000_000
    store.keep_plan(KeptPlan("beef", "pax8", NOVEMBER, text, "ann", NOON))

    assert store.plan("beef").text == text


def test_a_plan_changes_nothing_that_a_page_shows(store: DatabaseStore) -> None:
    before = store.revision(), store.products_state()

    store.keep_plan(PLAN)

    assert (store.revision(), store.products_state()) == before
