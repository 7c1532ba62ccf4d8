"""Undoing changes of what is set up: defaults, the end of an integration, and which items products are."""

from collections.abc import Mapping

import pytest

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import Action, Entity, Receipt
from billingbot.domain.integration import Integration
from billingbot.domain.product import HaloItem
from billingbot.errors import DecisionRefused
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.unit.store.at_once import at_once
from tests.unit.store.decisions import edit, select, stamp
from tests.unit.store.product_rows import map_products, mapped
from tests.unit.store.refreshes import MINUTE, NOON
from tests.unit.store.tables import decided

LATER = NOON + MINUTE
DESK, PHONE = HaloItem(7, "Desk"), HaloItem(8, "Phone <b>")


def undo(store: DatabaseStore, batch: str, actor: str = "bob", partly: bool = False) -> Receipt:
    return store.undo(batch, stamp(actor, at=LATER), partly=partly)


def refusal(store: DatabaseStore, batch: str, partly: bool = False) -> str:
    with pytest.raises(DecisionRefused) as refused:
        undo(store, batch, partly=partly)
    return str(refused.value)


def set_defaults(store: DatabaseStore, fields: Mapping[str, object], actor: str = "ann") -> str:
    """Change defaults as they stand now and return the batch."""
    request = stamp(actor)
    store.edit_integration("pax8", store.integration("pax8").version, fields, request)
    return request.request_id


def remove(store: DatabaseStore, actor: str = "ann") -> str:
    request = stamp(actor)
    store.remove_integration("pax8", request)
    return request.request_id


def enter_credentials(store: DatabaseStore) -> str:
    request = stamp()
    store.save_credentials("pax8", {"client_id": ("abc", False), "client_secret": ("sealed", True)}, request)
    return request.request_id


def keys(store: DatabaseStore) -> list[str]:
    return [integration.key for integration in store.integrations()]


def connect(store: DatabaseStore, actor: str) -> None:
    store.add_integration(Integration("pax8", "Pax8"), actor, NOON)


def test_defaults_are_as_they_were(store: DatabaseStore) -> None:
    before = store.integration("pax8")
    batch = set_defaults(store, {"threshold": 95, "guards": False, "assignment": "last", "default_item_id": 7})

    receipt = undo(store, batch)

    after = store.integration("pax8")
    assert (after.threshold, after.guards, after.assignment, after.default_item_id) == (
        before.threshold,
        before.guards,
        before.assignment,
        before.default_item_id,
    )
    [change] = receipt.changes
    assert (change.entity, change.action, change.subject, change.client_id) == (
        Entity.INTEGRATION,
        Action.EDIT,
        "pax8",
        None,
    )
    assert change.after == {"threshold": 90, "guards": True, "assignment": "new", "default_item_id": None}


def test_undoing_the_undo_of_defaults_sets_them_again(store: DatabaseStore) -> None:
    batch = set_defaults(store, {"refresh_at": "06:30"})

    undone = undo(store, batch)
    again = undo(store, undone.batch)

    assert store.integration("pax8").refresh_at == "06:30"
    assert again.changes[0].before == {"refresh_at": ""}
    assert undo(store, batch, "cy").changes


def test_the_schedule_that_an_undo_brings_back_makes_up_for_nothing_that_was_due(store: DatabaseStore) -> None:
    set_defaults(store, {"refresh_at": "06:30"})
    batch = set_defaults(store, {"refresh_at": ""})

    undo(store, batch)

    assert store.refresh_set_at("pax8") == LATER


def test_a_default_that_was_changed_since_is_refused_and_names_who_changed_that_one(store: DatabaseStore) -> None:
    batch = set_defaults(store, {"threshold": 95, "guards": False})
    set_defaults(store, {"threshold": 80}, actor="cy")
    set_defaults(store, {"drop_azure": True}, actor="dora")

    assert refusal(store, batch) == "The defaults of Pax8 were changed by cy since."
    assert refusal(store, batch, partly=True) == "The defaults of Pax8 were changed by cy since."
    assert store.integration("pax8").guards is False


def test_another_default_that_was_changed_since_does_not_hinder(store: DatabaseStore) -> None:
    batch = set_defaults(store, {"threshold": 95})
    set_defaults(store, {"drop_azure": True}, actor="cy")

    undo(store, batch)

    assert (store.integration("pax8").threshold, store.integration("pax8").modifiers.drop_azure) == (90, True)


def test_defaults_that_are_undone_are_not_undone_again(store: DatabaseStore) -> None:
    batch = set_defaults(store, {"threshold": 95})
    undo(store, batch)

    assert refusal(store, batch) == "That was undone already, by bob."


def test_a_repeated_undo_of_defaults_does_nothing_and_gets_the_former_receipt(store: DatabaseStore) -> None:
    batch, request = set_defaults(store, {"threshold": 95}), stamp("bob")

    first = store.undo(batch, request)
    version = store.integration("pax8").version

    assert store.undo(batch, request) == first
    assert store.integration("pax8").version == version


def test_of_two_who_undo_the_same_defaults_at_once_one_does(store: DatabaseStore) -> None:
    batch = set_defaults(store, {"threshold": 95})

    results = at_once(*((lambda actor=actor: undo(store, batch, actor)) for actor in ("bob", "cy")))

    assert sorted(type(result).__name__ for result in results) == ["DecisionRefused", "Receipt"]


