"""A plan is sent once, client by client, and the ledger says what was sent."""

from dataclasses import replace
from decimal import Decimal

import pytest

from billingbot.domain.caps import Caps
from billingbot.domain.integration import Assignment
from billingbot.domain.ledger import SentState
from billingbot.domain.plan import PlanAction
from billingbot.domain.sending import SendOutcome
from billingbot.domain.target import TargetKind
from billingbot.errors import NotFound, SendingRunning, SendingStopped
from billingbot.jobs.outside import SendStep
from tests.unit.jobs.billing_desk import (
    ACME,
    BIRCH,
    CEDAR,
    LONG,
    BillingDesk,
    amounts,
    foreign,
    rejected,
    seats,
    unreachable,
)
from tests.unit.jobs.conftest import Desk


@pytest.fixture
def billing(desk: Desk) -> BillingDesk:
    billing = BillingDesk(desk)
    billing.charge(seats("a", ACME), seats("b", BIRCH), seats("c", CEDAR))
    return billing


def test_each_client_gets_an_invoice_of_its_own(billing: BillingDesk) -> None:
    results = billing.send(billing.plan())

    assert [result.outcome for result in results.values()] == [SendOutcome.SENT] * 3
    assert [(result.invoice_id, result.invoice, result.total, result.currency) for result in results.values()] == [
        (9001, "INV-009001", Decimal("9.99"), "USD"),
        (9002, "INV-009002", Decimal("9.99"), "USD"),
        (9003, "INV-009003", Decimal("9.99"), "USD"),
    ]
    assert [(row.client_id, row.reference, row.title) for row in billing.halo.invoices_created] == [
        (ACME, "BB-pax8-2026-11-1-1", "Pax8 2026-11"),
        (BIRCH, "BB-pax8-2026-11-2-1", "Pax8 2026-11"),
        (CEDAR, "BB-pax8-2026-11-3-1", "Pax8 2026-11"),
    ]
    assert amounts(billing.halo.invoice_of(ACME)) == [
        ("Office E3 · Seats · 2026-11-01 to 2026-11-30", Decimal(3), Decimal("3.33"))
    ]


def test_a_plan_that_is_sent_again_does_nothing(billing: BillingDesk) -> None:
    plan = billing.plan()
    billing.send(plan)
    writes, entries = billing.halo.writes, billing.entries(ACME)

    assert set(billing.outcomes(plan).values()) == {SendOutcome.ALREADY_SENT}
    assert (billing.halo.writes, billing.entries(ACME)) == (writes, entries)


def test_a_second_plan_that_finds_everything_as_it_should_be_sends_nothing(billing: BillingDesk) -> None:
    billing.bill()
    writes = billing.halo.writes

    assert set(billing.outcomes(billing.plan()).values()) == {SendOutcome.UNCHANGED}
    assert billing.halo.writes == writes


def test_after_a_changed_charge_only_that_line_changes(billing: BillingDesk) -> None:
    billing.charge(seats("a", ACME), seats("d", ACME), seats("b", BIRCH))
    billing.bill()
    before = billing.halo.invoice_of(ACME)
    billing.recharge("d", price=Decimal(12))

    assert billing.outcomes(billing.plan()) == {ACME: SendOutcome.SENT, BIRCH: SendOutcome.UNCHANGED}

    after = billing.halo.invoice_of(ACME)
    assert after.lines[0] == before.lines[0]
    assert after.lines[1] == replace(before.lines[1], unit_price=Decimal(4))
    assert len(billing.halo.lines_written) == 1


def test_lines_of_others_stay_on_an_invoice_that_is_appended_to(billing: BillingDesk) -> None:
    billing.invoice(40, ACME, foreign())
    billing.assign(ACME, Assignment.LAST, invoice_id=40)
    billing.bill(ACME)

    assert [price for _, _, price in amounts(billing.halo.invoice_of(ACME))] == [Decimal(40), Decimal("3.33")]
    assert billing.entries(ACME)[0].invoice_id == 40


