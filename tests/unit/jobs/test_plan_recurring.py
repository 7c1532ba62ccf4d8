"""Charges on a recurring invoice: a month's lines take the place of those of the month before."""

from decimal import Decimal
from operator import attrgetter

import pytest

from billingbot.domain.integration import Assignment
from billingbot.domain.period import Period
from billingbot.domain.plan import LineChange, PlanAction
from billingbot.domain.target import TargetKind
from tests.fake_targets import target_line
from tests.unit.jobs.billing_desk import ACME, BIRCH, BillingDesk, amounts, foreign, seats
from tests.unit.jobs.conftest import Desk
from tests.unit.store.statements import NOVEMBER, OCTOBER

UNDATED = {"start": None, "end": None}


@pytest.fixture
def billing(desk: Desk) -> BillingDesk:
    """Acme has a recurring invoice with a line of somebody else; two subscriptions were billed in October."""
    billing = BillingDesk(desk)
    billing.recurring(50, ACME, foreign())
    billing.assign(ACME, Assignment.RECURRING, recurring_id=50)
    october = [seats(f"o{name}", ACME, "9.00", subscription_id=name, description=name) for name in ("s1", "s2")]
    billing.charge(*october, period=OCTOBER)
    billing.bill(period=OCTOBER)
    return billing


def lines_of(billing: BillingDesk) -> list[tuple[str, int, int]]:
    rows = amounts(billing.halo.invoice_of(ACME))
    return [(name.split(" · ")[1 if " · " in name else 0], int(count), int(price)) for name, count, price in rows]


def test_the_first_month_is_appended_beside_the_lines_of_others(billing: BillingDesk) -> None:
    assert lines_of(billing) == [("Support", 1, 40), ("s1", 3, 3), ("s2", 3, 3)]
    assert billing.entries(ACME, OCTOBER)[0].action is PlanAction.APPEND
    assert all(line.key.startswith("BB-pax8-r-") for line in billing.entries(ACME, OCTOBER)[0].lines)


def test_the_next_month_takes_the_place_of_the_same_subscription(billing: BillingDesk) -> None:
    billing.charge(seats("n1", ACME, "12.00", subscription_id="s1", description="s1"))

    planned = billing.planned(ACME)

    assert (planned.action, planned.kind, planned.target_id) == (PlanAction.UPDATE, TargetKind.RECURRING, 50)
    assert [(line.change, line.line_id) for line in planned.lines] == [
        (LineChange.CHANGE, 90_001),
        (LineChange.REMOVE, 90_002),
    ]
    billing.bill()
    assert lines_of(billing) == [("Support", 1, 40), ("s1", 3, 4)]


def test_a_new_subscription_is_added(billing: BillingDesk) -> None:
    billing.charge(*(seats(f"n{name}", ACME, "9.00", subscription_id=name, description=name) for name in ("s1", "s3")))
    billing.bill()

    assert lines_of(billing) == [("Support", 1, 40), ("s1", 3, 3), ("s3", 3, 3)]


def test_a_client_with_no_charges_at_all_is_planned_where_something_was_sent_before(billing: BillingDesk) -> None:
    billing.charge(seats("b", BIRCH))

    assert [invoice.client_id for invoice in billing.plan().invoices] == [BIRCH, ACME]
    planned = billing.planned(ACME)
    assert (planned.action, planned.asks) == (PlanAction.UPDATE, ("Everything that was sent is taken back.",))
    assert [line.change for line in planned.lines] == [LineChange.REMOVE, LineChange.REMOVE]
    billing.bill()
    assert lines_of(billing) == [("Support", 1, 40)]
    assert billing.planned(ACME).action is PlanAction.UNCHANGED


def test_lines_of_another_integration_stay(billing: BillingDesk) -> None:
    line = target_line(700, "BB-twilio-r-0123456789abcdef", "Minutes")
    billing.recurring(50, ACME, *billing.halo.invoice_of(ACME).lines, line)
    billing.charge(seats("b", BIRCH))
    billing.bill()

    assert lines_of(billing) == [("Support", 1, 40), ("Minutes", 1, 10)]


def test_a_month_that_costs_the_same_is_written_down_for_that_month(billing: BillingDesk) -> None:
    for period in (OCTOBER, NOVEMBER):
        billing.charge(seats(f"x{period}", ACME, "9.00", subscription_id="s9", **UNDATED), period=period)
    billing.bill(period=OCTOBER)

    planned = billing.planned(ACME)
    assert (planned.action, [line.change for line in planned.lines]) == (PlanAction.UPDATE, [LineChange.KEEP])
    billing.bill()

    [entry] = billing.entries(ACME)
    assert [member.charge_id for line in entry.lines for member in line.members] == ["x2026-11"]
    billing.assign(ACME, Assignment.NEW)
    assert billing.planned(ACME).action is PlanAction.UNCHANGED


def test_a_second_send_of_the_month_changes_only_what_differs(billing: BillingDesk) -> None:
    november = [seats(f"n{name}", ACME, "9.00", subscription_id=name, description=name) for name in ("s1", "s2")]
    billing.charge(*november)
    billing.bill()
    billing.recharge("ns2", price=Decimal(6))

    assert [line.change for line in billing.planned(ACME).lines] == [LineChange.KEEP, LineChange.CHANGE]
    billing.bill()
    assert lines_of(billing) == [("Support", 1, 40), ("s1", 3, 3), ("s2", 3, 2)]
    ids = sorted(map(attrgetter("line_id"), billing.halo.invoice_of(ACME).lines))
    assert ids == [500, 90_001, 90_002]


def test_several_charges_of_one_subscription_keep_their_lines_apart(billing: BillingDesk) -> None:
    alike = [seats(f"n{number}", ACME, f"{number}.00", subscription_id="s1", description="s1") for number in (3, 6)]
    billing.charge(*alike)
    billing.bill()

    assert lines_of(billing) == [("Support", 1, 40), ("s1", 3, 1), ("s1", 3, 2)]


def test_lines_that_halo_would_go_on_billing_ask_before_the_charges_go_elsewhere(billing: BillingDesk) -> None:
    left = "N-50 still has 2 lines of earlier months, which HaloPSA goes on billing. Take them off there."
    billing.charge(seats("n1", ACME))
    billing.assign(ACME, Assignment.NEW)
    assert (billing.planned(ACME).action, billing.planned(ACME).asks) == (PlanAction.CREATE, (left,))

    billing.recurring(51, ACME)
    billing.assign(ACME, Assignment.RECURRING, recurring_id=51)
    assert (billing.planned(ACME).action, billing.planned(ACME).asks) == (PlanAction.APPEND, (left,))

    billing.recurring(50, ACME, foreign())
    assert billing.planned(ACME).asks == ()


def test_that_halo_goes_on_billing_is_noted_when_nothing_is_charged(billing: BillingDesk) -> None:
    billing.charge(seats("b", BIRCH))
    billing.assign(ACME, Assignment.NEW)

    planned = billing.planned(ACME)

    assert planned.refusal == "No charge is left to bill."
    assert "which HaloPSA goes on billing" in planned.notes[-1]


def test_that_halo_goes_on_billing_asks_also_when_months_were_skipped_before_another_invoice_was_picked(
    billing: BillingDesk,
) -> None:
    december = Period(2026, 12)
    billing.charge(seats("n1", ACME), period=december)
    billing.recurring(51, ACME)
    billing.assign(ACME, Assignment.RECURRING, recurring_id=51)

    [asked] = billing.planned(ACME, december).asks

    assert asked.startswith("N-50 still has 2 lines of earlier months")
