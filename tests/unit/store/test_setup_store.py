"""Defaults of an integration and what holds for the MSP: changed with an audit row, refused when they are stale."""

import json

import pytest

from billingbot.domain.integration import Assignment
from billingbot.domain.product import ProductMode
from billingbot.errors import DecisionRefused, DomainError, InvalidSchedule, NotFound
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.unit.store.at_once import at_once
from tests.unit.store.decisions import select, stamp
from tests.unit.store.refreshes import MINUTE, NOON
from tests.unit.store.tables import counts

EDITS = "select actor, before, after from audit where entity = 'integration' and action = 'edit' order by audit_id"


def test_changed_defaults_come_back_and_leave_an_audit_row_of_what_changed(
    store: DatabaseStore, engine: Engine
) -> None:
    fields = {
        "threshold": 95,
        "guards": True,
        "assignment": Assignment.RECURRING,
        "drop_azure": True,
        "refresh_at": "06:30",
        "product_mode": ProductMode.DEFAULT_ITEM,
        "default_item_id": 7,
        "default_item": "Cloud",
    }

    edited = store.edit_integration("pax8", 1, fields, stamp())

    assert edited == store.integration("pax8")
    assert (edited.threshold, edited.assignment, edited.modifiers.drop_azure) == (95, Assignment.RECURRING, True)
    assert (edited.refresh_at, edited.product_mode) == ("06:30", ProductMode.DEFAULT_ITEM)
    assert (edited.default_item_id, edited.default_item, edited.version) == (7, "Cloud", 2)
    assert store.integration("twilio").threshold == 90
    [(actor, before, after)] = select(engine, EDITS)
    assert actor == "ann"
    assert json.loads(before) == {
        "threshold": 90,
        "assignment": "new",
        "drop_azure": False,
        "refresh_at": "",
        "product_mode": "ask",
        "default_item_id": None,
        "default_item": "",
    }
    assert json.loads(after) == {name: fields[name] for name in json.loads(before)}


def test_every_row_of_the_grid_counts_as_changed(store: DatabaseStore) -> None:
    before = store.revision()

    store.edit_integration("pax8", 1, {"drop_azure": True}, stamp())

    assert store.revision().all_rows > before.latest


def test_the_same_request_and_the_same_values_change_nothing(store: DatabaseStore, engine: Engine) -> None:
    request = stamp()
    store.edit_integration("pax8", 1, {"threshold": 95}, request)
    settled = counts(engine)

    assert store.edit_integration("pax8", 1, {"threshold": 95}, request).version == 2
    assert store.edit_integration("pax8", 1, {"threshold": 95}, stamp()).version == 2
    assert counts(engine) == settled


def test_defaults_that_somebody_else_changed_meanwhile_are_refused_with_both(
    store: DatabaseStore, engine: Engine
) -> None:
    store.edit_integration("pax8", 1, {"threshold": 95, "guards": False}, stamp("bob"))
    settled = counts(engine)

    with pytest.raises(DecisionRefused, match="defaults of Pax8 were changed by bob") as refused:
        store.edit_integration("pax8", 1, {"threshold": 85, "guards": False}, stamp())

    [clash] = refused.value.clashes
    assert (clash.version, clash.theirs, clash.mine) == (2, {"threshold": 95}, {"threshold": 85})
    assert counts(engine) == settled


def test_of_two_at_once_one_is_refused(store: DatabaseStore) -> None:
    results = at_once(
        lambda: store.edit_integration("pax8", 1, {"threshold": 95}, stamp("ann")),
        lambda: store.edit_integration("pax8", 1, {"threshold": 85}, stamp("bob")),
    )

    assert [isinstance(result, DecisionRefused) for result in results].count(True) == 1
    assert store.integration("pax8").version == 2


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"threshold": 101}, DomainError),
        ({"threshold": "90"}, DomainError),
        ({"key": "other"}, DomainError),
        ({"removed_at": None}, DomainError),
        ({"assignment": "never"}, ValueError),
        ({"refresh_at": "25:00"}, InvalidSchedule),
    ],
)
def test_what_is_no_default_is_refused(
    store: DatabaseStore, engine: Engine, fields: dict[str, object], error: type[Exception]
) -> None:
    settled = counts(engine)

    with pytest.raises(error):
        store.edit_integration("pax8", 1, fields, stamp())

    assert counts(engine) == settled


def test_the_defaults_of_what_nobody_configured_cannot_be_changed(store: DatabaseStore) -> None:
    with pytest.raises(NotFound, match="nobody"):
        store.edit_integration("nobody", 1, {"threshold": 95}, stamp())


def test_when_the_daily_time_was_set_is_remembered(store: DatabaseStore) -> None:
    assert store.refresh_set_at("pax8") is None

    edited = store.edit_integration("pax8", 1, {"refresh_at": "06:30"}, stamp(at=NOON))
    store.edit_integration("pax8", edited.version, {"threshold": 95}, stamp(at=NOON + MINUTE))

    assert store.refresh_set_at("pax8") == NOON


def test_a_setting_is_kept_and_recorded_once(store: DatabaseStore, engine: Engine) -> None:
    assert store.setting("setup") == ""

    store.save_setting("setup", "halo", stamp())
    store.save_setting("setup", "halo", stamp())
    store.save_setting("setup", "done", stamp())

    assert store.setting("setup") == "done"
    found = select(engine, "select before, after from audit where entity = 'setting' order by audit_id")
    assert [[json.loads(text)["value"] for text in row] for row in found] == [["", "halo"], ["halo", "done"]]


def test_a_new_time_zone_counts_as_setting_all_daily_times(store: DatabaseStore) -> None:
    store.edit_integration("pax8", 1, {"refresh_at": "06:30"}, stamp(at=NOON))

    store.save_setting("time_zone", "Asia/Tokyo", stamp(at=NOON + MINUTE))

    assert store.refresh_set_at("pax8") == NOON + MINUTE
    assert store.refresh_set_at("twilio") is None


def test_an_unknown_time_zone_is_refused(store: DatabaseStore) -> None:
    with pytest.raises(InvalidSchedule):
        store.save_setting("time_zone", "Mars/Olympus", stamp())

    assert store.setting("time_zone") == ""
