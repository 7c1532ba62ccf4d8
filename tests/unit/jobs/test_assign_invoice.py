"""Picking the invoice that charges go to, on a real database; HaloPSA says what the test decides."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import EditSettings, Receipt, Stamp
from billingbot.domain.integration import Assignment
from billingbot.domain.invoice import Invoice, RecurringInvoice
from billingbot.errors import DecisionRefused, DomainError, NotFound, UpstreamUnavailable
from billingbot.jobs.assign_invoice import assign_invoice, remove_target
from tests.fakes import NOON
from tests.unit.jobs.conftest import Desk

OPEN = Invoice(
    invoice_id=41,
    client_id=1,
    number="INV-41",
    invoice_date=date(2026, 11, 1),
    client_name="Amber Dental",
    total=Decimal("12.50"),
    reference="",
    posted=False,
    voided=False,
    paid=False,
)
RECURRING = RecurringInvoice(
    recurring_invoice_id=-7,
    client_id=1,
    total=Decimal("99.00"),
    reference="",
    contract="",
    next_period=date(2026, 12, 1),
    disabled=False,
)


@pytest.fixture(autouse=True)
def lists(desk: Desk) -> None:
    desk.lists(["Amber Dental", "Birch Foods"], ["Zoo"])
    desk.refresh()
    desk.halo.invoice_rows = [OPEN]
    desk.halo.recurring_rows = [RECURRING]


def assign(
    desk: Desk, invoice_id: int, assignment: Assignment = Assignment.LAST, client_id: int = 1, version: int = 0
) -> Receipt:
    stamp = Stamp("request", "ann", NOON)
    return assign_invoice(desk.store, desk.halo, "pax8", client_id, assignment, invoice_id, version, stamp)


def test_an_open_invoice_becomes_the_target_and_nothing_else_changes(desk: Desk) -> None:
    before = desk.store.settings("pax8", 1)

    receipt = assign(desk, 41)

    assert desk.store.settings("pax8", 1) == replace(before, last_invoice_id=41, version=1)
    assert len(receipt.changes) == 1


def test_a_recurring_invoice_may_have_a_negative_id(desk: Desk) -> None:
    assign(desk, -7, Assignment.RECURRING)

    settings = desk.store.settings("pax8", 1)
    assert (settings.recurring_invoice_id, settings.last_invoice_id, settings.assignment) == (-7, None, None)


@pytest.mark.parametrize(
    ("meanwhile", "sentence"),
    [
        (replace(OPEN, posted=True), "invoice 41 cannot take charges. Posted"),
        (replace(OPEN, paid=True), "invoice 41 cannot take charges. Paid"),
        (replace(OPEN, voided=True), "invoice 41 cannot take charges. Voided"),
        (replace(OPEN, client_id=2), "invoice 41 belongs to another client, 2"),
    ],
    ids=["posted", "paid", "voided", "moved to another client"],
)
def test_an_invoice_that_changed_meanwhile_is_refused(desk: Desk, meanwhile: Invoice, sentence: str) -> None:
    desk.halo.invoice_rows = [meanwhile]

    with pytest.raises(DomainError, match=sentence):
        assign(desk, 41)

    assert desk.store.settings("pax8", 1).version == 0


def test_a_recurring_invoice_that_was_disabled_meanwhile_is_refused(desk: Desk) -> None:
    desk.halo.recurring_rows = [replace(RECURRING, disabled=True)]

    with pytest.raises(DomainError, match="recurring invoice -7 cannot take charges"):
        assign(desk, -7, Assignment.RECURRING)


def test_an_invoice_that_is_gone_is_refused(desk: Desk) -> None:
    desk.halo.invoice_rows = []

    with pytest.raises(NotFound, match="HaloPSA has no invoice 41 any more"):
        assign(desk, 41)


def test_the_id_of_an_invoice_is_not_looked_for_among_recurring_ones(desk: Desk) -> None:
    with pytest.raises(NotFound):
        assign(desk, 41, Assignment.RECURRING)


def test_new_invoices_have_no_target(desk: Desk) -> None:
    with pytest.raises(DomainError, match="nothing to pick"):
        assign(desk, 41, Assignment.NEW)


def test_nothing_is_saved_when_halopsa_is_down(desk: Desk) -> None:
    def fail() -> None:
        raise UpstreamUnavailable("No answer.", source="HaloPSA")

    desk.halo.before_answer = fail

    with pytest.raises(UpstreamUnavailable):
        assign(desk, 41)

    assert desk.store.settings("pax8", 1).version == 0


def test_a_change_between_reading_and_saving_is_not_overwritten(desk: Desk) -> None:
    def bob_is_faster() -> None:
        edit = EditSettings(1, 0, {Setting.LAST_INVOICE_ID: 40})
        desk.store.decide("pax8", [edit], Stamp("bob's", "bob", NOON))

    desk.halo.before_answer = bob_is_faster

    with pytest.raises(DecisionRefused) as refused:
        assign(desk, 41)

    [clash] = refused.value.clashes
    assert (clash.theirs, clash.mine) == ({"last_invoice_id": 40}, {"last_invoice_id": 41})
    assert desk.store.settings("pax8", 1).last_invoice_id == 40


def test_a_target_can_be_removed_without_asking_halopsa(desk: Desk) -> None:
    assign(desk, 41)

    remove_target(desk.store, "pax8", 1, Assignment.LAST, 1, Stamp("remove", "ann", NOON))

    assert desk.store.settings("pax8", 1).last_invoice_id is None
