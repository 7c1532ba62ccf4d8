"""The end of an integration: out of use everything stays; deleted, it is one batch that can be undone."""

import time

import pytest

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import Action, UnlinkCompany
from billingbot.domain.integration import Integration
from billingbot.domain.refresh import RefreshState
from billingbot.errors import NotFound, RefreshStopped
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.unit.store.at_once import at_once
from tests.unit.store.decisions import by_hand, decide, edit, select, stamp
from tests.unit.store.refreshes import MINUTE, NOON, fetched, match_frame, new_run, refresh
from tests.unit.store.tables import counts, decided


@pytest.fixture
def eventful(listed: DatabaseStore) -> DatabaseStore:
    """Return the store with mappings, a rejected pair, settings, credentials and a failure of pax8."""
    decide(listed, by_hand("c4", 4), UnlinkCompany("c1", 1))
    edit(listed, 3, {Setting.EXCLUDED: True, Setting.ASSIGNMENT: None})
    listed.save_credentials("pax8", {"client_id": ("id", False), "client_secret": ("sealed", True)}, stamp())
    listed.save_credentials("twilio", {"account_sid": ("AC", False)}, stamp())
    listed.record_check("pax8", "Pax8: it failed.", NOON)
    return listed


def connect_again(store: DatabaseStore, actor: str = "bob") -> None:
    store.add_integration(Integration("pax8", "Pax8", threshold=50), actor, NOON + MINUTE)


def test_a_removed_integration_is_out_of_use_and_all_decisions_stay(eventful: DatabaseStore, engine: Engine) -> None:
    before = decided(engine)

    eventful.remove_integration("pax8", stamp())

    assert [one.key for one in eventful.integrations()] == ["twilio"]
    assert eventful.removed_integrations() == {"pax8": 2}
    assert decided(engine) == before
    for asked in (
        lambda: eventful.integration("pax8"),
        lambda: eventful.client_rows("pax8"),
        lambda: eventful.start_run(new_run("r2"), MINUTE),
        lambda: decide(eventful, by_hand("c3", 3)),
        lambda: eventful.remove_integration("pax8", stamp()),
    ):
        with pytest.raises(NotFound, match="There is no integration pax8"):
            asked()


def test_its_credentials_are_forgotten_and_those_of_others_are_not(eventful: DatabaseStore) -> None:
    eventful.remove_integration("pax8", stamp())

    assert [(row.vendor, row.name) for row in eventful.credentials()] == [("twilio", "account_sid")]
    assert eventful.checks() == {}


def test_a_removed_integration_comes_back_as_it_was(eventful: DatabaseStore, engine: Engine) -> None:
    edited = eventful.edit_integration("pax8", 1, {"threshold": 95, "refresh_at": "06:30"}, stamp())
    before = decided(engine)
    for _ in range(2):
        eventful.remove_integration("pax8", stamp(at=NOON + MINUTE))
        connect_again(eventful)

    back = eventful.integration("pax8")
    assert (back.threshold, back.refresh_at, back.version) == (95, "06:30", edited.version + 4)
    assert decided(engine) == before
    assert eventful.removed_integrations() == {}
    assert eventful.refresh_set_at("pax8") == NOON + MINUTE
    actions = select(engine, "select action, actor from audit where entity = 'integration' and entity_key = 'pax8'")
    assert sorted(actions)[2:] == [("remove", "ann"), ("remove", "ann"), ("restore", "bob"), ("restore", "bob")]


def test_a_refresh_that_is_running_then_ends_without_harm(eventful: DatabaseStore, engine: Engine) -> None:
    run = eventful.start_run(new_run("r2"), MINUTE)
    before = decided(engine)

    eventful.remove_integration("pax8", stamp("bob"))

    with pytest.raises(RefreshStopped):
        eventful.apply_refresh(run, fetched([9], ["c9"]), match_frame(), NOON)
    ended = eventful.run("r2")
    assert (ended.state, ended.error) == (RefreshState.CANCELLED, "Cancelled by bob; nothing was changed.")
    assert decided(engine) == before
    connect_again(eventful)
    assert eventful.start_run(new_run("r3"), MINUTE).run_id == "r3"


def test_a_refresh_and_a_removal_at_once_leave_no_refresh_running(eventful: DatabaseStore) -> None:
    at_once(
        lambda: eventful.start_run(new_run("r2"), MINUTE),
        lambda: eventful.remove_integration("pax8", stamp()),
    )

    newest = eventful.latest_run("pax8")
    assert newest is not None
    assert newest.state is not RefreshState.RUNNING


def test_only_what_was_removed_can_be_deleted(eventful: DatabaseStore, engine: Engine) -> None:
    settled = counts(engine)

    for key in ("pax8", "nobody"):
        with pytest.raises(NotFound):
            eventful.purge_integration(key, stamp())

    assert counts(engine) == settled


def test_deleting_takes_mappings_rejections_and_settings_and_nothing_else(
    eventful: DatabaseStore, engine: Engine
) -> None:
    eventful.remove_integration("pax8", stamp())
    request = stamp()

    receipt = eventful.purge_integration("pax8", request)

    assert decided(engine) == {"settings": [], "mapping": [], "rejected": []}
    assert eventful.removed_integrations() == {"pax8": 0}
    assert [(change.action, change.company_id, change.client_id) for change in receipt.changes] == [
        (Action.UNLINK, "c2", 2),
        (Action.UNLINK, "c4", 4),
        (Action.FORGET, "c1", 1),
        (Action.EDIT, None, 3),
    ]
    assert eventful.purge_integration("pax8", request) == receipt
    connect_again(eventful)
    assert len(eventful.client_rows("pax8")) == 4


def test_to_delete_and_to_undo_that_leaves_everything_as_it_was(eventful: DatabaseStore, engine: Engine) -> None:
    before = decided(engine)
    eventful.remove_integration("pax8", stamp())
    receipt = eventful.purge_integration("pax8", stamp())

    eventful.undo(receipt.batch, stamp())

    assert decided(engine) == before
    assert eventful.removed_integrations() == {"pax8": 2}


def test_ten_thousand_mappings_are_deleted_and_brought_back_in_seconds(store: DatabaseStore, engine: Engine) -> None:
    many = range(10_000)
    found = [(f"c{n}", n, "confident", 100.0, "Same name", 1) for n in many]
    refresh(store, fetched(many, [f"c{n}" for n in many]), found)
    before = decided(engine)
    store.remove_integration("pax8", stamp())
    began = time.monotonic()

    receipt = store.purge_integration("pax8", stamp())
    purged = decided(engine)
    store.undo(receipt.batch, stamp())

    assert time.monotonic() - began < 30
    assert purged["mapping"] == []
    assert decided(engine) == before
