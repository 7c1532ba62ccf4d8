"""Why a client's charges cannot be sent, and what to do about it."""

from decimal import Decimal

import pytest

from billingbot.domain.integration import Assignment
from billingbot.domain.ledger import SentState
from billingbot.domain.plan import PlanAction
from billingbot.domain.target import TargetKind
from billingbot.errors import UpstreamUnavailable
from tests.unit.jobs.billing_desk import (
    ACME,
    BIRCH,
    CEDAR,
    LONG,
    BillingDesk,
    foreign,
    lost_before_it_arrived,
    rejected,
    seats,
    unreachable,
)
from tests.unit.jobs.conftest import Desk
from tests.unit.store.statements import OCTOBER


@pytest.fixture
def billing(desk: Desk) -> BillingDesk:
    billing = BillingDesk(desk)
    billing.charge(seats("a", ACME))
    return billing


def refusal(billing: BillingDesk, client_id: int = ACME) -> str:
    planned = billing.planned(client_id)
    assert (planned.action, bool(planned.refusal)) == (PlanAction.REFUSED, True)
    assert not planned.writes
    return planned.refusal


@pytest.mark.parametrize(
    ("assignment", "what"), [(Assignment.LAST, "invoice"), (Assignment.RECURRING, "recurring invoice")]
)
def test_no_target_is_picked(billing: BillingDesk, assignment: Assignment, what: str) -> None:
    billing.assign(ACME, assignment)

    assert refusal(billing) == f"No {what} is picked for this client. Pick one with Assign Invoice."


@pytest.mark.parametrize("assignment", [Assignment.LAST, Assignment.RECURRING])
def test_the_target_is_gone(billing: BillingDesk, assignment: Assignment) -> None:
    billing.assign(ACME, assignment, invoice_id=40, recurring_id=40)

    assert "40 any more. Pick another one." in refusal(billing)


@pytest.mark.parametrize("reason", ["Posted.", "Paid."])
def test_the_target_cannot_take_charges_any_more(billing: BillingDesk, reason: str) -> None:
    billing.invoice(40, ACME, refusal=reason)
    billing.assign(ACME, Assignment.LAST, invoice_id=40)

    assert refusal(billing) == f"N-40: {reason}"


def test_the_target_is_voided(billing: BillingDesk) -> None:
    billing.invoice(40, ACME, refusal="Voided.", voided=True)
    billing.assign(ACME, Assignment.LAST, invoice_id=40)

    assert refusal(billing) == "N-40: Voided."


def test_the_target_was_voided_after_charges_were_sent_to_it(billing: BillingDesk) -> None:
    billing.invoice(40, ACME)
    billing.assign(ACME, Assignment.LAST, invoice_id=40)
    billing.bill()
    billing.halo.void(40)

    assert refusal(billing) == "N-40: Voided."
    assert billing.planned(ACME).notes == ("It was sent to N-40, which is voided or gone in HaloPSA now.",)


def test_the_recurring_invoice_is_disabled(billing: BillingDesk) -> None:
    billing.recurring(50, ACME, refusal="Disabled.")
    billing.assign(ACME, Assignment.RECURRING, recurring_id=50)

    assert refusal(billing) == "N-50: Disabled."


def test_what_is_on_a_posted_invoice_already_is_unchanged_and_changes_are_refused(billing: BillingDesk) -> None:
    billing.bill()
    billing.halo.change(TargetKind.INVOICE, 9001, refusal="Posted.")

    assert billing.planned(ACME).action is PlanAction.UNCHANGED

    billing.recharge("a", price=Decimal(1))
    assert refusal(billing) == "INV-009001: Posted."


def test_the_target_belongs_to_another_client(billing: BillingDesk) -> None:
    billing.invoice(40, BIRCH)
    billing.assign(ACME, Assignment.LAST, invoice_id=40)

    assert refusal(billing) == "N-40 belongs to another client now."


def test_a_product_has_no_item(billing: BillingDesk) -> None:
    names = ["Backup", "Mail", "Phone", "VPN"]
    billing.charge(*(seats(name, ACME, product=name, sku=name) for name in names))

    assert refusal(billing) == "No HaloPSA item for Backup, Mail and 2 more. Map it on the Products page."