def test_the_ledger_says_who_sent_which_charges_and_what_was_dropped(billing: BillingDesk) -> None:
    billing.configure(drop_zero_dollar=True)
    billing.charge(seats("a", ACME), seats("free", ACME, "0"))

    billing.send(billing.plan(ACME), actor="bob")

    [entry] = billing.entries(ACME)
    assert (entry.state, entry.action, entry.kind, entry.invoice_id) == (
        SentState.SENT,
        PlanAction.CREATE,
        TargetKind.INVOICE,
        9001,
    )
    assert (entry.actor, entry.revision, entry.total, entry.differences) == ("bob", 1, Decimal("9.99"), ())
    assert [[member.charge_id for member in line.members] for line in entry.lines] == [["a"]]
    assert [(member.charge_id, member.rule) for member in entry.dropped] == [("free", "Drop Zero Dollar Lines")]


def test_the_entry_is_in_the_ledger_before_the_call(billing: BillingDesk) -> None:
    seen = []
    billing.halo.happenings["create_invoice"] = lambda: seen.append(billing.entries(ACME)[0].state)

    billing.bill(ACME)

    assert seen == [SentState.SENDING]


def test_each_step_is_reached_in_its_order(billing: BillingDesk) -> None:
    steps: list[SendStep] = []

    billing.send(billing.plan(ACME), reached=steps.append)

    assert steps == list(SendStep)


def test_what_asks_waits_until_it_is_agreed_to(billing: BillingDesk) -> None:
    plan = billing.plan(caps=Caps(amount=Decimal(1)))

    results = billing.send(plan, confirmed=[BIRCH])

    assert [result.outcome for result in results.values()] == [SendOutcome.ASKS, SendOutcome.SENT, SendOutcome.ASKS]
    assert results[ACME].sentence == "9.99 USD is more than 1 USD."
    assert billing.outcomes(plan)[ACME] is SendOutcome.SENT


def test_what_is_refused_says_why(billing: BillingDesk) -> None:
    billing.assign(ACME, Assignment.LAST)

    result = billing.send(billing.plan())[ACME]

    assert (result.outcome, result.sentence[:24]) == (SendOutcome.REFUSED, "No invoice is picked for")


def test_cancelled_in_the_middle_the_rest_is_not_tried(billing: BillingDesk) -> None:
    plan = billing.plan()

    results = billing.send(plan, stopping=lambda: billing.halo.writes == 1)

    assert [result.outcome for result in results.values()] == [SendOutcome.SENT, *[SendOutcome.NOT_TRIED] * 2]
    assert billing.halo.writes == 1
    assert list(billing.outcomes(plan).values()) == [SendOutcome.ALREADY_SENT, SendOutcome.SENT, SendOutcome.SENT]


def test_progress_is_heard_of(billing: BillingDesk) -> None:
    heard = []

    billing.send(billing.plan(), seen=lambda done, total: heard.append((done, total)))

    assert heard == [(0, 3), (1, 3), (2, 3)]


def test_an_invoice_that_is_rejected_stops_no_other(billing: BillingDesk) -> None:
    plan = billing.plan()

    def reject_birch() -> None:
        if len(billing.halo.invoices_created) == 1 and billing.halo.calls.count("create_invoice") == 2:
            rejected()

    billing.halo.happenings["create_invoice"] = reject_birch
    results = billing.send(plan)

    assert [result.outcome for result in results.values()] == [SendOutcome.SENT, SendOutcome.FAILED, SendOutcome.SENT]
    assert results[BIRCH].sentence == "HaloPSA: it was refused."
    assert (billing.entries(BIRCH)[0].state, billing.entries(BIRCH)[0].error) == (
        SentState.FAILED,
        "HaloPSA: it was refused.",
    )
    billing.halo.happenings.clear()
    assert billing.outcomes(plan)[BIRCH] is SendOutcome.SENT
    assert [entry.revision for entry in billing.entries(BIRCH)] == [2, 1]


