"""Planning and sending as an operator does it: nothing is sent that was not seen, agreed to and asked for twice."""

from dataclasses import replace
from decimal import Decimal
from threading import Event

import pytest

from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import EditSettings, Stamp
from billingbot.domain.ledger import SentState
from billingbot.domain.target import TargetLine
from billingbot.errors import UpstreamUnavailable
from tests.fakes import NOON
from tests.unit.store.statements import NOVEMBER, charge, statement
from tests.unit.ui.sending.send_page import AMBER, BIRCH, CEDAR, SendPage
from tests.wait import PATIENCE


def test_a_plan_needs_clients_and_says_so(page: SendPage) -> None:
    page.ticked = ()
    page.run()

    assert page.why_disabled("Plan") == "Tick clients first."


def test_a_plan_shows_what_halopsa_would_get_and_sends_nothing(page: SendPage) -> None:
    page.plan()

    assert page.planned() == {"Amber Dental": "Create", "Birch Foods": "Create", "Cedar Legal": "Create"}
    assert "Nothing is sent yet" in page.said()
    assert page.desk.halo.invoices_created == []
    assert page.ledger() == []


def test_what_asks_is_left_out_until_it_is_agreed_to(page: SendPage) -> None:
    page.plan()
    assert "Send 2 invoices …" in page.buttons()
    assert "**USD 10.50**" in page.said()

    page.agree(BIRCH)

    assert "Send 3 invoices …" in page.buttons()
    assert "**USD 30,010.50**" in page.said()


def test_the_first_click_only_asks_and_back_sends_nothing(page: SendPage) -> None:
    page.plan()

    page.press("Send 2")
    assert "creates 2 invoices in HaloPSA. All its lines on them then come to USD 10.50." in page.said()
    page.press("Back")

    assert "Send 2 invoices …" in page.buttons()
    assert page.desk.halo.invoices_created == []


def test_what_was_sent_is_said_and_stands_in_the_ledger(page: SendPage) -> None:
    page.plan()
    page.send()

    assert page.state.open_plan is None
    assert "sent 2 invoices, on which BillingBot's lines come to USD 10.50. 1 not agreed to." in page.said()
    assert page.table("Outcome")["Client"].tolist() == ["Birch Foods"]
    assert [entry.state for entry in page.ledger()] == [SentState.SENT] * 2
    assert sorted(page.table("When (UTC)")["Client"]) == ["Amber Dental", "Cedar Legal"]


def test_what_is_left_is_planned_again_and_sent_when_it_is_agreed_to(page: SendPage) -> None:
    page.plan()
    page.send()

    page.press("Plan again for 1 client")
    assert page.planned() == {"Birch Foods": "Create"}
    assert page.why_disabled("Send 0") == "All that is left asks for your agreement: tick it above."
    page.agree(BIRCH)
    page.send()

    assert "sent 1 invoice, on which BillingBot's lines come to USD 30,000.00." in page.said()
    assert len(page.desk.halo.invoices_created) == 3


def test_what_was_sent_is_not_sent_again(page: SendPage) -> None:
    page.plan()
    page.send()

    page.plan()

    assert page.planned() == {"Amber Dental": "Unchanged", "Birch Foods": "Create", "Cedar Legal": "Unchanged"}
    assert page.why_disabled("Send 0")


def test_a_plan_whose_ground_has_changed_is_not_sent_but_made_again(page: SendPage) -> None:
    page.plan()
    kept = [charge("a", company_id="c1", price=Decimal(99)), charge("c", company_id="c3", price=Decimal(1))]
    page.app.store.replace_charges("pax8", statement(*kept), "bob", NOON)

    page.send()

    assert page.desk.halo.invoices_created == []
    assert len(page.at.error) == 1
    page.press("Plan again for 3 clients")
    assert page.planned()["Amber Dental"] == "Create"


def test_a_halopsa_that_cannot_be_read_is_said_with_a_way_on(page: SendPage) -> None:
    def fail() -> None:
        raise UpstreamUnavailable("does not answer.", source="HaloPSA")

    page.plan()
    page.send()
    page.press("Dismiss")
    answers, page.desk.halo.before_answer = page.desk.halo.before_answer, fail
    # What was sent is read before anything more is planned for the client.
    page.plan()
    assert "does not answer." in page.said()
    assert not any(label.startswith("Send") for label in page.buttons())

    page.desk.halo.before_answer = answers
    page.press("Plan again")

    assert page.planned()["Amber Dental"] == "Unchanged"


