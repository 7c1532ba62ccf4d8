"""What HaloPSA made of an invoice is read back, and shown where it differs from what was sent."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from billingbot.domain.integration import Assignment
from billingbot.domain.ledger import SentState
from billingbot.domain.plan import LineChange, PlanAction
from billingbot.domain.sending import SendOutcome
from billingbot.domain.target import Target, TargetKind
from tests.fake_targets import with_lines
from tests.unit.jobs.billing_desk import (
    ACME,
    ITEM,
    BillingDesk,
    foreign,
    rounding,
    seats,
    unreachable,
)
from tests.unit.jobs.conftest import Desk

NAME = "Office E3 · Seats · 2026-11-01 to 2026-11-30"


@pytest.fixture
def billing(desk: Desk) -> BillingDesk:
    billing = BillingDesk(desk)
    billing.charge(seats("a", ACME))
    return billing


def differences(billing: BillingDesk) -> tuple[str, ...]:
    """Plan and send for Acme, and return what was shown: that is also what the ledger says."""
    result = billing.bill(ACME)[ACME]
    assert result.outcome is SendOutcome.SENT
    assert billing.entries(ACME)[0].differences == result.differences
    assert billing.entries(ACME)[0].state is SentState.SENT
    return result.differences


def after_a_write(billing: BillingDesk, change: Callable[[Target], Target]) -> None:
    """Let HaloPSA's own work on the invoice be seen when it is read back."""
    written = billing.halo.writes

    def read() -> None:
        if billing.halo.writes > written:
            billing.halo.happenings.clear()
            target = billing.halo.invoice_of(ACME)
            billing.halo.put(change(target))

    billing.halo.happenings["target"] = read


def test_what_is_as_it_was_sent_shows_nothing(billing: BillingDesk) -> None:
    assert differences(billing) == ()


def test_a_rounded_price(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME, "10.01", quantity=Decimal(1000), description="", start=None, end=None))
    billing.halo.stored = rounding

    assert differences(billing) == ("HaloPSA has 1000 × 0.01 where 1000 × 0.01001 was sent: Office E3.",)


def test_another_quantity(billing: BillingDesk) -> None:
    billing.halo.stored = lambda line: replace(line, quantity=line.quantity + 1)

    assert differences(billing) == (f"HaloPSA has 4 × 3.33 where 3 × 3.33 was sent: {NAME}.",)


def test_another_cost(billing: BillingDesk) -> None:
    billing.halo.stored = lambda line: replace(line, unit_cost=Decimal(9))

    assert differences(billing) == (f"HaloPSA has the unit cost 9 where 2.5 was sent: {NAME}.",)


def test_a_description_that_halopsa_cut(billing: BillingDesk) -> None:
    billing.halo.stored = lambda line: replace(line, description=line.description[:9])

    assert differences(billing) == (f"HaloPSA cut the description to “Office E3”: {NAME}.",)


def test_another_description(billing: BillingDesk) -> None:
    billing.halo.stored = lambda line: replace(line, description="Seats")

    assert differences(billing) == (f"HaloPSA has the description “Seats”: {NAME}.",)


def test_another_item(billing: BillingDesk) -> None:
    billing.halo.stored = lambda line: replace(line, item_id=5)

    assert differences(billing) == (f"HaloPSA has item 5 where item {ITEM.item_id} was sent: {NAME}.",)


def test_a_line_that_is_switched_off(billing: BillingDesk) -> None:
    billing.halo.stored = lambda line: replace(line, inactive=True)

    assert differences(billing) == (f"HaloPSA has switched the line off: {NAME}.",)


