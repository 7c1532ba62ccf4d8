"""Clients that a month charges nothing for, of whom HaloPSA still has lines."""

from dataclasses import replace

import pytest

from billingbot.domain.integration import Assignment
from billingbot.domain.period import Period
from billingbot.jobs.bill_charges import bill_charges
from billingbot.jobs.uncharged import recurring_of_idle, still_billed
from tests.unit.jobs.billing_desk import ACME, BIRCH, BillingDesk, seats
from tests.unit.jobs.conftest import Desk
from tests.unit.store.statements import NOVEMBER, OCTOBER


@pytest.fixture
def billing(desk: Desk) -> BillingDesk:
    return BillingDesk(desk)


def found(billing: BillingDesk, period: Period = NOVEMBER) -> list[int]:
    store = billing.store
    bills = bill_charges(store, "pax8", period)
    clients = still_billed(store, store.integration("pax8"), bills, store.newest_entries("pax8", period))
    assert not any(client.lines or client.dropped or client.problems for client in clients)
    return [client.client.client_id for client in clients]


def test_what_was_sent_for_the_month_and_is_not_charged_any_more_is_still_billed_until_it_is_taken_back(
    billing: BillingDesk,
) -> None:
    billing.charge(seats("a", ACME), seats("b", BIRCH))
    billing.bill()
    assert found(billing) == []

    billing.charge(seats("b", BIRCH))
    assert found(billing) == [ACME]

    billing.bill()
    assert found(billing) == []


def test_a_recurring_invoice_bills_a_former_month_until_that_is_taken_back(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), period=OCTOBER)
    billing.recurring(30, ACME)
    billing.assign(ACME, Assignment.RECURRING, recurring_id=30)
    billing.bill(period=OCTOBER)
    billing.charge(seats("b", BIRCH))

    assert found(billing) == [ACME]

    billing.bill(ACME)
    assert found(billing) == []


def test_a_recurring_invoice_bills_on_whatever_the_assignment_became_and_however_many_months_were_skipped(
    billing: BillingDesk,
) -> None:
    billing.charge(seats("a", ACME), period=OCTOBER.previous)
    billing.recurring(30, ACME)
    billing.recurring(31, ACME)
    billing.assign(ACME, Assignment.RECURRING, recurring_id=30)
    billing.bill(period=OCTOBER.previous)
    billing.charge(seats("b", BIRCH))

    for assignment, picked in ((Assignment.NEW, None), (Assignment.RECURRING, 31)):
        billing.assign(ACME, assignment, recurring_id=picked)
        assert found(billing) == [ACME]


def test_a_client_whose_charges_are_all_kept_off_the_invoice_is_still_billed_what_its_recurring_invoice_holds(
    billing: BillingDesk,
) -> None:
    for client_id in (ACME, BIRCH):
        billing.recurring(30 + client_id, client_id)
        billing.assign(client_id, Assignment.RECURRING, recurring_id=30 + client_id)
    billing.charge(seats("a", ACME), seats("b", BIRCH), period=OCTOBER)
    billing.bill(period=OCTOBER)
    billing.charge(seats("na", ACME), seats("nb", BIRCH))
    billing.exclude(ACME)

    def behind() -> dict[int, set[int]]:
        bills = bill_charges(billing.store, "pax8", NOVEMBER)
        return recurring_of_idle(billing.store, bills, billing.store.newest_entries("pax8", NOVEMBER))

    assert behind() == {ACME: {31}}
    assert found(billing) == [], "it has charges, so it is among those anyway"

    billing.bill(ACME)
    assert behind() == {}


def test_what_halo_made_of_a_line_that_was_taken_back_keeps_its_client_on_the_page(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME))
    billing.bill()
    billing.charge(seats("b", BIRCH))
    billing.bill(ACME)
    entries = billing.store.newest_entries("pax8", NOVEMBER)
    differs = {ACME: replace(entries[ACME], differences=("HaloPSA still has it.",))}
    store = billing.store

    [client] = still_billed(store, store.integration("pax8"), bill_charges(store, "pax8", NOVEMBER), differs)

    assert client.client.client_id == ACME