def test_a_client_that_is_refused_is_named_with_the_reason(page: SendPage) -> None:
    edit = EditSettings(AMBER, 0, {Setting.EXCLUDED: True})
    page.app.store.decide("pax8", [edit], Stamp("exclude", "ann", NOON))
    page.plan()

    assert page.planned()["Amber Dental"] == "Refused"
    assert "**1 client refused, and not sent:**" in page.said()
    assert "1 client: Amber Dental." in page.said()


def test_what_halopsa_made_differently_is_said(page: SendPage) -> None:
    def dearer(line: TargetLine) -> TargetLine:
        return replace(line, unit_price=line.unit_price + 1)

    page.desk.halo.stored = dearer
    page.ticked = (AMBER,)
    page.plan()
    page.send()

    assert "HaloPSA made something else of 1 invoice than was sent" in page.said()
    assert page.table("Outcome")["Worth knowing"].iloc[0]


def test_every_session_sees_what_came_of_it_until_it_puts_that_aside(page: SendPage) -> None:
    page.plan()
    page.send()
    page.press("Dismiss")
    assert "sent 2 invoices" not in page.said()

    page.enter()
    page.run()

    assert "sent 2 invoices" in page.said()


def test_an_entry_shows_its_lines_and_the_charges_behind_them(page: SendPage) -> None:
    page.ticked = (AMBER,)
    page.plan()
    page.send()
    [entry] = page.ledger()

    page.pick("When (UTC)", 0)

    assert page.table("Unit price")["Price"].tolist() == [Decimal(10)]
    assert page.table("Charge")["Charge"].tolist() == ["a"]
    assert f"plan {entry.plan_hash[:12]}" in page.said()


def test_a_plan_is_not_taken_for_another_one_that_is_being_sent(page: SendPage) -> None:
    page.ticked = (AMBER,)
    page.plan()
    others = page.app.plan_charges("pax8", NOVEMBER, [CEDAR], "bob")
    answers = Event()
    page.desk.halo.before_answer = lambda: wait(answers)
    page.app.start_sending(others.plan_hash, (), "bob")

    page.press("Send 1")
    page.press("Send now")

    assert "Another plan of this integration is being sent, so nothing of this one is." in page.said()
    assert "are being sent: wait until that has ended" in page.why_disabled("Plan 1 client")
    answers.set()
    page.wait_until_sent()
    assert [entry.client for entry in page.ledger()] == ["Cedar Legal"]


def wait(event: Event) -> None:
    """Let HaloPSA answer when the test says so."""
    assert event.wait(PATIENCE)


def test_that_charges_may_still_change_is_said_once_above_the_clients(page: SendPage) -> None:
    rows = [charge("a", company_id="c1"), charge("b", company_id="c2")]
    page.app.store.replace_charges("pax8", statement(*rows, final=False), "ann", NOON)
    page.ticked = (AMBER, BIRCH)
    page.plan()
    words = "The distributor may still change the charges of this month."
    assert page.said().count(words) == 1

    page.pick("Action", 0)

    assert "**Amber Dental**" in page.said()
    assert page.said().count(words) == 1


def test_of_a_month_that_is_final_nothing_is_said_to_change(page: SendPage) -> None:
    page.plan()

    assert "may still change" not in page.said()


@pytest.mark.parametrize(("currency", "amount"), [("JPY", "%,.0f"), ("USD", "%,.2f"), ("KWD", "%,.3f")])
def test_amounts_have_the_decimals_of_their_currency(page: SendPage, currency: str, amount: str) -> None:
    row = charge("a", company_id="c1", currency=currency, cost=Decimal(8), price=Decimal(10))
    page.app.store.replace_charges("pax8", statement(row), "ann", NOON)
    page.desk.halo.currency = currency
    page.ticked = (AMBER,)

    page.plan()
    page.pick("Action", 0)
    assert page.format_of("Action", "Price") == page.format_of("In HaloPSA now", "Price") == amount
    page.send()
    page.pick("When (UTC)", 0)

    assert page.format_of("When (UTC)", "Total") == page.format_of("Unit price", "Cost") == amount
