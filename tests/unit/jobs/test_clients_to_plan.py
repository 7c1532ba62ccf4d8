"""Whose charges are planned when nobody names the clients."""

import pytest

from billingbot.domain.integration import Assignment
from billingbot.domain.plan import LineChange
from billingbot.errors import NotFound
from billingbot.jobs.clients_to_plan import Chosen, clients_to_plan
from tests.unit.jobs.billing_desk import ACME, BIRCH, CEDAR, BillingDesk, seats
from tests.unit.jobs.conftest import Desk
from tests.unit.store.statements import NOVEMBER, OCTOBER


@pytest.fixture
def billing(desk: Desk) -> BillingDesk:
    return BillingDesk(desk)


def chosen(billing: BillingDesk, *, every: bool = False) -> Chosen:
    return clients_to_plan(billing.store, "pax8", NOVEMBER, every=every)


def test_clients_with_something_to_bill_are_chosen_and_the_others_are_counted(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), seats("b", BIRCH), seats("c", CEDAR, "0"))
    billing.exclude(BIRCH)
    billing.configure(drop_zero_dollar=True)

    assert chosen(billing) == Chosen((ACME,), {"Do Not Invoice": 1, "rules that drop everything": 1})
    assert chosen(billing, every=True) == Chosen((ACME, BIRCH, CEDAR), {})


def test_a_client_that_was_sent_something_is_chosen_though_nothing_is_billed_any_more(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), seats("b", BIRCH))
    billing.bill()
    billing.charge(seats("b", BIRCH))
    billing.exclude(BIRCH)

    assert set(chosen(billing).client_ids) == {ACME, BIRCH}


def test_a_client_whose_recurring_invoice_goes_on_billing_a_former_month_is_chosen(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), seats("b", BIRCH), period=OCTOBER)
    billing.recurring(30, ACME)
    billing.assign(ACME, Assignment.RECURRING, recurring_id=30)
    billing.bill(period=OCTOBER)
    billing.charge(seats("c", CEDAR))

    assert chosen(billing).client_ids == (CEDAR, ACME)

    billing.bill(ACME)
    billing.exclude(CEDAR)

    assert ACME in chosen(billing).client_ids, "it was sent something for this month"


def test_without_charges_nobody_can_be_chosen(billing: BillingDesk) -> None:
    with pytest.raises(NotFound, match="not fetched"):
        clients_to_plan(billing.store, "pax8", OCTOBER)


def test_a_client_that_is_not_to_be_invoiced_any_more_is_chosen_while_its_recurring_invoice_bills_it(
    billing: BillingDesk,
) -> None:
    for client_id in (ACME, BIRCH, CEDAR):
        billing.recurring(30 + client_id, client_id)
        billing.assign(client_id, Assignment.RECURRING, recurring_id=30 + client_id)
    billing.charge(seats("a", ACME), seats("b", BIRCH), seats("c", CEDAR), period=OCTOBER)
    billing.bill(period=OCTOBER)
    billing.charge(seats("na", ACME), seats("nb", BIRCH, "0"))
    billing.configure(drop_zero_dollar=True)
    billing.exclude(ACME)
    billing.assign(CEDAR, Assignment.NEW)

    assert chosen(billing) == Chosen((ACME, BIRCH, CEDAR), {})
    for client_id in (ACME, BIRCH):
        assert [line.change for line in billing.planned(client_id).lines] == [LineChange.REMOVE]
    assert "N-33 still has 1 line" in billing.planned(CEDAR).notes[-1]
