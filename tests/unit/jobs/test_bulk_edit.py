"""Bulk edit: the plan says what will change before it does, and nothing else changes."""

from collections.abc import Mapping
from dataclasses import astuple
from random import Random

import pandas as pd
import pytest

from billingbot.domain.client_settings import Setting, SettingValue
from billingbot.domain.decision import EditSettings, LinkCompany, Stamp, UnlinkCompany
from billingbot.domain.integration import Assignment, Integration, Modifiers
from billingbot.errors import DecisionRefused
from billingbot.jobs.bulk_edit import BulkEdit, BulkPlan, bulk_edit, plan_bulk_edit
from billingbot.jobs.client_values import MODIFIERS, FieldChange
from billingbot.jobs.decide import edit_client
from tests.fakes import NOON
from tests.unit.jobs.conftest import Desk
from tests.unit.ui.client_rows import client_rows

CLIENTS = ("Ash Dental", "Birch Foods", "Cedar Legal")


@pytest.fixture
def three(desk: Desk) -> Desk:
    """A desk with three clients that nobody has decided anything about."""
    desk.lists(CLIENTS, ["Unrelated Widgets", "Zebra Traders"])
    desk.refresh()
    return desk


def stamp(request: str = "b1", actor: str = "ann") -> Stamp:
    return Stamp(request, actor, NOON)


def decide(desk: Desk, client_id: int, fields: Mapping[Setting, SettingValue]) -> None:
    version = desk.store.settings("pax8", client_id).version
    edit_client(desk.store, "pax8", client_id, version, fields, stamp(f"before-{client_id}-{version}", "bob"))


def plan(desk: Desk, fields: Mapping[Setting, SettingValue], *, unlink: bool = False) -> BulkPlan:
    return plan_bulk_edit(desk.store.client_rows("pax8"), desk.store.integrations()[0], BulkEdit(fields, unlink))


def carry_out(desk: Desk, made: BulkPlan) -> None:
    bulk_edit(desk.store, "pax8", made, stamp())


def test_nothing_wanted_changes_nothing(three: Desk) -> None:
    assert plan(three, {}) == BulkPlan((), (), 0, 3, 0, 0, 0)


def test_only_clients_that_differ_change(three: Desk) -> None:
    decide(three, 2, {Setting.EXCLUDED: True})

    made = plan(three, {Setting.EXCLUDED: True})

    assert (made.changing, made.unchanged) == (2, 1)
    assert made.changes == (
        FieldChange(1, "Ash Dental", Setting.EXCLUDED, False, True),
        FieldChange(3, "Cedar Legal", Setting.EXCLUDED, False, True),
    )
    assert made.decisions == (
        EditSettings(1, 0, {Setting.EXCLUDED: True}),
        EditSettings(3, 0, {Setting.EXCLUDED: True}),
    )


def test_a_plan_is_carried_out_as_one_batch_that_is_undone_as_one(three: Desk) -> None:
    decide(three, 1, {Setting.ASSIGNMENT: Assignment.LAST, Setting.LAST_INVOICE_ID: 412})
    before = [three.store.settings("pax8", client_id).values() for client_id in (1, 2, 3)]

    carry_out(three, plan(three, {Setting.ASSIGNMENT: Assignment.RECURRING, Setting.EXCLUDED: True}))

    rows = three.store.client_rows("pax8")
    assert rows["assignment"].tolist() == ["recurring"] * 3
    assert rows["excluded"].tolist() == [True] * 3
    assert three.store.settings("pax8", 1).last_invoice_id == 412

    three.store.undo("b1", stamp("b2"))

    assert [three.store.settings("pax8", client_id).values() for client_id in (1, 2, 3)] == before


def test_the_default_assignment_is_not_the_same_as_deciding_it(three: Desk) -> None:
    decide(three, 1, {Setting.ASSIGNMENT: Assignment.NEW})

    assert plan(three, {Setting.ASSIGNMENT: None}).changes == (
        FieldChange(1, "Ash Dental", Setting.ASSIGNMENT, Assignment.NEW, None),
    )
    assert plan(three, {Setting.ASSIGNMENT: Assignment.NEW}).changing == 2


def test_clients_without_a_target_afterwards_are_counted(three: Desk) -> None:
    decide(three, 1, {Setting.LAST_INVOICE_ID: 412})
    decide(three, 2, {Setting.EXCLUDED: True})

    assert plan(three, {Setting.ASSIGNMENT: Assignment.LAST}).without_target == 1
    assert plan(three, {Setting.ASSIGNMENT: Assignment.RECURRING}).without_target == 2
    assert plan(three, {Setting.ASSIGNMENT: Assignment.LAST, Setting.EXCLUDED: True}).without_target == 0
    assert plan(three, {Setting.ASSIGNMENT: Assignment.NEW}).without_target == 0


def test_an_inherited_assignment_needs_a_target_too() -> None:
    lasting = Integration("pax8", "Pax8", assignment=Assignment.LAST)

    assert (
        plan_bulk_edit(row_of_a_client(Modifiers()), lasting, BulkEdit({Setting.EXCLUDED: False})).without_target == 1
    )


