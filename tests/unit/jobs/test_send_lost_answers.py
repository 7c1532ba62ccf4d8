"""After a lost answer HaloPSA is looked at before anything is sent again: nothing is billed twice or forgotten."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from billingbot.domain.integration import Assignment
from billingbot.domain.ledger import SentState
from billingbot.domain.plan import PlanAction
from billingbot.domain.sending import SendOutcome
from billingbot.domain.target import TargetLine
from billingbot.jobs.outside import SendStep
from tests.fakes import FakeHalo
from tests.unit.jobs.billing_desk import (
    ACME,
    BIRCH,
    BillingDesk,
    amounts,
    foreign,
    lost_before_it_arrived,
    once,
    rounding,
    seats,
    unreachable,
)
from tests.unit.jobs.conftest import Desk

BEFORE_THE_CALL = {
    SendStep.LEASE_TAKEN,
    SendStep.ITEMS_CREATED,
    SendStep.LEDGER_READ,
    SendStep.TARGET_READ,
    SendStep.ENTRY_WRITTEN,
}


class ProcessKilled(BaseException):
    """The process ends here."""


@pytest.fixture
def billing(desk: Desk) -> BillingDesk:
    """Acme's charges go to a new invoice, Birch's to one that is picked."""
    billing = BillingDesk(desk)
    billing.charge(seats("a", ACME), seats("b", BIRCH))
    billing.invoice(40, BIRCH, foreign())
    billing.assign(BIRCH, Assignment.LAST, invoice_id=40)
    return billing


def states(billing: BillingDesk, client_id: int) -> list[SentState]:
    return [entry.state for entry in billing.entries(client_id)]


def killed_at(step: SendStep) -> Callable[[SendStep], None]:
    def reached(now: SendStep) -> None:
        if now is step:
            raise ProcessKilled

    return reached


@pytest.mark.parametrize("client_id", [ACME, BIRCH])
def test_what_arrived_is_found_and_not_sent_again(billing: BillingDesk, client_id: int) -> None:
    billing.halo.lose_answers = lambda: True

    assert billing.outcomes(billing.plan(client_id)) == {client_id: SendOutcome.SENT}

    assert (billing.halo.writes, states(billing, client_id)) == (1, [SentState.SENT])
    assert billing.halo.calls.count("invoice_referred") == (1 if client_id == ACME else 0)


@pytest.mark.parametrize("client_id", [ACME, BIRCH])
def test_an_update_that_arrived_is_found(billing: BillingDesk, client_id: int) -> None:
    billing.bill()
    writes = billing.halo.writes
    billing.recharge("a", price=Decimal(12))
    billing.recharge("b", price=Decimal(12))
    billing.halo.lose_answers = lambda: True

    assert billing.outcomes(billing.plan(client_id)) == {client_id: SendOutcome.SENT}
    assert billing.halo.writes == writes + 1


@pytest.mark.parametrize(("client_id", "call"), [(ACME, "create_invoice"), (BIRCH, "write_lines")])
def test_what_did_not_arrive_is_sent_again_once_others_are_through(
    billing: BillingDesk, client_id: int, call: str
) -> None:
    billing.halo.happenings[call] = once(lost_before_it_arrived)

    results = billing.send(billing.plan())

    assert {result.outcome for result in results.values()} == {SendOutcome.SENT}
    assert states(billing, client_id) == [SentState.SENT, SentState.FAILED]
    assert billing.halo.calls.count(call) == 2
    assert billing.halo.writes == 2


@pytest.mark.parametrize(("client_id", "call"), [(ACME, "create_invoice"), (BIRCH, "write_lines")])
def test_what_is_lost_twice_is_not_known_and_can_be_sent_again(billing: BillingDesk, client_id: int, call: str) -> None:
    plan = billing.plan(client_id)
    billing.halo.happenings[call] = lost_before_it_arrived

    result = billing.send(plan)[client_id]

    assert (result.outcome, states(billing, client_id)) == (
        SendOutcome.UNKNOWN,
        [SentState.UNKNOWN, SentState.FAILED],
    )
    assert "It is looked up again before anything is sent for this client." in result.sentence
    billing.halo.happenings.clear()
    assert billing.outcomes(plan) == {client_id: SendOutcome.SENT}
    assert billing.halo.writes == 1


def test_nothing_is_sent_again_while_it_cannot_be_looked_up(billing: BillingDesk) -> None:
    plan = billing.plan(ACME)
    billing.halo.lose_answers = lambda: True
    billing.halo.happenings["invoice_referred"] = unreachable

    assert billing.outcomes(plan) == {ACME: SendOutcome.UNKNOWN}
    assert billing.outcomes(plan) == {ACME: SendOutcome.FAILED}
    assert (billing.halo.writes, states(billing, ACME)) == (1, [SentState.UNKNOWN])

    billing.halo.happenings.clear()
    assert billing.outcomes(plan) == {ACME: SendOutcome.ALREADY_SENT}
    assert (billing.halo.writes, states(billing, ACME)) == (1, [SentState.SENT])


def test_what_is_found_at_the_last_look_was_sent(billing: BillingDesk) -> None:
    billing.halo.lose_answers = lambda: True
    # At once, after a while, and when the others are through.
    failures = [unreachable, unreachable]
    billing.halo.happenings["invoice_referred"] = lambda: failures.pop()() if failures else None

    assert billing.outcomes(billing.plan(ACME)) == {ACME: SendOutcome.SENT}
    assert (billing.halo.writes, states(billing, ACME)) == (1, [SentState.SENT])


def test_an_invoice_that_arrives_late_is_found_before_it_is_sent_again(billing: BillingDesk) -> None:
    steps: list[SendStep] = []

    def reached(step: SendStep) -> None:
        steps.append(step)
        # It was looked up three times by then: at once, after a while, and when the others were through.
        if step is SendStep.ENTRY_WRITTEN and steps.count(step) == 2:
            FakeHalo.create_invoice(billing.halo, billing.halo.asked[0])

    billing.halo.happenings["create_invoice"] = once(lost_before_it_arrived)

    assert billing.outcomes(billing.plan(ACME), reached=reached) == {ACME: SendOutcome.SENT}
    assert len(billing.halo.invoices_created) == 1
    assert states(billing, ACME) == [SentState.SENT, SentState.FAILED]


def test_lines_that_arrive_late_are_found_before_they_are_sent_again(billing: BillingDesk) -> None:
    plan = billing.plan(BIRCH)
    [line] = plan.invoices[0].lines

    def look() -> None:
        # Looked at: before the call, at once, after a while, when the others are through, and before it is sent again.
        if billing.halo.calls.count("target") == 5:
            amounts = (line.quantity, line.unit_price, line.unit_cost)
            arrived = TargetLine(7, line.key, line.description, *amounts, line.item_id)
            billing.invoice(40, BIRCH, foreign(), arrived)

    billing.halo.happenings |= {"write_lines": once(lost_before_it_arrived), "target": look}

    assert billing.outcomes(plan) == {BIRCH: SendOutcome.SENT}
    assert (billing.halo.writes, states(billing, BIRCH)) == (0, [SentState.SENT, SentState.FAILED])


def test_appended_lines_have_arrived_whatever_halo_made_of_them(billing: BillingDesk) -> None:
    billing.charge(seats("b", BIRCH, "10.01", quantity=Decimal(1000)))
    billing.halo.lose_answers = lambda: True
    billing.halo.stored = rounding

    result = billing.send(billing.plan(BIRCH))[BIRCH]

    assert (result.outcome, billing.halo.writes) == (SendOutcome.SENT, 1)
    assert result.differences[0].startswith("HaloPSA has 1000 × 0.01 where 1000 × 0.01001 was sent")


@pytest.mark.parametrize("client_id", [ACME, BIRCH])
@pytest.mark.parametrize("step", SendStep)
def test_wherever_the_process_ends_the_next_send_bills_each_charge_once(
    billing: BillingDesk, client_id: int, step: SendStep
) -> None:
    plan = billing.plan(client_id)
    with pytest.raises(ProcessKilled):
        billing.send(plan, reached=killed_at(step))

    after = SendOutcome.SENT if step in BEFORE_THE_CALL else SendOutcome.ALREADY_SENT
    assert billing.outcomes(plan) == {client_id: after}

    assert billing.halo.writes == 1
    assert states(billing, client_id)[0] is SentState.SENT
    assert len([row for row in amounts(billing.halo.invoice_of(client_id)) if row[0] != "Support"]) == 1


@pytest.mark.parametrize("client_id", [ACME, BIRCH])
@pytest.mark.parametrize("step", SendStep)
def test_wherever_the_process_ends_a_new_plan_bills_each_charge_once(
    billing: BillingDesk, client_id: int, step: SendStep
) -> None:
    with pytest.raises(ProcessKilled):
        billing.send(billing.plan(client_id), reached=killed_at(step))

    plan = billing.plan(client_id)
    billing.send(plan)

    assert (plan.invoices[0].action is PlanAction.UNCHANGED) == (step not in BEFORE_THE_CALL)
    assert billing.halo.writes == 1
    assert billing.planned(client_id).action is PlanAction.UNCHANGED


def test_a_voided_invoice_that_is_found_by_its_reference_is_billed_anew(billing: BillingDesk) -> None:
    with pytest.raises(ProcessKilled):
        billing.send(billing.plan(ACME), reached=killed_at(SendStep.SENT))
    billing.halo.void(9001)

    assert billing.planned(ACME).action is PlanAction.CREATE
    assert billing.outcomes(billing.plan(ACME)) == {ACME: SendOutcome.SENT}
    assert billing.billed()["a"] == [9002]


def test_an_invoice_that_arrives_after_it_was_sent_again_is_named_until_one_of_them_is_voided(
    billing: BillingDesk,
) -> None:
    billing.halo.happenings["create_invoice"] = once(lost_before_it_arrived)
    assert billing.outcomes(billing.plan(ACME)) == {ACME: SendOutcome.SENT}
    FakeHalo.create_invoice(billing.halo, billing.halo.asked[0])
    first, second = billing.halo.target_rows[-2:]

    planned = billing.planned(ACME)
    assert planned.action is PlanAction.REFUSED
    assert f"{second.number} of an earlier try arrived late, and {first.number} bills the same" in planned.refusal

    billing.halo.put(replace(second, voided=True))
    assert billing.planned(ACME).action is PlanAction.UNCHANGED


def test_an_invoice_that_arrived_late_takes_the_place_of_the_one_that_was_voided(billing: BillingDesk) -> None:
    billing.halo.happenings["create_invoice"] = once(lost_before_it_arrived)
    billing.outcomes(billing.plan(ACME))
    FakeHalo.create_invoice(billing.halo, billing.halo.asked[0])
    first, second = billing.halo.target_rows[-2:]
    billing.halo.put(replace(first, voided=True))

    planned = billing.planned(ACME)

    assert (planned.action, planned.target_id) == (PlanAction.UNCHANGED, second.invoice_id)


def test_an_invoice_that_arrived_after_it_counted_as_failed_is_sent(billing: BillingDesk) -> None:
    billing.halo.happenings["create_invoice"] = lost_before_it_arrived
    assert billing.outcomes(billing.plan(ACME))[ACME] is SendOutcome.UNKNOWN
    billing.halo.happenings.clear()
    billing.plan(ACME)
    assert states(billing, ACME)[0] is SentState.FAILED
    FakeHalo.create_invoice(billing.halo, billing.halo.asked[0])

    assert billing.planned(ACME).action is PlanAction.UNCHANGED
    assert states(billing, ACME)[0] is SentState.SENT
