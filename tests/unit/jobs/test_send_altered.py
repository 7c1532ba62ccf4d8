"""An update has arrived when HaloPSA has every line as it was sent, whatever of the lines was to change."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from billingbot.domain.plan import PlanAction
from billingbot.domain.product import HaloItem
from billingbot.domain.sending import SendOutcome
from tests.unit.jobs.billing_desk import ACME, BillingDesk, lost_before_it_arrived, seats
from tests.unit.jobs.conftest import Desk


@pytest.fixture
def billing(desk: Desk) -> BillingDesk:
    billing = BillingDesk(desk)
    billing.charge(seats("a", ACME))
    return billing


def dearer(billing: BillingDesk) -> None:
    billing.recharge("a", cost=Decimal(6))


def renamed(billing: BillingDesk) -> None:
    billing.recharge("a", product="Office E5")


def remapped(billing: BillingDesk) -> None:
    billing.map_product("SKU-1", HaloItem(78, "Others"))


@pytest.mark.parametrize("change", [dearer, renamed, remapped])
def test_an_update_that_changes_no_amount_and_never_arrived_was_not_sent(
    billing: BillingDesk, change: Callable[[BillingDesk], None]
) -> None:
    billing.bill()
    change(billing)
    assert billing.planned(ACME).action is PlanAction.UPDATE
    billing.halo.happenings["write_lines"] = lost_before_it_arrived

    assert billing.bill(ACME)[ACME].outcome is SendOutcome.UNKNOWN

    billing.halo.happenings.clear()
    assert billing.bill(ACME)[ACME].outcome is SendOutcome.SENT
    assert billing.planned(ACME).action is PlanAction.UNCHANGED


def test_an_update_whose_text_halopsa_cuts_and_whose_answer_is_lost_adds_nothing_twice(billing: BillingDesk) -> None:
    billing.halo.stored = lambda line: replace(line, description=line.description[:9])
    billing.bill()
    billing.charge(seats("a", ACME), seats("b", ACME))
    billing.halo.lose_answers = lambda: True

    for _ in range(3):
        billing.bill(ACME)
    billing.halo.lose_answers = lambda: False

    assert billing.bill(ACME)[ACME].outcome is SendOutcome.SENT
    lines = billing.halo.invoice_of(ACME).lines
    assert len(lines) == len({line.key for line in lines}) == 2
    assert billing.billed() == {"a": [9001], "b": [9001]}
