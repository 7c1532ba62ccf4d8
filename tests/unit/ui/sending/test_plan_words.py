"""What a plan says: who is sent, who asks, who is refused and why, and what Send does."""

from decimal import Decimal

import pytest

from billingbot.domain.plan import LineChange, PlanAction
from billingbot.ui.sending.plan_words import (
    Refusals,
    against,
    asking,
    nothing_to_send,
    price_sums,
    question,
    refusals,
    send_words,
    sent_by,
    summaries,
)
from tests.unit.ui.sending.plans import invoice, line, plan, refused

ASKS = ("It is 12 times what was sent for 2026-10.",)


def test_what_is_done_is_summed_by_action_and_by_currency() -> None:
    one = invoice(1, line("a", "10"), line("b", "5"))
    two = invoice(2, line("c", "3"), currency="EUR")
    three = invoice(3, line("d", "4", LineChange.KEEP), line("e", "0", LineChange.REMOVE), action=PlanAction.UPDATE)

    created, updated, kept_off = summaries(plan(one, two, three, refused(4, "Why.")))

    assert (created.action, created.clients, created.lines[LineChange.ADD]) == (PlanAction.CREATE, 2, 3)
    assert created.prices == {"EUR": Decimal(3), "USD": Decimal(15)}
    assert created.costs == {"EUR": Decimal("1.5"), "USD": Decimal("7.5")}
    assert (updated.lines[LineChange.KEEP], updated.lines[LineChange.REMOVE]) == (1, 1)
    assert (kept_off.action, kept_off.clients, kept_off.prices) == (PlanAction.REFUSED, 1, {})


def test_a_client_that_asks_is_sent_only_when_it_was_agreed_to() -> None:
    plain, asks = invoice(1, line("a")), invoice(2, line("b"), asks=ASKS)
    made = plan(plain, asks)

    assert asking(made) == [asks]
    assert sent_by(made, ()) == [plain]
    assert sent_by(made, {2}) == [plain, asks]


@pytest.mark.parametrize("action", [PlanAction.UNCHANGED, PlanAction.REFUSED])
def test_what_writes_nothing_is_never_sent_whatever_was_agreed_to(action: PlanAction) -> None:
    made = plan(invoice(1, line("a"), action=action, asks=ASKS, refusal="Why."))

    assert sent_by(made, {1}) == []
    assert asking(made) == []


def test_refusals_name_their_clients_the_reason_of_most_first() -> None:
    made = plan(refused(1, "No item."), invoice(2), refused(3, "Voided."), refused(4, "Voided."))

    assert refusals(made) == [Refusals("Voided.", ("Client 3", "Client 4")), Refusals("No item.", ("Client 1",))]


def test_of_a_client_that_is_refused_no_line_is_changed() -> None:
    would_be = invoice(1, line("a", "10"), action=PlanAction.REFUSED, refusal="Voided.")

    [summary] = summaries(plan(would_be))

    assert set(summary.lines.values()) == {0}
    assert summary.prices == {"USD": Decimal(10)}


def test_what_speaks_against_a_client_is_its_refusal_or_what_it_asks() -> None:
    assert against(refused(1, "Voided.")) == "Voided."
    assert against(invoice(2, asks=("More than 100 lines.", "Changed in HaloPSA."))) == (
        "More than 100 lines. Changed in HaloPSA."
    )
    assert against(invoice(3)) == ""


def test_the_question_says_what_is_done_for_how_much_and_that_it_stays() -> None:
    sends = [
        invoice(1, line("a", "1000")),
        invoice(2, line("b", "234.5")),
        invoice(3, line("c", "2"), action=PlanAction.APPEND),
        invoice(4, line("d", "1"), action=PlanAction.UPDATE, currency="EUR"),
    ]

    assert send_words(sends) == "Send 4 invoices"
    assert price_sums(sends) == {"EUR": Decimal(1), "USD": Decimal("1236.5")}
    assert question(sends) == (
        "BillingBot creates 2 invoices, adds lines to 1 invoice and changes lines of 1 invoice in HaloPSA. All its "
        "lines on them then come to EUR 1.00 and USD 1,236.50. BillingBot cannot take this back: what was sent is "
        "changed or voided in HaloPSA."
    )
    assert question(sends[:1]).startswith(
        "BillingBot creates 1 invoice in HaloPSA. All its lines on it then come to USD 1,000.00."
    )


def test_it_is_said_why_nothing_can_be_sent() -> None:
    asks, unchanged = invoice(1, line("a"), asks=ASKS), invoice(2, action=PlanAction.UNCHANGED)

    assert "asks for your agreement" in nothing_to_send(plan(asks, unchanged))
    assert nothing_to_send(plan(unchanged, refused(3, "Why."))) == "HaloPSA has all of it already."
    assert nothing_to_send(plan(refused(3, "Why."))) == "Nothing of this plan can be sent."
