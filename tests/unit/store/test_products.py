"""Products are what charges name; which HaloPSA item one is stays as a person said."""

from dataclasses import replace

import pytest

from billingbot.domain.product import HaloItem
from billingbot.errors import DecisionRefused, NotFound
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.unit.store.decisions import select, stamp
from tests.unit.store.refreshes import NOON
from tests.unit.store.statements import NOVEMBER, OCTOBER, charge, statement

PREMIUM = HaloItem(7, "Premium", "P1")
BASIC = HaloItem(8, "Basic")


@pytest.fixture
def charged(store: DatabaseStore) -> DatabaseStore:
    """Return the store with charges of two months: a product with a SKU that was renamed, and one without a SKU."""
    named = charge("a", product="Premium (old)", sku="P1")
    store.replace_charges("pax8", statement(named, charge("b", product="Fee", sku=""), period=OCTOBER), "ann", NOON)
    store.replace_charges("pax8", statement(replace(named, product="Premium"), period=NOVEMBER), "ann", NOON)
    return store


def test_a_product_is_known_by_its_sku_or_its_name_and_named_like_the_newest_charge(charged: DatabaseStore) -> None:
    found = [(one.key, one.name, one.charges, one.first_period, one.last_period) for one in charged.products("pax8")]

    assert found == [("Fee", "Fee", 1, "2026-10", "2026-10"), ("P1", "Premium", 2, "2026-10", "2026-11")]
    assert charged.products("twilio") == []


def test_a_mapping_says_who_and_when_and_outlives_its_charges(charged: DatabaseStore) -> None:
    charged.map_products("pax8", {"Fee": BASIC}, {}, stamp("ann"))
    charged.replace_charges("pax8", statement(period=OCTOBER), "ann", NOON)

    [fee] = [one for one in charged.products("pax8") if one.key == "Fee"]

    assert (fee.item_id, fee.item, fee.mapped_by, fee.mapped_at, fee.charges) == (8, "Basic", "ann", NOON, 0)


def test_a_product_is_mapped_anew_only_by_whoever_saw_how_it_was(charged: DatabaseStore) -> None:
    charged.map_products("pax8", {"P1": PREMIUM}, {}, stamp("bob"))

    with pytest.raises(DecisionRefused, match="Premium was mapped by bob meanwhile"):
        charged.map_products("pax8", {"P1": BASIC, "Fee": BASIC}, {}, stamp("ann"))

    assert [one.item_id for one in charged.products("pax8")] == [None, 7]
    seen = {one.key: one.version for one in charged.products("pax8")}
    charged.map_products("pax8", {"P1": BASIC}, seen, stamp("ann"))
    charged.map_products("pax8", {"P1": None}, {one.key: one.version for one in charged.products("pax8")}, stamp("ann"))
    with pytest.raises(DecisionRefused, match="The item of Premium was removed meanwhile"):
        charged.map_products("pax8", {"P1": BASIC}, seen, stamp("bob"))


def test_each_change_is_in_the_audit_trail_once(charged: DatabaseStore, engine: Engine) -> None:
    request = stamp("ann")
    for _ in range(2):
        charged.map_products("pax8", {"P1": PREMIUM, "Fee": BASIC}, {}, request)

    rows = select(engine, "select entity_key, action, actor from audit where entity = 'product_mapping' order by 1")

    assert rows == [("pax8/Fee", "map", "ann"), ("pax8/P1", "map", "ann")]


def test_what_is_as_wanted_changes_nothing(charged: DatabaseStore) -> None:
    charged.map_products("pax8", {"P1": PREMIUM}, {}, stamp())
    before = charged.revision()

    version = {one.key: one.version for one in charged.products("pax8")}
    charged.map_products("pax8", {"P1": PREMIUM, "Fee": None}, version, stamp())

    assert charged.revision() == before


def test_a_mapping_can_be_undone(charged: DatabaseStore) -> None:
    request = stamp("ann")
    charged.map_products("pax8", {"P1": PREMIUM}, {}, request)

    charged.undo(request.request_id, stamp("bob"))

    assert [one.item_id for one in charged.products("pax8")] == [None, None]


def test_the_state_of_products_is_another_after_charges_mappings_and_modes(charged: DatabaseStore) -> None:
    states = [charged.products_state()]
    charged.map_products("pax8", {"P1": PREMIUM}, {}, stamp())
    states.append(charged.products_state())
    charged.edit_integration("pax8", 1, {"product_mode": "create"}, stamp())
    states.append(charged.products_state())
    charged.replace_charges("twilio", statement(period=OCTOBER), "ann", NOON)
    states.append(charged.products_state())

    assert len(set(states)) == len(states)
    assert charged.products_state() == states[-1]


def test_products_that_nobody_mapped_are_counted(charged: DatabaseStore) -> None:
    assert charged.unmapped_products() == {"pax8": 2}

    charged.map_products("pax8", {"P1": PREMIUM}, {}, stamp())
    assert charged.unmapped_products() == {"pax8": 1}

    seen = {one.key: one.version for one in charged.products("pax8")}
    charged.map_products("pax8", {"Fee": BASIC}, seen, stamp())
    assert charged.unmapped_products() == {}


def test_an_unknown_integration_is_an_error(charged: DatabaseStore) -> None:
    with pytest.raises(NotFound):
        charged.map_products("nobody", {"P1": PREMIUM}, {}, stamp())