@pytest.mark.parametrize(
    ("made", "was"),
    [
        ({"unit_cost": Decimal(9)}, "3 × 3.33, another unit cost: 9"),
        ({"description": "Office"}, "3 × 3.33, another description: Office"),
        ({"item_id": 5}, "3 × 3.33, another item: 5"),
        ({"item_id": None}, "3 × 3.33, another item: none"),
        ({"inactive": True}, "3 × 3.33, switched off"),
        ({"unit_cost": Decimal(9), "inactive": True}, "3 × 3.33, another unit cost: 9, switched off"),
        ({"unit_price": Decimal(3), "unit_cost": Decimal(2)}, "3 × 3"),
    ],
)
def test_a_plan_says_plainly_what_of_a_line_is_another_one(
    billing: BillingDesk, made: dict[str, Any], was: str
) -> None:
    billing.bill()
    [line] = billing.halo.invoice_of(ACME).lines
    billing.halo.edit_line(TargetKind.INVOICE, 9001, line.key, **made)

    [planned] = billing.planned(ACME).lines

    assert (planned.change, planned.was) == (LineChange.CHANGE, was)
    billing.bill()
    assert billing.halo.invoice_of(ACME).lines[0].inactive is False
    assert billing.planned(ACME).action is PlanAction.UNCHANGED


def test_a_created_invoice_is_found_whatever_halopsa_made_of_its_lines(billing: BillingDesk) -> None:
    billing.halo.stored = lambda line: replace(line, description="", unit_cost=Decimal(0), item_id=None, inactive=True)
    billing.halo.lose_answers = lambda: True

    assert len(differences(billing)) == 4
    assert billing.halo.writes == 1


def test_a_missing_line(billing: BillingDesk) -> None:
    after_a_write(billing, lambda target: with_lines(target, []))

    assert differences(billing) == (f"The line is missing: {NAME}.",)


def test_a_line_that_is_there_twice(billing: BillingDesk) -> None:
    after_a_write(billing, lambda target: with_lines(target, [*target.lines, replace(target.lines[0], line_id=7)]))

    assert differences(billing) == (f"The line is there 2 times: {NAME}.",)


def test_a_line_that_was_not_taken_back(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), seats("b", ACME))
    billing.bill()
    billing.charge(seats("a", ACME))
    was = billing.halo.invoice_of(ACME)
    after_a_write(billing, lambda _target: was)

    assert differences(billing) == (f"HaloPSA still has 3 × 3.33 of a line that was taken back: {NAME}.",)


def test_a_line_that_was_taken_back_may_be_there_with_nothing_or_not_at_all(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), seats("b", ACME))
    billing.bill()
    billing.charge(seats("a", ACME))
    after_a_write(billing, lambda target: with_lines(target, [row for row in target.lines if row.quantity]))

    assert differences(billing) == ()


def test_another_currency(billing: BillingDesk) -> None:
    billing.halo.currency = "CAD"

    assert differences(billing) == ("The invoice is in CAD, the charges are in USD.",)


@pytest.fixture
def appended(billing: BillingDesk) -> BillingDesk:
    billing.invoice(40, ACME, foreign())
    billing.assign(ACME, Assignment.LAST, invoice_id=40)
    return billing


def test_lines_of_others_that_are_untouched(appended: BillingDesk) -> None:
    assert differences(appended) == ()


def test_a_line_of_others_with_other_amounts(appended: BillingDesk) -> None:
    after_a_write(appended, lambda target: with_lines(target, [foreign(price=41), *target.lines[1:]]))

    assert differences(appended) == ("A line that BillingBot did not send has other amounts: Support.",)


def test_a_line_of_others_that_is_not_there_any_more(appended: BillingDesk) -> None:
    after_a_write(appended, lambda target: with_lines(target, target.lines[1:]))

    assert differences(appended) == ("A line that BillingBot did not send is not there any more: Support.",)


def test_what_cannot_be_read_back_was_sent(billing: BillingDesk) -> None:
    billing.halo.happenings["target"] = unreachable

    assert differences(billing) == ("It was sent, but could not be read back: HaloPSA: no answer.",)
    assert billing.entries(ACME)[0].invoice_id == 9001
    billing.halo.happenings.clear()
    assert billing.planned(ACME).action is PlanAction.UNCHANGED
    assert billing.halo.target(TargetKind.INVOICE, 9001).client_id == ACME
