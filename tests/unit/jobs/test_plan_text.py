"""A plan is the same after it was kept, and its hash is that of its decisions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingbot.domain.integration import Assignment
from billingbot.domain.plan import LineChange, Member, PlanAction, PlannedInvoice, PlannedLine
from billingbot.domain.product import HaloItem
from billingbot.domain.target import TargetKind
from billingbot.jobs.plan_text import frozen, thawed
from tests.fakes import NOON
from tests.unit.jobs.billing_desk import ACME, BIRCH, BillingDesk, foreign, seats
from tests.unit.jobs.conftest import Desk
from tests.unit.store.statements import NOVEMBER

TEXTS = st.text(max_size=8)
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, places=10, min_value=-(10**15), max_value=10**15)
IDS = st.none() | st.integers(-(2**31), 2**63 - 1)
MEMBERS = st.builds(Member, *[TEXTS] * 3, AMOUNTS, AMOUNTS, TEXTS)
LINES = st.builds(
    PlannedLine,
    change=st.sampled_from(LineChange),
    key=TEXTS,
    line_id=IDS,
    product_key=TEXTS,
    product=TEXTS,
    item_id=IDS,
    item=TEXTS,
    description=TEXTS,
    quantity=AMOUNTS,
    unit_price=AMOUNTS,
    unit_cost=AMOUNTS,
    price=AMOUNTS,
    cost=AMOUNTS,
    members=st.lists(MEMBERS, max_size=2).map(tuple),
    was=TEXTS,
)
SENTENCES = st.lists(TEXTS, max_size=2).map(tuple)
INVOICES = st.builds(
    PlannedInvoice,
    client_id=st.integers(-(2**63), 2**63 - 1),
    client=TEXTS,
    action=st.sampled_from(PlanAction),
    assignment=st.sampled_from(Assignment),
    kind=st.sampled_from(TargetKind),
    target_id=IDS,
    target=TEXTS,
    reference=TEXTS,
    currency=TEXTS,
    lines=st.lists(LINES, max_size=2).map(tuple),
    dropped=st.lists(MEMBERS, max_size=2).map(tuple),
    asks=SENTENCES,
    refusal=TEXTS,
    notes=SENTENCES,
    fingerprint=TEXTS,
    basis=TEXTS,
    revision=st.integers(0, 100),
)


@pytest.fixture
def billing(desk: Desk) -> BillingDesk:
    billing = BillingDesk(desk)
    billing.charge(seats("a", ACME), seats("b", BIRCH))
    billing.invoice(40, BIRCH, foreign())
    billing.assign(BIRCH, Assignment.LAST, invoice_id=40)
    return billing


@given(st.lists(INVOICES, max_size=3))
def test_what_is_kept_is_the_plan(invoices: list[PlannedInvoice]) -> None:
    plan, kept = frozen("pax8", NOVEMBER, invoices, "ann", NOON)

    assert thawed(kept) == plan
    assert kept.text.isascii()


@given(st.lists(INVOICES, max_size=2), st.lists(INVOICES, max_size=2))
def test_plans_have_the_same_hash_when_they_are_the_same(
    some: list[PlannedInvoice], others: list[PlannedInvoice]
) -> None:
    (one, _), (other, _) = (frozen("pax8", NOVEMBER, rows, "ann", NOON) for rows in (some, others))

    assert (one.plan_hash == other.plan_hash) == (one.invoices == other.invoices)


def test_who_plans_and_when_is_not_part_of_the_hash(billing: BillingDesk) -> None:
    plan = billing.plan()

    again, _ = frozen("pax8", NOVEMBER, plan.invoices, "bob", NOON + timedelta(days=1))

    assert (again.plan_hash, billing.plan(actor="bob").plan_hash) == (plan.plan_hash, plan.plan_hash)
    assert again.actor != plan.actor


def drop(billing: BillingDesk) -> None:
    billing.configure(drop_zero_dollar=True)
    billing.recharge("a", price=Decimal(0))


def unmap(billing: BillingDesk) -> None:
    billing.map_product("SKU-1", None)
    billing.configure(product_mode="create")


def other_target(billing: BillingDesk) -> None:
    billing.invoice(41, BIRCH)
    billing.assign(BIRCH, Assignment.LAST, 41)


CHANGES: dict[str, Callable[[BillingDesk], object]] = {
    "price": lambda billing: billing.recharge("a", price=Decimal(10)),
    "exact cost": lambda billing: billing.recharge("a", cost=Decimal("7.5000000001")),
    "description": lambda billing: billing.recharge("a", description="Seats for all"),
    "company on a charge": lambda billing: billing.recharge("a", company="Acme Ltd"),
    "new charge": lambda billing: billing.charge(seats("a", ACME), seats("b", BIRCH), seats("c", ACME, "0")),
    "dropped charge": drop,
    "Do Not Invoice": lambda billing: billing.exclude(ACME),
    "item": lambda billing: billing.map_product("SKU-1", HaloItem(78, "Other")),
    "mode": unmap,
    "assignment": lambda billing: billing.assign(BIRCH, Assignment.NEW),
    "mapping": lambda billing: billing.move("c1", 3),
    "target's line": lambda billing: billing.invoice(40, BIRCH, foreign(price=41)),
    "target's currency": lambda billing: billing.invoice(40, BIRCH, foreign(), currency=""),
    "target posted": lambda billing: billing.invoice(40, BIRCH, foreign(), refusal="Posted."),
    "target gone": lambda billing: billing.halo.target_rows.clear(),
    "something sent": lambda billing: billing.bill(ACME),
    "other target": other_target,
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_the_plan_has_another_hash(billing: BillingDesk, what: str) -> None:
    plan = billing.plan()

    CHANGES[what](billing)

    assert billing.plan().plan_hash != plan.plan_hash


@pytest.mark.parametrize("name", sorted(PlannedInvoice.__dataclass_fields__))
def test_every_field_of_an_invoice_is_in_the_hash(billing: BillingDesk, name: str) -> None:
    plan = billing.plan(ACME)
    [invoice] = plan.invoices
    values: dict[str, Any] = {
        "lines": (),
        "dropped": invoice.lines[0].members,
        "asks": ("?",),
        "notes": ("!",),
        "revision": 7,
    }
    values |= {"client_id": 9, "target_id": 9, "action": PlanAction.UPDATE, "assignment": Assignment.LAST}
    other = replace(invoice, **{name: values.get(name, TargetKind.RECURRING if name == "kind" else "other")})

    assert frozen("pax8", NOVEMBER, [other], "ann", NOON)[0].plan_hash != plan.plan_hash
