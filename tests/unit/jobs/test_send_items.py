"""Items that HaloPSA lacks are created once, before the first invoice that needs them."""

from decimal import Decimal

import pytest

from billingbot.domain.product import HaloItem
from billingbot.domain.sending import SendOutcome
from billingbot.jobs.outside import SendStep
from tests.unit.jobs.billing_desk import ACME, BIRCH, BillingDesk, rejected, seats
from tests.unit.jobs.conftest import Desk

BACKUP = {"product": "Backup", "sku": "SKU-2"}


class ProcessKilled(BaseException):
    """The process ends here."""


@pytest.fixture
def billing(desk: Desk) -> BillingDesk:
    billing = BillingDesk(desk)
    billing.configure(product_mode="create")
    billing.charge(seats("a", ACME, **BACKUP), seats("b", BIRCH, **BACKUP), seats("c", BIRCH))
    return billing


def items_sent(billing: BillingDesk) -> list[list[int | None]]:
    return [[line.item_id for line in invoice.lines] for invoice in billing.halo.invoices_created]


def test_an_item_is_created_once_for_all_clients_and_mapped(billing: BillingDesk) -> None:
    billing.bill()

    assert [item.name for item in billing.halo.created] == ["Backup"]
    assert items_sent(billing) == [[5000], [5000, 77]]
    assert billing.product("SKU-2").item_id == 5000
    assert [line.item_id for line in billing.entries(ACME)[0].lines] == [5000]


def test_an_item_of_that_name_is_taken(billing: BillingDesk) -> None:
    billing.halo.item_rows = [HaloItem(12, "Backup")]
    billing.bill()

    assert (billing.halo.created, items_sent(billing)) == ([], [[12], [12, 77]])


def test_after_an_end_between_items_and_invoices_the_same_plan_goes_on(billing: BillingDesk) -> None:
    plan = billing.plan()

    def reached(step: SendStep) -> None:
        if step is SendStep.ITEMS_CREATED:
            raise ProcessKilled

    with pytest.raises(ProcessKilled):
        billing.send(plan, reached=reached)
    assert set(billing.outcomes(plan).values()) == {SendOutcome.SENT}

    assert (len(billing.halo.created), items_sent(billing)) == (1, [[5000], [5000, 77]])


def test_the_same_plan_is_sent_a_second_time_without_items_or_invoices(billing: BillingDesk) -> None:
    plan = billing.plan()
    billing.send(plan)

    assert set(billing.outcomes(plan).values()) == {SendOutcome.ALREADY_SENT}
    assert (len(billing.halo.created), len(billing.halo.invoices_created)) == (1, 2)


def test_collapsed_charges_get_the_item_of_the_product_that_costs_most(billing: BillingDesk) -> None:
    billing.configure(collapse_azure=True)
    azure = {"azure": "It says Azure."}
    billing.charge(seats("a", ACME, **azure), seats("b", ACME, "1", **azure, **BACKUP, cost=Decimal(100)))
    plan = billing.plan()

    assert billing.outcomes(plan) == {ACME: SendOutcome.SENT}
    assert items_sent(billing) == [[5000]]
    assert billing.outcomes(plan) == {ACME: SendOutcome.ALREADY_SENT}


def test_whoever_lacks_an_item_that_could_not_be_created_fails_and_no_other(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME, **BACKUP), seats("c", BIRCH))

    plan = billing.plan()
    billing.halo.happenings["create_item"] = rejected
    results = billing.send(plan)

    assert (results[ACME].outcome, results[ACME].sentence) == (
        SendOutcome.FAILED,
        "No item could be created in HaloPSA for Backup.",
    )
    assert results[BIRCH].outcome is SendOutcome.SENT
    assert billing.entries(ACME) == []


def test_nothing_is_created_for_a_client_whose_question_was_not_agreed_to(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME, "-5", **BACKUP), seats("c", BIRCH))
    plan = billing.plan()

    assert billing.outcomes(plan, confirmed=()) == {ACME: SendOutcome.ASKS, BIRCH: SendOutcome.SENT}
    assert billing.halo.created == []

    assert billing.outcomes(plan)[ACME] is SendOutcome.SENT
    assert [item.name for item in billing.halo.created] == ["Backup"]
