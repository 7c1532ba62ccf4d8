"""The plan that is open: agreeing to it, making it again, and opening one only."""

from billingbot.ui.sending.state import SendDesk
from tests.unit.ui.sending.plans import NOVEMBER, invoice, plan


def test_while_a_plan_is_open_the_first_click_wins() -> None:
    desk = SendDesk()
    desk.open("pax8", NOVEMBER, [1, 2])
    desk.open("pax8", NOVEMBER, [3])

    assert desk.open_plan is not None
    assert desk.open_plan.client_ids == (1, 2)
    desk.close()
    desk.open("pax8", NOVEMBER, [3])
    assert desk.open_plan.number == 2


def test_a_plan_that_is_made_again_forgets_what_was_agreed_to() -> None:
    desk = SendDesk()
    desk.open("pax8", NOVEMBER, [1])
    opened = desk.open_plan
    assert opened is not None
    opened.plan = plan(invoice(1, asks=("Much.",)))
    opened.agree(opened.plan.invoices[0], True)
    before = opened.key("send")

    opened.plan_again()

    assert opened.plan is None
    assert not opened.confirmed
    assert opened.key("send") != before


def test_a_change_of_what_is_agreed_to_takes_the_question_back() -> None:
    desk = SendDesk()
    desk.open("pax8", NOVEMBER, [1])
    opened = desk.open_plan
    assert opened is not None
    one = invoice(1, asks=("Much.",))
    opened.agree(one, True)
    opened.asking = True

    opened.agree(one, True)
    assert opened.asking
    opened.agree(one, False)

    assert not opened.asking
    assert opened.confirmed == set()
