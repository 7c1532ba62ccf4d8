"""How products come to their items, and creating the items that HaloPSA lacks."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from billingbot.domain.decision import Stamp
from billingbot.domain.integration import Integration
from billingbot.domain.product import HaloItem, NewItem, Product, ProductMode
from billingbot.errors import UpstreamError, UpstreamOutcomeUnknown, UpstreamRejected, UpstreamUnavailable
from billingbot.jobs.item_candidates import best_matches
from billingbot.jobs.map_products import Treatment, create_items, map_to, open_products, treatment
from billingbot.store import DatabaseStore
from tests.fakes import NOON, FakeHalo
from tests.unit.jobs.conftest import Desk

ASK = Integration("pax8", "Pax8")
DEFAULT = Integration("pax8", "Pax8", product_mode=ProductMode.DEFAULT_ITEM, default_item_id=5, default_item="Cloud")
CREATE = Integration("pax8", "Pax8", product_mode=ProductMode.CREATE)


def product(name: str, sku: str = "", item_id: int | None = None) -> Product:
    return Product(sku or name, name, sku, 1, "2026-10", "2026-10", item_id)


def stamp() -> Stamp:
    return Stamp("request", "ann", NOON)


@dataclass
class MoodyHalo(FakeHalo):
    """HaloPSA that fails while it creates items. `moods` are by item name."""

    moods: dict[str, Callable[["MoodyHalo", NewItem], UpstreamError]] = field(default_factory=dict)

    def create_item(self, item: NewItem) -> HaloItem:
        if item.name in self.moods:
            raise self.moods.pop(item.name)(self, item)
        return super().create_item(item)


def lost_answer(halo: MoodyHalo, item: NewItem) -> UpstreamError:
    FakeHalo.create_item(halo, item)
    return UpstreamOutcomeUnknown("the answer was lost.", source="HaloPSA")


def mapped(store: DatabaseStore) -> dict[str, str]:
    return {one.key: one.item for one in store.products("pax8") if one.item_id is not None}


def test_what_a_person_mapped_goes_before_the_mode() -> None:
    by_hand, other = product("A", item_id=1), product("B")

    assert [treatment(mode, by_hand) for mode in (ASK, DEFAULT, CREATE)] == [Treatment.MAPPED] * 3
    assert [treatment(mode, other) for mode in (ASK, DEFAULT, CREATE)] == [
        Treatment.OPEN,
        Treatment.DEFAULT,
        Treatment.CREATE,
    ]
    assert treatment(Integration("pax8", "Pax8", product_mode=ProductMode.DEFAULT_ITEM), other) is Treatment.OPEN


def test_products_wait_for_a_person_unless_the_default_item_takes_them() -> None:
    products = [product("A", item_id=1), product("B")]

    assert [[one.name for one in open_products(mode, products)] for mode in (ASK, DEFAULT, CREATE)] == [
        ["B"],
        [],
        ["B"],
    ]


def test_items_are_created_or_found_by_name_and_mapped_in_one_batch(desk: Desk) -> None:
    halo = FakeHalo(item_rows=[HaloItem(3, "Premium", "P1")])

    made = create_items(desk.store, halo, "pax8", [product("Premium", "P1"), product("Fee")], stamp())

    assert [(one.item and one.item.name, one.existed, one.error) for one in made] == [
        ("Premium", True, ""),
        ("Fee", False, ""),
    ]
    assert [item.name for item in halo.created] == ["Fee"]
    assert mapped(desk.store) == {"P1": "Premium", "Fee": "Fee"}


def test_a_lost_answer_is_looked_up_so_that_no_item_is_made_twice(desk: Desk) -> None:
    halo = MoodyHalo(moods={"Fee": lost_answer})

    [made] = create_items(desk.store, halo, "pax8", [product("Fee")], stamp())

    assert made.item is not None
    assert [item.name for item in halo.created] == ["Fee"]
    assert mapped(desk.store) == {"Fee": "Fee"}


def test_a_refused_item_stops_no_other(desk: Desk) -> None:
    halo = MoodyHalo(moods={"Bad": lambda _halo, _item: UpstreamRejected("no such group.", source="HaloPSA")})

    bad, good = create_items(desk.store, halo, "pax8", [product("Bad"), product("Good")], stamp())

    assert (bad.item, bad.error) == (None, "HaloPSA: no such group.")
    assert good.item is not None
    assert mapped(desk.store) == {"Good": "Good"}


def test_an_unreachable_halopsa_ends_it_and_what_was_made_is_mapped(desk: Desk) -> None:
    halo = MoodyHalo(moods={"B": lambda _halo, _item: UpstreamUnavailable("no answer.", source="HaloPSA")})

    _, second, third = create_items(desk.store, halo, "pax8", [product("A"), product("B"), product("C")], stamp())

    assert second.error == "HaloPSA: no answer."
    assert third.error.startswith("Not tried.")
    assert mapped(desk.store) == {"A": "A"}


def test_whoever_maps_a_product_meanwhile_was_right_and_the_others_are_mapped(desk: Desk) -> None:
    halo = MoodyHalo()
    halo.before_answer = lambda: (
        None
        if mapped(desk.store)
        else map_to(desk.store, "pax8", [product("A")], HaloItem(9, "By hand"), Stamp("other", "bob", NOON))
    )

    first, second = create_items(desk.store, halo, "pax8", [product("A"), product("B")], stamp())

    assert (first.item, first.error) == (None, "Somebody mapped it meanwhile; the item is in HaloPSA.")
    assert second.item is not None
    assert mapped(desk.store) == {"A": "By hand", "B": "B"}


def test_several_products_are_mapped_to_one_item(desk: Desk) -> None:
    map_to(desk.store, "pax8", [product("A"), product("B")], HaloItem(5, "Cloud"), stamp())

    assert mapped(desk.store) == {"A": "Cloud", "B": "Cloud"}


@pytest.mark.parametrize(("name", "expected"), [("Premium", ["Premium"]), ("Something else", [])])
def test_best_matches_are_those_that_reach_the_score(name: str, expected: list[str]) -> None:
    found = best_matches([product(name)], [HaloItem(1, "Premium"), HaloItem(2, "Basic")], 90)

    assert [candidate.item.name for _, candidate in found] == expected


def test_an_item_with_the_products_code_goes_before_one_of_the_same_name() -> None:
    items = [HaloItem(1, "Premium"), HaloItem(2, "premium", "P1")]

    [(_, found)] = best_matches([product("Premium", "P1")], items, 90)

    assert (found.item.item_id, found.sure) == (2, True)


def test_what_is_not_sure_comes_first() -> None:
    items = [HaloItem(1, "Exchange Online (Plan 2)"), HaloItem(2, "Premium")]

    found = best_matches([product("Premium"), product("Exchange Online (Plan 1)")], items, 90)

    assert [(one.name, candidate.sure) for one, candidate in found] == [
        ("Exchange Online (Plan 1)", False),
        ("Premium", True),
    ]


def test_of_two_items_that_are_equally_similar_a_person_says_which() -> None:
    assert best_matches([product("Premium")], [HaloItem(1, "Premium"), HaloItem(2, "premium")], 90) == []
