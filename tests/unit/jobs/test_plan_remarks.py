"""What has to be agreed to before a client's invoice is sent, and what is worth reading."""

from decimal import Decimal

import pytest

from billingbot.domain.caps import Caps
from billingbot.domain.integration import Assignment
from billingbot.domain.plan import LineChange, PlanAction
from billingbot.domain.target import TargetKind
from tests.unit.jobs.billing_desk import ACME, BIRCH, BillingDesk, foreign, seats, unreachable
from tests.unit.jobs.conftest import Desk
from tests.unit.store.statements import OCTOBER

NAME = "Office E3 · Seats · 2026-11-01 to 2026-11-30"
OTHER = NAME.replace("Office E3", "DNS Filter")


@pytest.fixture
def billing(desk: Desk) -> BillingDesk:
    billing = BillingDesk(desk)
    billing.charge(seats("a", ACME))
    return billing


def test_an_ordinary_invoice_asks_nothing(billing: BillingDesk) -> None:
    assert billing.planned(ACME).asks == ()


def test_many_lines_ask(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), seats("b", ACME), seats("c", ACME))

    assert billing.planned(ACME, caps=Caps(lines=3)).asks == ()
    assert billing.planned(ACME, caps=Caps(lines=2)).asks == ("3 lines are more than 2.",)


def test_a_large_amount_asks(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME, "25000.01"), seats("b", BIRCH, "25000"))

    asked = [invoice.asks for invoice in billing.plan().invoices]

    assert asked == [("25,000.01 USD is more than 25,000 USD.",), ()]


def test_much_more_than_in_the_period_before_asks(billing: BillingDesk) -> None:
    billing.charge(seats("o", ACME, "300"), seats("p", BIRCH, "300"), period=OCTOBER)
    billing.bill(period=OCTOBER)
    billing.charge(seats("a", ACME, "600.01"), seats("b", BIRCH, "600"))

    asked = [invoice.asks for invoice in billing.plan().invoices]

    assert asked == [("600.01 USD is more than 2 times the 300.00 of the last month that was sent before.",), ()]


def test_small_amounts_may_double(billing: BillingDesk) -> None:
    billing.charge(seats("o", ACME, "1"), seats("p", BIRCH, "1"), period=OCTOBER)
    billing.bill(period=OCTOBER)
    billing.charge(seats("a", ACME, "251"), seats("b", BIRCH, "251.01"))

    assert [bool(invoice.asks) for invoice in billing.plan().invoices] == [False, True]


def test_a_credit_asks(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME, "-12.00"))

    assert billing.planned(ACME).asks == ("The total is a credit: -12.00 USD.",)


def test_that_everything_is_taken_back_asks(billing: BillingDesk) -> None:
    billing.bill()
    billing.charge(seats("b", BIRCH))

    assert billing.planned(ACME).asks == ("Everything that was sent is taken back.",)


def test_charges_that_were_sent_and_that_no_rule_drops_ask_before_they_are_taken_back(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), seats("b", ACME), seats("c", ACME, product="DNS Filter"))
    billing.bill()
    billing.charge(seats("a", ACME))

    sentence = "What was sent of this is taken back, though no rule drops it: "
    assert billing.planned(ACME).asks == (f"{sentence}{billing.product('SKU-1').name}, DNS Filter.",)


def test_what_a_rule_drops_or_collapses_is_taken_back_without_a_question(billing: BillingDesk) -> None:
    azure = {"azure": "The term is Arrears."}
    billing.charge(seats("a", ACME), seats("b", ACME, **azure), seats("c", ACME, **azure), seats("d", ACME, "0"))
    billing.bill()
    billing.configure(collapse_azure=True, drop_zero_dollar=True)

    planned = billing.planned(ACME)

    assert (planned.action, planned.count(LineChange.REMOVE), planned.asks) == (PlanAction.UPDATE, 3, ())


def test_of_many_products_that_are_taken_back_a_few_are_named(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), *(seats(name, ACME, product=name) for name in "vwxyz"))
    billing.bill()
    billing.charge(seats("a", ACME))

    assert billing.planned(ACME).asks == (
        "What was sent of this is taken back, though no rule drops it: v, w, x and 2 more.",
    )


def test_what_is_taken_back_because_its_company_is_gone_asks(billing: BillingDesk) -> None:
    billing.move("c2", ACME)
    billing.charge(seats("a", ACME), seats("b", BIRCH))
    billing.bill()
    billing.desk.pax8.rows = [row for row in billing.desk.pax8.rows if row.company_id != "c2"]
    billing.desk.refresh()

    planned = billing.planned(ACME)

    assert planned.asks == (
        f"What was sent of this is taken back, though no rule drops it: {billing.product('SKU-1').name}.",
    )
    assert planned.notes[0] == "1 charge is not billed. Its company is gone at the distributor."