def test_charges_are_in_two_currencies(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), seats("b", ACME, currency="EUR"))

    assert refusal(billing) == "Charges in EUR and USD: an invoice has one currency."


def test_the_target_is_in_another_currency(billing: BillingDesk) -> None:
    billing.invoice(40, ACME, currency="CAD")
    billing.assign(ACME, Assignment.LAST, invoice_id=40)

    assert refusal(billing) == "N-40 is in CAD, the charges are in USD."


def test_a_target_that_names_no_currency_takes_any(billing: BillingDesk) -> None:
    billing.recurring(50, ACME, currency="")
    billing.assign(ACME, Assignment.RECURRING, recurring_id=50)

    assert billing.planned(ACME).action is PlanAction.APPEND


def test_do_not_invoice_is_on(billing: BillingDesk) -> None:
    billing.exclude(ACME)

    assert refusal(billing) == "Do Not Invoice is on."


def test_do_not_invoice_takes_back_what_was_sent(billing: BillingDesk) -> None:
    billing.bill()
    billing.exclude(ACME)

    planned = billing.planned(ACME)
    assert (planned.action, planned.total) == (PlanAction.UPDATE, Decimal(0))
    assert planned.asks == ("Everything that was sent is taken back.",)

    billing.bill()
    assert billing.planned(ACME).action is PlanAction.UNCHANGED


def test_the_client_is_gone(billing: BillingDesk) -> None:
    billing.desk.halo.rows = [row for row in billing.halo.rows if row.client_id != ACME]
    billing.desk.refresh()

    assert refusal(billing) == "The client is gone in HaloPSA."


def test_a_client_without_charges_is_gone_too(billing: BillingDesk) -> None:
    billing.bill()
    billing.charge(seats("b", BIRCH))
    billing.halo.rows = [row for row in billing.halo.rows if row.client_id != ACME]
    billing.desk.refresh()

    assert refusal(billing) == "The client is gone in HaloPSA."


def test_no_charge_is_left(billing: BillingDesk) -> None:
    billing.configure(drop_zero_dollar=True)
    billing.charge(seats("a", ACME, "0"))

    assert refusal(billing) == "No charge is left to bill."


def test_a_later_month_is_on_the_recurring_invoice(billing: BillingDesk) -> None:
    billing.recurring(50, ACME)
    billing.assign(ACME, Assignment.RECURRING, recurring_id=50)
    billing.bill()
    billing.charge(seats("o", ACME), period=OCTOBER)

    planned = billing.planned(ACME, OCTOBER)

    assert planned.refusal == "The charges of 2026-11, a later month, are on N-50 already."


def test_an_earlier_sending_is_open_while_somebody_sends(billing: BillingDesk) -> None:
    billing.halo.happenings["create_invoice"] = lost_before_it_arrived
    billing.halo.happenings["invoice_referred"] = unreachable
    billing.bill()
    assert billing.entries(ACME)[0].state is SentState.UNKNOWN
    billing.halo.happenings.clear()
    lease = billing.store.take_send_lease("pax8", "bob", LONG)

    assert "not known yet whether an earlier sending arrived" in refusal(billing)

    billing.store.release_send_lease(lease)
    assert billing.planned(ACME).action is PlanAction.CREATE
    assert billing.entries(ACME)[0].state is SentState.FAILED


def test_an_open_entry_that_has_arrived_is_found_before_it_is_planned(billing: BillingDesk) -> None:
    billing.halo.lose_answers = lambda: True
    billing.halo.happenings["invoice_referred"] = unreachable
    billing.bill()
    billing.halo.happenings.clear()

    planned = billing.planned(ACME)

    assert (planned.action, planned.target_id) == (PlanAction.UNCHANGED, 9001)
    assert [entry.state for entry in billing.entries(ACME)] == [SentState.SENT]


def test_nothing_is_planned_while_an_open_entry_cannot_be_looked_up(billing: BillingDesk) -> None:
    billing.halo.happenings["create_invoice"] = lost_before_it_arrived
    billing.halo.happenings["invoice_referred"] = unreachable
    billing.bill()

    with pytest.raises(UpstreamUnavailable):
        billing.plan(ACME)

    assert billing.entries(ACME)[0].state is SentState.UNKNOWN
    billing.store.release_send_lease(billing.store.take_send_lease("pax8", "bob", LONG))


