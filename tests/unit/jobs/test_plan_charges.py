"""What HaloPSA would get of a month's charges, client by client, before anything is sent."""

from dataclasses import replace
from decimal import Decimal

import pytest

from billingbot.domain.integration import Assignment
from billingbot.domain.plan import LineChange, PlanAction
from billingbot.domain.product import HaloItem
from billingbot.domain.target import TargetKind
from billingbot.errors import NotFound
from billingbot.jobs.plan_text import thawed
from tests.fake_targets import target_line
from tests.unit.jobs.billing_desk import ACME, BIRCH, CEDAR, ITEM, BillingDesk, foreign, seats
from tests.unit.jobs.conftest import Desk
from tests.unit.store.statements import OCTOBER


@pytest.fixture
def billing(desk: Desk) -> BillingDesk:
    return BillingDesk(desk)


def test_charges_of_a_client_become_an_invoice_to_create(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), seats("b", ACME, "20"))

    planned = billing.planned(ACME)

    assert (planned.action, planned.kind, planned.target_id) == (PlanAction.CREATE, TargetKind.INVOICE, None)
    assert (planned.reference, planned.currency, planned.total) == ("BB-pax8-2026-11-1-1", "USD", Decimal("29.99"))
    assert [(line.change, line.item_id, line.item, line.price) for line in planned.lines] == [
        (LineChange.ADD, ITEM.item_id, ITEM.name, Decimal("9.99")),
        (LineChange.ADD, ITEM.item_id, ITEM.name, Decimal(20)),
    ]
    assert [member.charge_id for line in planned.lines for member in line.members] == ["a", "b"]
    assert (planned.asks, planned.refusal, planned.notes) == ((), "", ())
    assert billing.halo.writes == 0


def test_clients_come_in_the_order_of_their_names_and_those_without_anything_are_left_out(billing: BillingDesk) -> None:
    billing.charge(seats("a", CEDAR), seats("b", ACME))

    plan = billing.plan()

    assert [invoice.client for invoice in plan.invoices] == ["Acme Dental", "Cedar Motors"]
    assert plan.totals() == {"USD": Decimal("19.98")}


def test_only_the_chosen_clients_are_planned(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), seats("b", BIRCH))

    assert [invoice.client_id for invoice in billing.plan(BIRCH).invoices] == [BIRCH]


def test_a_plan_is_kept_under_its_hash(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME))

    plan = billing.plan()

    assert thawed(billing.store.plan(plan.plan_hash[:12])) == plan


def test_a_month_that_was_never_fetched_cannot_be_planned(billing: BillingDesk) -> None:
    with pytest.raises(NotFound, match="not fetched"):
        billing.plan(period=OCTOBER)


def test_lines_are_appended_to_the_invoice_that_is_picked_and_others_on_it_stay(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME))
    billing.invoice(40, ACME, foreign())
    billing.assign(ACME, Assignment.LAST, invoice_id=40)

    planned = billing.planned(ACME)

    assert (planned.action, planned.target_id, planned.target) == (PlanAction.APPEND, 40, "N-40")
    assert [line.change for line in planned.lines] == [LineChange.ADD]


def test_what_was_sent_and_is_as_it_should_be_is_unchanged(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME))
    billing.bill()

    planned = billing.planned(ACME)

    assert (planned.action, planned.target_id) == (PlanAction.UNCHANGED, 9001)
    assert [line.change for line in planned.lines] == [LineChange.KEEP]


def test_a_changed_charge_updates_its_line_only(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), seats("b", ACME))
    billing.bill()
    billing.recharge("b", price=Decimal(12))

    planned = billing.planned(ACME)

    assert (planned.action, planned.target_id, planned.total) == (PlanAction.UPDATE, 9001, Decimal("21.99"))
    assert [(line.change, line.was) for line in planned.lines] == [
        (LineChange.KEEP, ""),
        (LineChange.CHANGE, "3 × 3.33"),
    ]


def test_a_charge_that_is_gone_is_taken_back_with_nothing_on_its_line(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), seats("b", ACME))
    billing.bill()
    billing.charge(seats("a", ACME))

    removed = billing.planned(ACME).lines[-1]

    assert (removed.change, removed.quantity, removed.price, removed.members) == (
        LineChange.REMOVE,
        Decimal(0),
        Decimal(0),
        (),
    )


def test_what_was_taken_back_is_not_taken_back_again_and_comes_back_on_its_own_line(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), seats("b", ACME))
    billing.bill()
    billing.charge(seats("a", ACME))
    billing.bill()

    assert billing.planned(ACME).action is PlanAction.UNCHANGED

    billing.charge(seats("a", ACME), seats("b", ACME))
    again = billing.planned(ACME).lines[-1]
    assert (again.change, again.was, again.line_id) == (LineChange.CHANGE, "0 × 0, switched off", 90_002)


def test_a_line_that_is_there_twice_is_taken_back_once(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME))
    billing.bill()
    [line] = billing.halo.invoice_of(ACME).lines
    billing.invoice(9001, ACME, line, foreign(), replace(line, line_id=7))

    assert [(row.change, row.line_id) for row in billing.planned(ACME).lines] == [
        (LineChange.KEEP, line.line_id),
        (LineChange.REMOVE, 7),
    ]