def test_modifiers_are_set_where_global_setting_is_off_and_left_where_it_is_on(three: Desk) -> None:
    decide(three, 1, {Setting.USE_GLOBAL: False})

    made = plan(three, {Setting.DROP_AZURE: True})

    assert made.decisions == (EditSettings(1, 1, {Setting.DROP_AZURE: True}),)
    assert (made.modifiers_ignored, made.changing, made.unchanged) == (2, 1, 2)


def test_leaving_global_setting_keeps_what_is_in_force() -> None:
    pax8 = Integration("pax8", "Pax8", modifiers=Modifiers(drop_azure=True, drop_zero_dollar=True))

    made = plan_bulk_edit(
        row_of_a_client(pax8.modifiers), pax8, BulkEdit({Setting.USE_GLOBAL: False, Setting.DROP_ZERO_DOLLAR: False})
    )

    assert made.decisions == (
        EditSettings(
            1,
            0,
            {
                Setting.USE_GLOBAL: False,
                Setting.DROP_AZURE: True,
                Setting.COLLAPSE_AZURE: False,
                Setting.DROP_FAVORABLE_PRORATES: False,
                Setting.DROP_ZERO_DOLLAR: False,
            },
        ),
    )
    assert [(change.setting, change.after) for change in made.changes] == [
        (Setting.USE_GLOBAL, False),
        (Setting.DROP_ZERO_DOLLAR, False),
    ]


def test_going_back_to_global_setting_says_what_that_does_to_the_modifiers(three: Desk) -> None:
    decide(three, 1, {Setting.USE_GLOBAL: False, Setting.DROP_AZURE: True})

    made = plan(three, {Setting.USE_GLOBAL: True})

    assert made.decisions == (EditSettings(1, 1, {Setting.USE_GLOBAL: True}),)
    assert [(change.setting, change.before, change.after) for change in made.changes] == [
        (Setting.USE_GLOBAL, False, True),
        (Setting.DROP_AZURE, True, False),
    ]


def test_dropping_and_collapsing_azure_lines_is_counted_also_when_one_of_them_was_there(three: Desk) -> None:
    decide(three, 1, {Setting.USE_GLOBAL: False, Setting.COLLAPSE_AZURE: True})
    decide(three, 2, {Setting.USE_GLOBAL: False})

    assert plan(three, {Setting.DROP_AZURE: True}).drop_and_collapse == 1
    assert plan(three, {Setting.DROP_AZURE: True, Setting.COLLAPSE_AZURE: True}).drop_and_collapse == 2
    assert plan(three, {Setting.USE_GLOBAL: True}).drop_and_collapse == 0


def test_unlinking_takes_all_companies_and_remembers_the_pairs(three: Desk) -> None:
    links = [LinkCompany("c1", 1), LinkCompany("c2", 1)]
    three.store.decide("pax8", links, stamp("b0"))

    made = plan(three, {}, unlink=True)

    assert made.decisions == (UnlinkCompany("c1", 1), UnlinkCompany("c2", 1))
    assert made.changes == (FieldChange(1, "Ash Dental", None, "Unrelated Widgets · Zebra Traders", ""),)
    assert (made.changing, made.unchanged) == (1, 2)

    carry_out(three, made)

    assert three.links() == set()
    assert len(three.store.rejected_pairs("pax8")) == 2


def test_a_client_that_somebody_changed_meanwhile_stops_all_of_it(three: Desk) -> None:
    made = plan(three, {Setting.EXCLUDED: True})
    decide(three, 2, {Setting.LAST_INVOICE_ID: 7})

    with pytest.raises(DecisionRefused) as refused:
        carry_out(three, made)

    assert [clash.client_id for clash in refused.value.clashes] == [2]
    assert not three.store.client_rows("pax8")["excluded"].any()

    carry_out(three, plan(three, {Setting.EXCLUDED: True}))

    assert three.store.client_rows("pax8")["excluded"].all()
    assert three.store.settings("pax8", 2).last_invoice_id == 7


def test_after_a_plan_was_carried_out_nothing_of_it_is_left_to_do(three: Desk) -> None:
    random = Random(7)  # noqa: S311
    choices = {setting: [True, False] for setting in (*MODIFIERS, Setting.EXCLUDED, Setting.USE_GLOBAL)}
    for round_number in range(25):
        fields: dict[Setting, SettingValue] = {
            setting: random.choice(values) for setting, values in choices.items() if random.random() < 0.5
        }
        if random.random() < 0.5:
            fields[Setting.ASSIGNMENT] = random.choice([None, *Assignment])
        made = plan(three, fields)

        bulk_edit(three.store, "pax8", made, stamp(f"round-{round_number}"))

        assert plan(three, fields).changes == ()
        assert plan(three, fields).decisions == ()


def row_of_a_client(modifiers: Modifiers) -> pd.DataFrame:
    """Return the row of client 1, about which nobody has decided anything, under an integration's modifiers."""
    return client_rows(
        {"company_ids": "", "use_global": True, "version": 0, **dict(zip(MODIFIERS, astuple(modifiers), strict=True))}
    )
