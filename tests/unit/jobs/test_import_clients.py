"""Importing an edited file: what changes, what is refused and why, and that it is one batch."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from billingbot.domain.client_settings import Setting, SettingValue
from billingbot.domain.decision import Decision, EditSettings, LinkCompany, Stamp, UnlinkCompany
from billingbot.domain.integration import Assignment
from billingbot.domain.invoice import Invoice, RecurringInvoice
from billingbot.domain.party import Client, Company
from billingbot.errors import DecisionRefused, DomainError
from billingbot.jobs.client_values import FieldChange
from billingbot.jobs.import_clients import apply_import
from billingbot.jobs.plan_import import ImportPlan
from tests.fakes import NOON
from tests.unit.jobs.conftest import Desk
from tests.unit.jobs.import_files import exported_file, review
from tests.unit.store.refreshes import fetched, refresh

CLIENTS = ("Ash Dental", "Birch Foods", "Cedar Legal", "Dogwood Motors")


@pytest.fixture
def linked(desk: Desk) -> Desk:
    """A desk where c1 is client 1's and c2 client 2's, and c3 and c4 are free."""
    desk.lists(CLIENTS, ["Ash Ltd", "Birch Ltd", "Cedar Ltd", "Other Ltd"])
    refresh(desk.store, fetched(desk.halo.rows, desk.pax8.rows))
    decide(desk, LinkCompany("c1", 1), LinkCompany("c2", 2))
    return desk


def decide(desk: Desk, *decisions: Decision, actor: str = "ann") -> None:
    decide.number += 1  # type: ignore[attr-defined]
    desk.store.decide("pax8", decisions, Stamp(f"d{decide.number}", actor, NOON))  # type: ignore[attr-defined]


decide.number = 0  # type: ignore[attr-defined]


def invoice(invoice_id: int, client_id: int, *, posted: bool = False) -> Invoice:
    return Invoice(
        invoice_id, client_id, "INV", date(2026, 11, 1), "", Decimal(0), "", posted, voided=False, paid=False
    )


def recurring(invoice_id: int, client_id: int) -> RecurringInvoice:
    return RecurringInvoice(invoice_id, client_id, Decimal(0), "", "", None, disabled=False)


def apply(desk: Desk, plan: ImportPlan, request: str = "i1") -> None:
    apply_import(desk.store, "pax8", plan, Stamp(request, "ann", NOON))


def whys(plan: ImportPlan) -> list[tuple[int, str]]:
    return [(row.number, row.why) for row in plan.refused]


def settings(desk: Desk, client_id: int) -> Mapping[Setting, SettingValue]:
    return desk.store.settings("pax8", client_id).values()


def test_settings_are_changed_as_they_stand_in_the_file(linked: Desk) -> None:
    file = exported_file(linked)
    file.edit(1, Assignment="Last", Exclude="yes")
    file.edit(3, Assignment="recurring")

    plan = review(linked, file.content())

    assert plan.changes == (
        FieldChange(1, "Ash Dental", Setting.ASSIGNMENT, None, Assignment.LAST),
        FieldChange(1, "Ash Dental", Setting.EXCLUDED, False, True),
        FieldChange(3, "Cedar Legal", Setting.ASSIGNMENT, None, Assignment.RECURRING),
    )
    assert (plan.clients, plan.unchanged, plan.refused) == (2, 2, ())

    apply(linked, plan)

    assert settings(linked, 1)[Setting.ASSIGNMENT] is Assignment.LAST
    assert settings(linked, 1)[Setting.EXCLUDED] is True
    assert review(linked, exported_file(linked).content()).changes == ()


def test_an_import_is_undone_as_one(linked: Desk) -> None:
    links, before = linked.links(), [settings(linked, client_id) for client_id in (1, 2, 3, 4)]
    file = exported_file(linked)
    file.edit(1, Assignment="Last", Company_Ids="")
    file.edit(2, Company_Ids="c2 c3", Exclude="TRUE")
    apply(linked, review(linked, file.content()))
    assert linked.links() == {("c2", 2), ("c3", 2)}

    linked.store.undo("i1", Stamp("i2", "ann", NOON))

    assert linked.links() == links
    assert [settings(linked, client_id) for client_id in (1, 2, 3, 4)] == before


def test_companies_are_linked_and_unlinked(linked: Desk) -> None:
    file = exported_file(linked)
    file.edit(1, Company_Ids="")
    file.edit(2, Company_Ids=" c4  c2 ")

    plan = review(linked, file.content())

    assert plan.decisions == (UnlinkCompany("c1", 1), LinkCompany("c4", 2))
    assert [(change.client, change.before, change.after) for change in plan.changes] == [
        ("Ash Dental", "Ash Ltd", ""),
        ("Birch Foods", "Birch Ltd", "Birch Ltd · Other Ltd"),
    ]

    apply(linked, plan)

    assert linked.links() == {("c2", 2), ("c4", 2)}


def test_companies_change_hands_within_one_import(linked: Desk) -> None:
    file = exported_file(linked)
    file.edit(1, Company_Ids="c2")
    file.edit(2, Company_Ids="c1")

    apply(linked, review(linked, file.content()))

    assert linked.links() == {("c2", 1), ("c1", 2)}


def test_a_company_that_another_client_keeps_is_refused(linked: Desk) -> None:
    file = exported_file(linked)
    file.edit(3, Company_Ids="c1")

    plan = review(linked, file.content())

    assert whys(plan) == [(4, "Ash Ltd is linked to Ash Dental.")]
    assert (plan.decisions, plan.unchanged) == ((), 3)


def test_a_company_is_not_taken_from_a_client_whose_own_row_is_refused(linked: Desk) -> None:
    file = exported_file(linked)
    file.edit(1, Company_Ids="c99")
    file.edit(2, Company_Ids="c1")
    file.edit(3, Company_Ids="c2")

    plan = review(linked, file.content())

    assert whys(plan) == [
        (2, "Pax8 lists no company c99."),
        (3, "Ash Ltd is linked to Ash Dental."),
        (4, "Birch Ltd is linked to Birch Foods."),
    ]
    assert plan.decisions == ()


def test_a_company_that_two_rows_want_goes_to_none(linked: Desk) -> None:
    file = exported_file(linked)
    file.edit(1, Company_Ids="c1 c3")
    file.edit(3, Company_Ids="c3")

    why = "Cedar Ltd is wanted by 2 rows; a company has one client."

    assert whys(review(linked, file.content())) == [(2, why), (4, why)]


def test_a_company_or_client_that_is_gone_is_refused(linked: Desk) -> None:
    refresh(
        linked.store,
        fetched([Client(1, CLIENTS[0]), Client(2, CLIENTS[1]), Client(4, CLIENTS[3])], ["c1", "c2", "c4"], [3], ["c3"]),
        run_id="r2",
    )
    file = exported_file(linked)
    file.edit(3, Company_Ids="c4")
    file.edit(4, Company_Ids="c3")

    assert whys(review(linked, file.content())) == [
        (4, "HaloPSA does not list this client any more: it gets no company."),
        (5, "Pax8 lists no company c3."),
    ]


def test_a_company_that_is_gone_changes_hands_no_more_but_can_be_given_up(linked: Desk) -> None:
    refresh(linked.store, fetched(linked.halo.rows, linked.pax8.rows[2:], gone_companies=["c1", "c2"]), run_id="r2")
    file = exported_file(linked)
    file.edit(1, Company_Ids="")
    file.edit(3, Company_Ids="c1")

    plan = review(linked, file.content())

    assert whys(plan) == [(4, "Pax8 lists no company c1.")]
    apply(linked, plan)
    assert linked.links() == {("c2", 2)}


def test_the_rules_of_a_client_that_is_gone_can_be_changed(linked: Desk) -> None:
    refresh(linked.store, fetched(linked.halo.rows[:3], linked.pax8.rows, gone_clients=[4]), run_id="r2")
    file = exported_file(linked)
    file.edit(4, Exclude="TRUE")

    apply(linked, review(linked, file.content()))

    assert settings(linked, 4)[Setting.EXCLUDED] is True


def test_a_row_of_an_unknown_client_is_refused(linked: Desk) -> None:
    file = exported_file(linked)
    file.edit(4, Exclude="TRUE", Halo_Id="77")

    assert whys(review(linked, file.content())) == [(5, "HaloPSA has no client 77.")]


def test_a_row_under_another_name_has_slipped(linked: Desk) -> None:
    file = exported_file(linked)
    file.edit(1, Halo_Client="Birch Foods", Exclude="TRUE")
    file.edit(2, Halo_Client="  Birch \r\n Foods ", Exclude="TRUE")

    plan = review(linked, file.content())

    assert whys(plan) == [(2, "Client 1 is “Ash Dental” here. The row may have slipped; names are changed in HaloPSA.")]
    assert [change.client_id for change in plan.changes] == [2]


def test_a_row_that_was_changed_here_since_the_export_is_refused(linked: Desk) -> None:
    file = exported_file(linked)
    decide(linked, EditSettings(1, 0, {Setting.LAST_INVOICE_ID: 5}), actor="bob")
    decide(linked, EditSettings(2, 0, {Setting.EXCLUDED: True}), actor="bob")
    file.edit(1, Exclude="TRUE")
    file.edit(2, Exclude="TRUE")

    plan = review(linked, file.content())

    assert whys(plan) == [
        (2, "Changed here since the export, last by bob, or its Row Check is not its own. Export it again."),
    ]
    assert plan.unchanged == 3


@pytest.mark.parametrize("check", ["", "r0000000000", "1.23E+10"])
def test_a_row_whose_check_was_damaged_is_refused_when_it_asks_for_something(linked: Desk, check: str) -> None:
    file = exported_file(linked)
    file.edit(1, Row_Check=check)
    file.edit(2, Row_Check=check, Exclude="TRUE")

    plan = review(linked, file.content())

    assert [number for number, _ in whys(plan)] == [3]
    assert (plan.unchanged, plan.changes) == (3, ())


def test_a_row_that_nobody_edited_asks_for_nothing_even_if_its_client_has_changed_since(linked: Desk) -> None:
    file = exported_file(linked)
    decide(linked, EditSettings(1, 0, {Setting.EXCLUDED: True}), UnlinkCompany("c2", 2), actor="bob")

    plan = review(linked, file.content())

    assert (plan.changes, plan.refused, plan.unchanged) == ((), (), 4)


def test_values_that_slipped_to_another_client_are_refused_even_if_both_stand_alike(linked: Desk) -> None:
    file = exported_file(linked)
    file.edit(3, Exclude="TRUE")
    own, other = file.row(3), file.row(4)
    own[:3], other[:3] = other[:3], own[:3]

    plan = review(linked, file.content())

    assert [number for number, _ in whys(plan)] == [4]
    assert plan.changes == ()


def test_modifiers_are_bound_while_global_setting_is_on(linked: Desk) -> None:
    file = exported_file(linked)
    file.edit(1, Drop_Azure_Lines="TRUE")
    file.edit(2, Drop_Azure_Lines="TRUE", Global_Setting="FALSE")

    plan = review(linked, file.content())

    assert whys(plan) == [
        (2, "With Global Setting on, the modifiers are those of Pax8. Set Global Setting to FALSE as well.")
    ]

    apply(linked, plan)

    assert linked.store.settings("pax8", 2).effective_modifiers(linked.store.integrations()[0]).drop_azure
    assert settings(linked, 2)[Setting.USE_GLOBAL] is False


def test_own_modifiers_are_changed_and_given_up(linked: Desk) -> None:
    own = {Setting.USE_GLOBAL: False, Setting.DROP_AZURE: True}
    decide(linked, EditSettings(1, 0, own), EditSettings(2, 0, own), EditSettings(3, 0, own))
    file = exported_file(linked)
    file.edit(1, Drop_Zero_Dollar_Lines="TRUE")
    file.edit(2, Global_Setting="TRUE")
    file.edit(3, Global_Setting="TRUE", Drop_Azure_Lines="FALSE")

    plan = review(linked, file.content())

    assert plan.decisions == (
        EditSettings(1, 1, {Setting.DROP_ZERO_DOLLAR: True}),
        EditSettings(2, 1, {Setting.USE_GLOBAL: True}),
    )
    assert [(change.client_id, change.setting, change.after) for change in plan.changes] == [
        (1, Setting.DROP_ZERO_DOLLAR, True),
        (2, Setting.USE_GLOBAL, True),
        (2, Setting.DROP_AZURE, False),
    ]
    assert [number for number, _ in whys(plan)] == [4]


def test_a_changed_target_is_read_from_halo_before_it_is_believed(linked: Desk) -> None:
    linked.halo.invoice_rows = [invoice(10, 1), invoice(11, 2, posted=True), invoice(12, 4)]
    linked.halo.recurring_rows = [recurring(-10, 1)]
    file = exported_file(linked)
    file.set(1, "Last (# Invoice)", "10")
    file.set(1, "Recurring (# Invoice)", "-10")
    file.set(2, "Last (# Invoice)", "11")
    file.set(3, "Last (# Invoice)", "12")
    file.set(4, "Recurring (# Invoice)", "99")

    plan = review(linked, file.content())

    assert whys(plan) == [
        (
            3,
            "HaloPSA says that invoice 11 cannot take charges. Posted: HaloPSA does not change it any more.",
        ),
        (4, "HaloPSA says that invoice 12 belongs to another client, 4."),
        (5, "HaloPSA has no recurring invoice 99 any more."),
    ]

    apply(linked, plan)

    assert settings(linked, 1)[Setting.LAST_INVOICE_ID] == 10
    assert settings(linked, 1)[Setting.RECURRING_INVOICE_ID] == -10


def test_a_target_is_removed_and_an_unchanged_one_kept_without_asking_halo(linked: Desk) -> None:
    decide(linked, EditSettings(1, 0, {Setting.LAST_INVOICE_ID: 5}), EditSettings(2, 0, {Setting.LAST_INVOICE_ID: 6}))
    linked.halo.before_answer = pytest.fail
    file = exported_file(linked)
    file.set(1, "Last (# Invoice)", "")
    file.edit(2, Exclude="TRUE")

    plan = review(linked, file.content())

    assert plan.decisions == (
        EditSettings(1, 1, {Setting.LAST_INVOICE_ID: None}),
        EditSettings(2, 1, {Setting.EXCLUDED: True}),
    )


def test_rows_that_are_refused_keep_their_order_and_the_rest_is_applied(linked: Desk) -> None:
    file = exported_file(linked)
    file.edit(1, Exclude="maybe")
    file.edit(2, Company_Ids="c2 c99")
    file.edit(3, Halo_Id="77")
    file.edit(4, Exclude="TRUE")

    plan = review(linked, file.content())

    assert [number for number, _ in whys(plan)] == [2, 3, 4]

    apply(linked, plan)

    assert settings(linked, 4)[Setting.EXCLUDED] is True
    assert linked.links() == {("c1", 1), ("c2", 2)}


def test_a_file_of_another_integration_is_refused_as_a_whole(linked: Desk) -> None:
    file = exported_file(linked)
    for client_id in (1, 2, 3, 4):
        file.edit(client_id, Integration="Twilio")

    with pytest.raises(DomainError, match="The file is of Twilio, not of Pax8"):
        review(linked, file.content())


def test_a_single_row_of_another_integration_is_refused(linked: Desk) -> None:
    file = exported_file(linked)
    file.edit(2, Integration="Twilio", Exclude="TRUE")

    assert whys(review(linked, file.content())) == [(3, "The row is of Twilio, not of Pax8.")]


def test_nothing_is_applied_when_something_was_decided_after_the_review(linked: Desk) -> None:
    file = exported_file(linked)
    file.edit(1, Exclude="TRUE")
    file.edit(3, Company_Ids="c3")
    plan = review(linked, file.content())
    decide(linked, LinkCompany("c3", 4), actor="bob")

    with pytest.raises(DecisionRefused, match="Cedar Ltd"):
        apply(linked, plan)

    assert settings(linked, 1)[Setting.EXCLUDED] is False

    again = review(linked, file.content())

    assert whys(again) == [(4, "Cedar Ltd is linked to Dogwood Motors.")]
    apply(linked, again)
    assert settings(linked, 1)[Setting.EXCLUDED] is True


def test_a_client_with_several_companies_is_named_with_all_of_them(linked: Desk) -> None:
    refresh(linked.store, fetched(linked.halo.rows, [*linked.pax8.rows[:3], Company("c4", "A · B")]), run_id="r2")
    decide(linked, LinkCompany("c4", 1))
    file = exported_file(linked)
    file.edit(1, Company_Ids="c1 c4 c3")

    (change,) = review(linked, file.content()).changes

    # A name that holds the sign that joins names cannot be told from two names: ids stand for both then.
    assert (change.before, change.after) == ("A · B · Ash Ltd", "Cedar Ltd · c1 · c4")


def test_after_an_import_the_same_file_asks_for_nothing_more(linked: Desk) -> None:
    random = Random(3)  # noqa: S311
    decide(linked, *(EditSettings(client_id, 0, {Setting.USE_GLOBAL: False}) for client_id in (1, 2, 3, 4)))
    cells = {
        "Company Ids": ["", "c1", "c2", "c3", "c4", "c3 c4", "c1 c2", "c9"],
        "Assignment": ["Default", "New", "Last", "Recurring", "Never"],
        "Last (# Invoice)": ["", "10", "11"],
        "Exclude": ["TRUE", "FALSE"],
        "Drop Azure Lines": ["TRUE", "FALSE"],
    }
    linked.halo.invoice_rows = [invoice(10, 1), invoice(11, 2)]
    applied = 0
    for round_number in range(25):
        file = exported_file(linked)
        for client_id in (1, 2, 3, 4):
            for heading in random.sample(list(cells), 2):
                file.set(client_id, heading, random.choice(cells[heading]))
        plan = review(linked, file.content())
        # Each row stands in one place, and what is decided is what was shown.
        assert plan.clients + len(plan.refused) + plan.unchanged == 4
        assert {change.client_id for change in plan.changes} == {decision.client_id for decision in plan.decisions}

        apply(linked, plan, f"round-{round_number}")

        again = review(linked, file.content())
        assert again.changes == ()
        assert again.unchanged >= plan.clients
        applied += plan.clients
    assert applied > 25
