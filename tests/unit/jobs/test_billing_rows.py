"""What a month comes to, client by client: amounts in each currency, where they go, and how that stands."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from billingbot.domain.account import Account
from billingbot.domain.billing import Billing, ClientBilling
from billingbot.domain.charge import Charge
from billingbot.domain.integration import Assignment
from billingbot.domain.ledger import LedgerEntry, LedgerLine, SentState
from billingbot.domain.plan import Member, PlanAction
from billingbot.domain.target import TargetKind
from billingbot.jobs.billing_rows import BillingRow, Sent, Standing, billing_rows, holds_now, standing
from tests.unit.billing.charges import NOVEMBER, account, applied, billed, charge, client, prorate, with_rules

NOTHING_SENT = Sent({})


def sent(billing: ClientBilling, **changes: Any) -> LedgerEntry:
    """Return the entry of a client whose lines went out as they are."""
    recurring = changes.get("kind") is TargetKind.RECURRING
    lines = tuple(
        LedgerLine(
            line.recurring_key if recurring else line.key,
            line.description,
            1,
            line.quantity,
            line.unit_price,
            line.unit_cost,
            line.price,
            line.cost,
            tuple(Member(one.charge_id, one.company, one.product, one.cost, one.price) for one in line.members),
        )
        for line in billing.lines
    )
    entry = LedgerEntry(
        entry_id="e1",
        integration="pax8",
        period=NOVEMBER,
        client_id=billing.client.client_id,
        client=billing.client.name,
        revision=1,
        reference="BB-pax8-2026-11-1-1",
        plan_hash="h",
        action=PlanAction.CREATE,
        kind=TargetKind.INVOICE,
        invoice_id=12,
        invoice="INV-12",
        state=SentState.SENT,
        currency="USD",
        total=sum((line.price for line in lines), Decimal(0)),
        lines=lines,
        dropped=(),
        actor="ann",
        started_at=datetime(2026, 11, 26, tzinfo=UTC),
    )
    return replace(entry, **changes)


def rows_of(billing: Billing, entries: Mapping[int, LedgerEntry] | None = None) -> list[BillingRow]:
    return billing_rows(billing, Sent(entries or {}))


def one_client(*charges: Charge, **settings: Any) -> ClientBilling:
    return billed(*charges, of=client(**settings))


def test_a_row_has_the_sums_of_the_lines_as_they_were_rounded() -> None:
    [row] = rows_of(applied(charge("1", "1.005", "0.504"), charge("2", "2", "3"), accounts=account("c1", client())))

    assert (row.lines, row.cost, row.price, row.margin) == (2, Decimal("3.50"), Decimal("3.01"), Decimal("-0.49"))
    assert row.margin_percent == Decimal("-16.3")


def test_the_margin_of_a_credit_is_its_price_less_its_cost() -> None:
    [row] = rows_of(applied(charge("1", "-10", "-8"), accounts=account("c1", client())))

    assert (row.margin, row.margin_percent) == (Decimal(-2), Decimal("20.0"))


def test_a_client_has_a_row_for_each_currency_and_none_is_added_to_another() -> None:
    charges = (charge("1", "10", "8"), charge("2", "100", "70", currency="JPY"))

    rows = rows_of(applied(*charges, accounts=account("c1", client())))

    assert [(row.currency, row.lines, row.price) for row in rows] == [("JPY", 1, Decimal(100)), ("USD", 1, Decimal(10))]


def test_a_row_counts_what_was_dropped_and_what_waits_beside_its_lines() -> None:
    rules = with_rules("drop_favorable_prorates")
    accounts: Mapping[str, Account] = account("c1", client()) | account("c2", client(), review=True)
    charges = (charge("1"), prorate("2", "-5", "-4"), charge("3", company_id="c2"))

    [row] = rows_of(applied(*charges, accounts=accounts, by=rules))

    assert (row.lines, row.dropped, row.waiting, row.standing) == (1, 1, 1, Standing.READY)


@pytest.mark.parametrize(
    ("settings", "target"),
    [
        ({}, "New invoice"),
        ({"assignment": Assignment.LAST, "last_invoice_id": 412}, "Invoice 412"),
        ({"assignment": Assignment.RECURRING, "recurring_invoice_id": -7}, "Recurring invoice -7"),
        ({"assignment": Assignment.LAST, "recurring_invoice_id": -7}, ""),
    ],
)
def test_the_target_is_that_of_the_assignment(settings: dict[str, Any], target: str) -> None:
    [row] = rows_of(applied(charge("1"), accounts=account("c1", client(**settings))))

    assert row.target == target


def test_what_was_sent_is_where_the_ledger_says_whatever_the_assignment_is_now() -> None:
    billing = applied(charge("1"), accounts=account("c1", client(assignment=Assignment.LAST, last_invoice_id=412)))

    [row] = rows_of(billing, {1: sent(billing.clients[0])})

    assert row.target == "INV-12"


def test_a_client_with_lines_and_a_target_is_ready() -> None:
    assert standing(one_client(charge("1")), NOTHING_SENT) is Standing.READY


def test_a_client_without_a_target_says_so_unless_its_invoice_is_a_new_one() -> None:
    assert standing(one_client(charge("1"), assignment=Assignment.LAST), NOTHING_SENT) is Standing.NO_TARGET
    assert standing(one_client(charge("1"), assignment=Assignment.NEW), NOTHING_SENT) is Standing.READY


def test_a_client_with_a_product_that_waits_for_an_item_says_so() -> None:
    billing = one_client(charge("1", sku="A"), charge("2", sku="B"))

    assert standing(billing, NOTHING_SENT, {"B"}) is Standing.NO_ITEM
    assert standing(billing, NOTHING_SENT, {"C"}) is Standing.READY


def test_a_client_with_lines_in_several_currencies_says_so() -> None:
    assert standing(one_client(charge("1"), charge("2", currency="EUR")), NOTHING_SENT) is Standing.CURRENCIES


def test_do_not_invoice_is_said_whatever_else_there_is() -> None:
    excluded = one_client(charge("1"), excluded=True, assignment=Assignment.LAST)

    assert standing(excluded, NOTHING_SENT) is Standing.EXCLUDED


def test_a_client_whose_charges_all_wait_says_for_what() -> None:
    for accounts, expected in (
        (account("c1", client(), review=True), Standing.REVIEW),
        (account("c1", client(), gone=True), Standing.GONE),
        (account("c1", client(gone=True)), Standing.GONE),
    ):
        [billing] = applied(charge("1"), accounts=accounts).clients
        assert standing(billing, NOTHING_SENT) is expected


def test_a_client_whose_charges_are_all_dropped_has_nothing_to_bill() -> None:
    billing = billed(charge("1", "0", "0"), by=with_rules("drop_zero_dollar"))

    assert standing(billing, NOTHING_SENT) is Standing.NOTHING


def test_what_was_sent_as_it_is_now_is_sent() -> None:
    billing = one_client(charge("1"), charge("2", "5", "4"))

    assert standing(billing, Sent({1: sent(billing)})) is Standing.SENT


def test_a_recurring_invoice_is_compared_by_the_keys_that_stay() -> None:
    billing = one_client(charge("1"))

    assert standing(billing, Sent({1: sent(billing, kind=TargetKind.RECURRING)})) is Standing.SENT


def test_a_charge_that_came_went_or_costs_something_else_makes_it_differ() -> None:
    entry = sent(one_client(charge("1"), charge("2", "5", "4")))

    for now in (
        one_client(charge("1")),
        one_client(charge("1"), charge("2", "5", "4"), charge("3")),
        one_client(charge("1"), charge("2", "5", "4.5")),
        one_client(charge("1"), charge("2", "6", "4")),
        one_client(charge("1"), charge("2", "5", "4", product="Office E5")),
    ):
        assert standing(now, Sent({1: entry})) is Standing.DIFFERS


def test_a_line_that_was_taken_back_is_not_missed() -> None:
    before, now = one_client(charge("1"), charge("2")), one_client(charge("1"))
    entry = sent(before)
    nothing = Decimal(0)
    back = replace(entry.lines[1], quantity=nothing, unit_price=nothing, price=nothing, cost=nothing, members=())

    assert holds_now(now, replace(entry, lines=(entry.lines[0], back)))


def test_a_sent_client_that_is_not_to_be_invoiced_any_more_differs() -> None:
    entry = sent(one_client(charge("1")))

    assert standing(one_client(charge("1"), excluded=True), Sent({1: entry})) is Standing.DIFFERS


@pytest.mark.parametrize("state", [SentState.SENDING, SentState.UNKNOWN])
def test_a_lost_answer_comes_before_all_else(state: SentState) -> None:
    billing = one_client(charge("1"), excluded=True)

    assert standing(billing, Sent({1: sent(billing, state=state)}, failed={1})) is Standing.UNKNOWN


def test_a_try_that_failed_is_said_also_when_an_earlier_one_did_not() -> None:
    billing = one_client(charge("1"))

    differs = one_client(charge("1", "20", "16"))

    assert standing(billing, Sent({}, failed={1})) is Standing.FAILED
    assert standing(differs, Sent({1: sent(billing)}, failed={1})) is Standing.FAILED


def test_a_try_that_failed_is_past_when_nothing_is_to_be_sent_any_more() -> None:
    billing = one_client(charge("1"))

    assert standing(billing, Sent({1: sent(billing)}, failed={1})) is Standing.SENT
    assert standing(one_client(charge("1"), excluded=True), Sent({}, failed={1})) is Standing.EXCLUDED
    assert standing(one_client(charge("1"), assignment=Assignment.LAST), Sent({}, failed={1})) is Standing.NO_TARGET
    assert standing(billed(of=client()), Sent({}, failed={1}, recurring={1: {50}})) is Standing.TAKE_BACK


def test_what_halo_made_something_else_of_is_to_be_looked_at_unless_it_differs_anyway() -> None:
    billing = one_client(charge("1"))
    entry = sent(billing, differences=("The line is missing: Office E3.",))

    assert standing(billing, Sent({1: entry})) is Standing.LOOK
    assert standing(one_client(charge("1", "20", "16")), Sent({1: entry})) is Standing.DIFFERS
    assert standing(billed(of=billing.client), Sent({1: replace(entry, lines=())})) is Standing.LOOK


def test_a_client_of_whom_everything_was_taken_back_stands_as_its_charges_do() -> None:
    excluded = one_client(charge("1"), excluded=True)
    dropped = billed(charge("1", "0", "0"), by=with_rules("drop_zero_dollar"))
    entry = sent(one_client(charge("1")), lines=())

    assert standing(excluded, Sent({1: entry})) is Standing.EXCLUDED
    assert standing(dropped, Sent({1: entry})) is Standing.NOTHING


def test_a_client_without_lines_whose_recurring_invoice_holds_those_of_earlier_months_is_taken_back() -> None:
    behind = {1: {50}}
    [waits] = applied(charge("1"), accounts=account("c1", client(), review=True)).clients
    billing = applied(charge("1"), accounts=account("c1", client(excluded=True)))

    [row] = billing_rows(billing, Sent({}, recurring=behind))

    assert (row.standing, row.target) == (Standing.TAKE_BACK, "Recurring invoice 50")
    assert standing(waits, Sent({}, recurring=behind)) is Standing.TAKE_BACK
    assert standing(one_client(charge("1")), Sent({}, recurring=behind)) is Standing.READY


def test_a_client_without_charges_of_whom_halo_still_has_lines_has_a_row_and_is_taken_back() -> None:
    was = one_client(charge("1"))
    billing = applied(charge("2", company_id="c2"), accounts=account("c2", client(2)))
    now = billed(of=was.client)

    [other, row] = billing_rows(billing, Sent({1: sent(was)}), still_billed=[now])

    assert other.standing is Standing.READY
    assert (row.client_id, row.lines, row.price, row.currency, row.target, row.standing) == (
        1,
        0,
        Decimal(0),
        "USD",
        "INV-12",
        Standing.TAKE_BACK,
    )