def test_a_line_that_somebody_switched_off_asks_before_it_is_switched_on(billing: BillingDesk) -> None:
    billing.bill()
    [line] = billing.halo.invoice_of(ACME).lines
    billing.halo.edit_line(TargetKind.INVOICE, 9001, line.key, inactive=True)

    assert billing.planned(ACME).asks == (
        f"Somebody changed this in HaloPSA since it was sent, and it would be overwritten: {line.description}.",
    )


def test_a_line_that_was_taken_back_is_switched_off_by_nobody(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), seats("b", ACME))
    billing.bill()
    billing.charge(seats("a", ACME))
    billing.bill()
    billing.recharge("a", price=Decimal(12))

    assert billing.planned(ACME).asks == ()


def test_a_line_that_somebody_changed_asks(billing: BillingDesk) -> None:
    billing.bill()
    [line] = billing.halo.invoice_of(ACME).lines
    billing.halo.edit_line(TargetKind.INVOICE, 9001, line.key, unit_price=Decimal(3))

    planned = billing.planned(ACME)

    assert planned.asks == (
        f"Somebody changed this in HaloPSA since it was sent, and it would be overwritten: {line.description}.",
    )
    assert planned.lines[0].was == "3 × 3"


def test_a_line_that_somebody_removed_asks_before_it_comes_back(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), seats("b", ACME))
    billing.bill()
    billing.halo.remove_line(TargetKind.INVOICE, 9001, billing.halo.invoice_of(ACME).lines[0].key)

    planned = billing.planned(ACME)

    assert planned.action is PlanAction.UPDATE
    assert len(planned.asks) == 1
    assert "Somebody changed this in HaloPSA" in planned.asks[0]


def test_a_line_that_nobody_wants_any_more_may_have_been_removed(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), seats("b", ACME))
    billing.bill()
    billing.halo.remove_line(TargetKind.INVOICE, 9001, billing.halo.invoice_of(ACME).lines[1].key)
    billing.charge(seats("a", ACME))

    assert billing.planned(ACME).asks == ()


def test_what_others_changed_on_their_own_lines_asks_nothing(billing: BillingDesk) -> None:
    billing.invoice(40, ACME, foreign(price=40))
    billing.assign(ACME, Assignment.LAST, invoice_id=40)
    billing.bill()
    billing.halo.edit_line(TargetKind.INVOICE, 40, "", unit_price=Decimal(99))
    billing.recharge("a", price=Decimal(12))

    assert billing.planned(ACME).asks == ()


def test_charges_that_wait_for_review_are_noted(billing: BillingDesk) -> None:
    billing.desk.engine.write(lambda tx: tx.execute("update mapping set outcome = 'review' where company_id = 'c3'"))
    billing.move("c2", ACME)
    billing.desk.engine.write(lambda tx: tx.execute("update mapping set outcome = 'review' where company_id = 'c2'"))
    billing.charge(seats("a", ACME), seats("b", BIRCH))

    planned = billing.planned(ACME)

    assert planned.notes == ("1 charge is not billed. Its company's client waits for review.",)
    assert [member.charge_id for line in planned.lines for member in line.members] == ["a"]


def test_a_company_that_is_gone_is_noted(billing: BillingDesk) -> None:
    billing.move("c2", ACME)
    billing.desk.pax8.rows = [row for row in billing.desk.pax8.rows if row.company_id != "c2"]
    billing.desk.refresh()
    billing.charge(seats("a", ACME), seats("b", BIRCH), seats("c", BIRCH))

    assert billing.planned(ACME).notes == ("2 charges are not billed. Its company is gone at the distributor.",)


def test_charges_that_may_still_change_are_noted(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), final=False)

    assert billing.planned(ACME).notes == ("The distributor may still change the charges of this month.",)


def test_an_invoice_whose_number_was_not_read_is_called_by_its_id(billing: BillingDesk) -> None:
    billing.halo.happenings["target"] = unreachable
    billing.bill()
    billing.halo.happenings.clear()
    billing.halo.void(9001)

    planned = billing.planned(ACME)

    assert planned.notes == ("It was sent to invoice 9001, which is voided or gone in HaloPSA now.",)


def test_where_it_stays_is_called_by_its_id_too(billing: BillingDesk) -> None:
    billing.halo.happenings["target"] = unreachable
    billing.bill()
    billing.halo.happenings.clear()
    billing.invoice(40, ACME, foreign())
    billing.assign(ACME, Assignment.LAST, invoice_id=40)

    assert billing.planned(ACME).notes == ("It was sent to invoice 9001 before, and stays there.",)