@pytest.mark.parametrize("later", [Assignment.LAST, Assignment.RECURRING])
def test_what_was_sent_stays_where_it_is_when_the_assignment_changes(billing: BillingDesk, later: Assignment) -> None:
    billing.charge(seats("a", ACME))
    billing.bill()
    billing.invoice(40, ACME)
    billing.recurring(50, ACME)
    billing.assign(ACME, later, invoice_id=40, recurring_id=50)

    assert billing.planned(ACME).action is PlanAction.UNCHANGED

    billing.recharge("a", price=Decimal(12))
    planned = billing.planned(ACME)
    assert (planned.action, planned.kind, planned.target_id) == (PlanAction.UPDATE, TargetKind.INVOICE, 9001)
    assert planned.notes == ("It was sent to INV-009001 before, and stays there.",)


def test_what_was_sent_to_an_invoice_that_is_voided_is_planned_anew(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME))
    billing.bill()
    billing.halo.void(9001)

    planned = billing.planned(ACME)

    assert (planned.action, planned.target_id, planned.reference) == (PlanAction.CREATE, None, "BB-pax8-2026-11-1-2")
    assert planned.notes == ("It was sent to INV-009001, which is voided or gone in HaloPSA now.",)


def test_what_was_sent_to_an_invoice_that_is_gone_is_planned_where_the_settings_say(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME))
    billing.bill()
    billing.halo.target_rows.clear()
    billing.invoice(40, ACME)
    billing.assign(ACME, Assignment.LAST, invoice_id=40)

    planned = billing.planned(ACME)

    assert (planned.action, planned.target_id) == (PlanAction.APPEND, 40)


def test_a_product_without_an_item_gets_one_at_sending_where_that_is_the_mode(billing: BillingDesk) -> None:
    billing.configure(product_mode="create")
    billing.charge(seats("a", ACME, product="Backup", sku="SKU-2"))

    planned = billing.planned(ACME)

    assert (planned.action, planned.lines[0].item_id, planned.lines[0].product_key) == (
        PlanAction.CREATE,
        None,
        "SKU-2",
    )
    assert planned.notes == ("Items are created in HaloPSA first: Backup.",)
    assert billing.halo.created == []


def test_a_product_without_an_item_takes_the_default_item_where_that_is_the_mode(billing: BillingDesk) -> None:
    billing.configure(product_mode="default", default_item_id=5, default_item="Cloud")
    billing.charge(seats("a", ACME, sku="SKU-2"))

    assert billing.planned(ACME).lines[0].item_id == 5


def test_collapsed_azure_of_products_with_the_same_item_is_that_item(billing: BillingDesk) -> None:
    billing.configure(collapse_azure=True)
    billing.map_product("SKU-2", ITEM)
    azure = {"azure": "It says Azure."}
    billing.charge(seats("a", ACME, **azure), seats("b", ACME, sku="SKU-2", product="VM", **azure))

    [line] = billing.planned(ACME).lines

    assert (line.item_id, line.quantity, line.price) == (ITEM.item_id, Decimal(1), Decimal("19.98"))
    assert [member.charge_id for member in line.members] == ["a", "b"]


def test_collapsed_azure_of_products_with_different_items_is_that_of_the_one_that_costs_most(
    billing: BillingDesk,
) -> None:
    billing.configure(collapse_azure=True)
    billing.map_product("SKU-2", HaloItem(78, "Machines"))
    azure = {"azure": "It says Azure."}
    dear = seats("b", ACME, sku="SKU-2", product="VM", cost=Decimal(100), **azure)
    billing.charge(seats("a", ACME, **azure), dear)

    assert billing.planned(ACME).lines[0].item_id == 78


def test_lines_that_are_there_and_that_the_ledger_does_not_know_are_written_down(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME))
    billing.invoice(40, ACME)
    billing.assign(ACME, Assignment.LAST, invoice_id=40)
    # A copy of the database from before the sending is used again.
    line = billing.planned(ACME).lines[0]
    billing.invoice(
        40,
        ACME,
        target_line(7, line.key, line.description, line.quantity, line.unit_price, line.unit_cost, ITEM.item_id),
    )

    planned = billing.planned(ACME)
    assert (planned.action, [row.change for row in planned.lines]) == (PlanAction.UPDATE, [LineChange.KEEP])
    assert "sending writes that down" in planned.notes[-1]

    billing.bill()
    assert billing.planned(ACME).action is PlanAction.UNCHANGED
    assert [row.members[0].charge_id for row in billing.entries(ACME)[0].lines] == ["a"]


def test_what_is_dropped_by_a_rule_is_kept_with_its_rule(billing: BillingDesk) -> None:
    billing.configure(drop_zero_dollar=True)
    billing.charge(seats("a", ACME), seats("free", ACME, "0"))

    assert [(row.charge_id, row.rule) for row in billing.planned(ACME).dropped] == [("free", "Drop Zero Dollar Lines")]


def test_what_is_sent_while_it_is_planned_is_not_sent_again(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), seats("b", BIRCH))
    billing.invoice(40, BIRCH)
    billing.assign(BIRCH, Assignment.LAST, invoice_id=40)
    other = billing.plan(ACME)

    def meanwhile() -> None:
        billing.halo.happenings.clear()
        billing.send(other)

    billing.halo.happenings["targets"] = meanwhile
    billing.bill()

    assert [invoice.client_id for invoice in billing.halo.invoices_created] == [ACME]