def test_every_row_of_the_grid_is_drawn_anew_after_an_undo_of_defaults(store: DatabaseStore) -> None:
    batch = set_defaults(store, {"assignment": "last"})
    before = store.revision()

    undo(store, batch)

    assert store.revision().all_rows > before.latest


def test_a_deleted_integration_comes_back_without_its_credentials(listed: DatabaseStore, engine: Engine) -> None:
    enter_credentials(listed)
    before = decided(engine)
    batch = remove(listed)

    receipt = undo(listed, batch)

    assert keys(listed) == ["pax8", "twilio"]
    assert decided(engine) == before
    assert [change.action for change in receipt.changes] == [Action.RESTORE]
    assert [row for row in listed.credentials() if row.vendor == "pax8"] == []


def test_undoing_that_it_came_back_deletes_it_again_with_its_credentials(listed: DatabaseStore) -> None:
    restored = undo(listed, remove(listed)).batch
    enter_credentials(listed)

    receipt = undo(listed, restored)

    assert keys(listed) == ["twilio"]
    assert listed.credentials() == []
    assert Action.REMOVE in [change.action for change in receipt.changes]
    undo(listed, receipt.batch)
    assert keys(listed) == ["pax8", "twilio"]


def test_an_integration_that_was_connected_again_meanwhile_is_not_brought_back(listed: DatabaseStore) -> None:
    batch = remove(listed)
    connect(listed, "cy")

    assert refusal(listed, batch) == "Pax8 was connected again by cy since."


def test_an_integration_that_was_deleted_again_meanwhile_is_not_deleted(listed: DatabaseStore) -> None:
    restored = undo(listed, remove(listed)).batch
    remove(listed, "cy")

    assert refusal(listed, restored) == "Pax8 was deleted again by cy since."


def test_credentials_are_not_brought_back(store: DatabaseStore) -> None:
    batch = enter_credentials(store)

    assert refusal(store, batch).startswith("Credentials are not kept when they change")
    assert len(store.credentials()) == 2


def test_that_an_integration_was_connected_is_not_undone_here(store: DatabaseStore) -> None:
    assert refusal(store, "integration:pax8:add") == "To connect Pax8 is not undone here: delete it on Integrations."
    assert "pax8" in keys(store)


def test_the_deletion_of_all_assignments_can_be_undone_while_the_integration_is_deleted(
    listed: DatabaseStore, engine: Engine
) -> None:
    edit(listed, 1, {Setting.EXCLUDED: True})
    before = decided(engine)
    removal = remove(listed)
    purge = listed.purge_integration("pax8", stamp()).batch
    assert listed.decided_pairs("pax8").empty

    undo(listed, purge)
    undo(listed, removal)

    assert decided(engine) == before


def test_products_are_mapped_as_before(store: DatabaseStore, engine: Engine) -> None:
    map_products(store, {"p1": DESK, "p2": DESK, "p3": DESK})
    before = mapped(engine)
    batch = map_products(store, {"p1": PHONE, "p2": None, "p4": PHONE})

    receipt = undo(store, batch)

    assert mapped(engine) == before
    assert {change.subject: change.action for change in receipt.changes} == {
        "p1": Action.MAP,
        "p2": Action.MAP,
        "p4": Action.UNMAP,
    }
    undo(store, receipt.batch)
    assert mapped(engine) == {"p1": (8, "Phone <b>"), "p3": (7, "Desk"), "p4": (8, "Phone <b>")}


def test_a_product_that_was_mapped_otherwise_since_is_named_and_the_others_can_be_undone(
    store: DatabaseStore, engine: Engine
) -> None:
    batch = map_products(store, {"p1": DESK, "p2": DESK})
    map_products(store, {"p1": PHONE}, actor="cy")

    assert refusal(store, batch) == "The mapping of Product p1 was changed by cy since."
    assert mapped(engine) == {"p1": (8, "Phone <b>"), "p2": (7, "Desk")}
    receipt = undo(store, batch, partly=True)

    assert receipt.kept == ("The mapping of Product p1 was changed by cy since.",)
    assert mapped(engine) == {"p1": (8, "Phone <b>")}


def test_when_all_products_were_mapped_otherwise_nothing_is_undone_even_partly(store: DatabaseStore) -> None:
    batch = map_products(store, {"p1": DESK})
    map_products(store, {"p1": None}, actor="cy")

    assert refusal(store, batch, partly=True) == "The mapping of Product p1 was changed by cy since."


def test_a_mapping_that_an_undo_brought_back_has_a_version_that_nobody_saw(
    store: DatabaseStore, engine: Engine
) -> None:
    map_products(store, {"p1": DESK})
    seen = select(engine, "select version from product_mapping")
    undo(store, map_products(store, {"p1": None}))

    assert select(engine, "select version from product_mapping") != seen


def test_two_thousand_products_are_undone_at_once(store: DatabaseStore, engine: Engine) -> None:
    batch = map_products(store, {f"p{number}": DESK for number in range(2000)})

    assert len(undo(store, batch).changes) == 2000
    assert mapped(engine) == {}