def test_when_halo_cannot_be_reached_the_rest_is_not_tried(billing: BillingDesk) -> None:
    plan = billing.plan()
    billing.halo.happenings["create_invoice"] = unreachable

    results = billing.send(plan)

    assert [result.outcome for result in results.values()] == [SendOutcome.FAILED, *[SendOutcome.NOT_TRIED] * 2]
    assert results[CEDAR].sentence == "HaloPSA could not be reached before: HaloPSA: no answer."
    billing.halo.happenings.clear()
    assert set(billing.outcomes(plan).values()) == {SendOutcome.SENT}


def test_while_somebody_sends_nobody_else_does(billing: BillingDesk) -> None:
    plan, refused = billing.plan(), []

    def meanwhile() -> None:
        with pytest.raises(SendingRunning) as caught:
            billing.send(plan)
        refused.append(caught.value)

    billing.halo.happenings["create_invoice"] = meanwhile
    billing.send(plan)

    assert (len(refused), billing.halo.writes) == (3, 3)


def test_the_right_to_send_is_given_back_also_after_an_error(billing: BillingDesk) -> None:
    plan = billing.plan()
    billing.charge(seats("a", ACME, "1"))
    with pytest.raises(Exception, match="have changed since"):
        billing.send(plan)

    billing.bill()

    billing.store.release_send_lease(billing.store.take_send_lease("pax8", "bob", LONG))


def test_whoever_lost_the_right_to_send_sends_nothing_more(billing: BillingDesk) -> None:
    plan = billing.plan()

    def taken_over() -> None:
        billing.desk.engine.write(lambda tx: tx.execute("update lease set token = token + 1 where name = 'send'"))

    billing.halo.happenings["create_invoice"] = taken_over
    with pytest.raises(SendingStopped):
        billing.send(plan)

    assert billing.halo.writes == 1
    assert [entry.state for entry in billing.store.ledger("pax8")] == [SentState.SENDING]


def test_what_such_a_sending_left_open_is_found_by_the_next_one(billing: BillingDesk) -> None:
    test_whoever_lost_the_right_to_send_sends_nothing_more(billing)
    billing.desk.engine.write(lambda tx: tx.execute("update lease set owner = null where name = 'send'"))
    billing.halo.happenings.clear()

    plan = billing.plan()

    assert [invoice.action for invoice in plan.invoices] == [PlanAction.UNCHANGED, *[PlanAction.CREATE] * 2]
    billing.send(plan)
    assert billing.billed() == {"a": [9001], "b": [9002], "c": [9003]}


def test_there_is_no_such_plan(billing: BillingDesk) -> None:
    with pytest.raises(NotFound):
        billing.send(replace(billing.plan(), plan_hash="0" * 64))


def test_a_client_is_not_billed_what_another_got_since_and_lost_again(billing: BillingDesk) -> None:
    plan = billing.plan(ACME)
    billing.move("c1", BIRCH)
    billing.bill(BIRCH)
    billing.move("c1", ACME)

    result = billing.send(plan)[ACME]

    assert (result.outcome, result.sentence) == (
        SendOutcome.OUTDATED,
        "Some of its charges are on INV-009001 of Birch Foods now.",
    )
    assert billing.billed()["a"] == [9001]


def test_a_plan_is_good_again_when_what_another_got_is_voided(billing: BillingDesk) -> None:
    plan = billing.plan(ACME)
    billing.move("c1", BIRCH)
    billing.bill(BIRCH)
    billing.move("c1", ACME)
    billing.halo.void(9001)

    assert billing.outcomes(plan) == {ACME: SendOutcome.SENT}
    assert billing.billed()["a"] == [9002]


def test_whoever_is_changed_while_others_are_sent_is_not_sent(billing: BillingDesk) -> None:
    plan = billing.plan()

    def exclude(done: int, total: int) -> None:
        assert total == 3
        if done == 1:
            billing.exclude(BIRCH)

    results = billing.send(plan, seen=exclude)

    assert [results[client_id].outcome for client_id in (ACME, BIRCH, CEDAR)] == [
        SendOutcome.SENT,
        SendOutcome.OUTDATED,
        SendOutcome.SENT,
    ]
    assert BIRCH not in {invoice.client_id for invoice in billing.halo.invoices_created}
