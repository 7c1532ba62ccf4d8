"""A plan is not sent when what it rests on has changed since it was made."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from billingbot.domain.integration import Assignment
from billingbot.domain.product import HaloItem
from billingbot.domain.sending import SendOutcome
from billingbot.domain.target import TargetKind
from billingbot.errors import PlanOutdated
from tests.unit.jobs.billing_desk import ACME, BIRCH, CEDAR, BillingDesk, foreign, seats
from tests.unit.jobs.conftest import Desk


@pytest.fixture
def billing(desk: Desk) -> BillingDesk:
    """Acme's charges go to a new invoice, Birch's to one that is picked."""
    billing = BillingDesk(desk)
    billing.charge(seats("a", ACME), seats("b", BIRCH))
    billing.invoice(40, BIRCH, foreign())
    billing.invoice(41, BIRCH)
    billing.assign(BIRCH, Assignment.LAST, invoice_id=40)
    return billing


def gone(billing: BillingDesk) -> None:
    billing.halo.rows = [row for row in billing.halo.rows if row.client_id != ACME]
    billing.desk.refresh()


def drop(billing: BillingDesk) -> None:
    billing.configure(drop_azure=True)
    billing.recharge("a", azure="It says so.")


def review(billing: BillingDesk) -> None:
    billing.desk.engine.write(lambda tx: tx.execute("update mapping set outcome = 'review' where company_id = 'c1'"))


CHANGES: dict[str, Callable[[BillingDesk], object]] = {
    "price": lambda billing: billing.recharge("a", price=Decimal(10)),
    "cost": lambda billing: billing.recharge("a", cost=Decimal("7.5000000001")),
    "quantity": lambda billing: billing.recharge("a", quantity=Decimal(9)),
    "another charge": lambda billing: billing.charge(seats("a", ACME), seats("b", BIRCH), seats("c", ACME)),
    "no charge": lambda billing: billing.charge(seats("b", BIRCH)),
    "charge that is dropped": drop,
    "rule": lambda billing: billing.exclude(ACME),
    "item": lambda billing: billing.map_product("SKU-1", HaloItem(78, "Other")),
    "no item": lambda billing: billing.map_product("SKU-1", None),
    "assignment": lambda billing: billing.assign(ACME, Assignment.LAST, invoice_id=40),
    "default assignment": lambda billing: billing.configure(assignment="recurring"),
    "target": lambda billing: billing.assign(BIRCH, Assignment.LAST, invoice_id=41),
    "mapping": lambda billing: billing.move("c1", CEDAR),
    "company besides": lambda billing: billing.recharge("b", company_id="c1"),
    "client gone": gone,
    "review": review,
}


@pytest.mark.parametrize("what", CHANGES)
def test_nothing_is_sent_after(billing: BillingDesk, what: str) -> None:
    plan = billing.plan()
    CHANGES[what](billing)

    with pytest.raises(PlanOutdated, match=r"Nothing was sent\. Plan again\."):
        billing.send(plan)

    assert billing.halo.writes == 0
    assert billing.store.ledger("pax8") == []


def test_the_clients_that_have_changed_are_named(billing: BillingDesk) -> None:
    plan = billing.plan()
    billing.map_product("SKU-1", HaloItem(78, "Other"))

    with pytest.raises(PlanOutdated, match=r"for Acme Dental, Birch Foods\. Nothing"):
        billing.send(plan)


def test_what_is_not_sent_may_change(billing: BillingDesk) -> None:
    plan = billing.plan(ACME)
    billing.recharge("b", price=Decimal(1))

    assert billing.outcomes(plan) == {ACME: SendOutcome.SENT}


def test_an_item_is_not_created_any_more_when_the_mode_has_changed(billing: BillingDesk) -> None:
    billing.map_product("SKU-1", None)
    billing.configure(product_mode="create")
    plan = billing.plan()
    billing.configure(product_mode="ask")

    with pytest.raises(PlanOutdated):
        billing.send(plan)

    assert billing.halo.created == []


HALO_CHANGES: dict[str, Callable[[BillingDesk], object]] = {
    "line": lambda billing: billing.invoice(40, BIRCH, foreign(price=41)),
    "line besides": lambda billing: billing.invoice(40, BIRCH, foreign(), foreign(501)),
    "posted": lambda billing: billing.halo.change(TargetKind.INVOICE, 40, refusal="Posted."),
    "voided": lambda billing: billing.halo.change(TargetKind.INVOICE, 40, voided=True),
    "client": lambda billing: billing.halo.change(TargetKind.INVOICE, 40, client_id=CEDAR),
    "currency": lambda billing: billing.halo.change(TargetKind.INVOICE, 40, currency="EUR"),
    "gone": lambda billing: billing.halo.target_rows.clear(),
}


@pytest.mark.parametrize("what", HALO_CHANGES)
def test_an_invoice_that_was_changed_in_halo_keeps_its_client_back_and_no_other(
    billing: BillingDesk, what: str
) -> None:
    plan = billing.plan()
    HALO_CHANGES[what](billing)

    results = billing.send(plan)

    assert {client_id: result.outcome for client_id, result in results.items()} == {
        ACME: SendOutcome.SENT,
        BIRCH: SendOutcome.OUTDATED,
    }
    assert "N-40 was changed in HaloPSA meanwhile." in results[BIRCH].sentence or what == "gone"
    assert billing.halo.lines_written == []
    assert billing.entries(BIRCH) == []


def test_what_others_wrote_between_two_sends_of_the_same_plan_counts_too(billing: BillingDesk) -> None:
    plan = billing.plan()
    billing.send(plan)
    billing.invoice(40, BIRCH, *billing.halo.invoice_of(BIRCH).lines, foreign(501))

    assert billing.outcomes(plan)[BIRCH] is SendOutcome.ALREADY_SENT


def test_an_older_plan_is_outdated_when_a_newer_one_was_sent(billing: BillingDesk) -> None:
    billing.bill()
    billing.recharge("a", price=Decimal(12))
    first = billing.plan(ACME)
    billing.recharge("a", price=Decimal(15))
    billing.bill(ACME)
    billing.recharge("a", price=Decimal(12))

    result = billing.send(first)[ACME]

    assert (result.outcome, result.sentence) == (
        SendOutcome.OUTDATED,
        "Something else was sent for this client meanwhile.",
    )