def test_charges_are_on_the_invoice_of_the_client_that_had_the_company(billing: BillingDesk) -> None:
    billing.bill()
    billing.move("c1", BIRCH)

    assert refusal(billing, BIRCH) == (
        "Some of its charges are on INV-009001 of Acme Dental. Plan Acme Dental first, which takes them back."
    )

    billing.bill(ACME)
    assert billing.planned(BIRCH).action is PlanAction.CREATE


def test_a_voided_invoice_of_the_other_client_holds_nothing(billing: BillingDesk) -> None:
    billing.bill()
    billing.move("c1", BIRCH)
    billing.halo.void(9001)

    assert billing.planned(BIRCH).action is PlanAction.CREATE


def test_a_voided_invoice_of_one_client_does_not_hide_that_of_another(billing: BillingDesk) -> None:
    billing.bill()
    billing.move("c1", CEDAR)
    billing.halo.void(9001)
    billing.bill(CEDAR)
    billing.move("c1", BIRCH)
    assert "of Cedar Motors" in refusal(billing, BIRCH)

    # The other way round: the newer entry is the voided one.
    billing.halo.void(9002)
    billing.bill(BIRCH)
    billing.move("c1", ACME)
    assert "of Birch Foods" in refusal(billing, ACME)


def test_charges_count_as_there_until_it_is_known_that_they_were_taken_back(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), seats("b", ACME, company_id="c3"))
    billing.move("c3", ACME)
    billing.bill()
    billing.move("c3", BIRCH)
    billing.halo.happenings["write_lines"] = lost_before_it_arrived
    billing.bill(ACME)
    entries = billing.entries(ACME)
    assert (entries[0].state, entries[-1].state) == (SentState.UNKNOWN, SentState.SENT)

    assert "of Acme Dental" in refusal(billing, BIRCH)


def test_what_was_rejected_holds_nothing(billing: BillingDesk) -> None:
    billing.halo.happenings["create_invoice"] = rejected
    billing.bill()
    billing.halo.happenings.clear()
    billing.move("c1", BIRCH)

    assert billing.planned(BIRCH).action is PlanAction.CREATE


def test_a_charge_of_nothing_that_moved_can_be_billed_after_the_other_client_is_planned(billing: BillingDesk) -> None:
    billing.configure(collapse_azure=True)
    azure = {"azure": "It says Azure."}
    billing.move("c3", ACME)
    billing.charge(seats("a", ACME, **azure), seats("b", CEDAR, "0", cost=Decimal(0), **azure))
    billing.bill()
    billing.move("c3", CEDAR)
    assert "Plan Acme Dental first" in refusal(billing, CEDAR)

    billing.bill(ACME)

    assert billing.planned(CEDAR).action is PlanAction.CREATE


def test_what_somebody_took_off_the_invoice_can_be_billed_after_that_is_written_down(billing: BillingDesk) -> None:
    billing.invoice(40, ACME, foreign())
    billing.assign(ACME, Assignment.LAST, invoice_id=40)
    billing.bill()
    billing.halo.remove_line(TargetKind.INVOICE, 40, billing.halo.invoice_of(ACME).lines[-1].key)
    billing.move("c1", BIRCH)
    assert "Plan Acme Dental first" in refusal(billing, BIRCH)

    assert billing.planned(ACME).asks == ("Everything that was sent is taken back.",)
    billing.bill(ACME)

    assert billing.planned(BIRCH).action is PlanAction.CREATE


def test_clients_that_changed_companies_take_back_what_is_the_others_first(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), seats("b", BIRCH, "20"))
    billing.bill()
    billing.move("c1", CEDAR)
    billing.move("c2", ACME)
    billing.move("c1", BIRCH)

    planned = billing.planned(ACME)
    assert (planned.action, planned.total) == (PlanAction.UPDATE, Decimal(0))
    assert planned.notes[-1] == (
        "Some of its charges are on INV-009002 of Birch Foods. They wait: plan again when both are sent."
    )
    billing.bill()
    assert billing.billed() == {}
    billing.bill()

    assert billing.billed() == {"a": [9002], "b": [9001]}
    assert [row.total for row in billing.halo.target_rows] == [20, Decimal("9.99")]
