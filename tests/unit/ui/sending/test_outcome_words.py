"""What came of a sending: what is to be looked at first, what is left, and how it is said."""

import pytest

from billingbot.domain.sending import SendOutcome
from billingbot.ui.sending.outcome_words import DONE, differing, left, sent_words, tally, worth_a_look
from tests.unit.ui.sending.plans import result


def test_outcomes_other_than_sent_are_counted_in_words() -> None:
    rows = [result(1, SendOutcome.SENT), result(2, SendOutcome.UNCHANGED), result(3, SendOutcome.UNKNOWN)]

    assert tally(rows) == "1 unchanged, 1 not known"
    assert tally([]) == ""


@pytest.mark.parametrize("outcome", SendOutcome)
def test_every_outcome_has_words_and_is_either_done_or_left(outcome: SendOutcome) -> None:
    rows = [result(1, outcome)]

    assert tally(rows).startswith("1 ") or sent_words(rows).startswith("1 ")
    assert left(rows) == ([] if outcome in DONE else [1])


def test_what_a_person_has_to_look_at_comes_first() -> None:
    sent, other = result(1, SendOutcome.SENT), result(2, SendOutcome.SENT, differences=("Other tax.",))
    failed, unknown = result(3, SendOutcome.FAILED), result(4, SendOutcome.UNKNOWN)

    assert worth_a_look([sent, other, failed, unknown]) == [unknown, failed, other]
    assert differing([sent, other]) == 1


def test_what_was_sent_is_summed_by_currency_without_what_was_not() -> None:
    rows = [result(1, SendOutcome.SENT, "10"), result(2, SendOutcome.FAILED, "99"), result(3, SendOutcome.SENT, "1.5")]

    assert sent_words(rows) == "2 invoices, on which BillingBot's lines come to USD 11.50"
    assert sent_words(rows[1:2]) == "nothing"
