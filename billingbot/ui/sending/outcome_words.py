"""What came of a sending, in words, and which clients are left to be planned again."""

from collections import Counter
from collections.abc import Sequence

from billingbot.domain.sending import SendOutcome, SendResult
from billingbot.ui.money import summed, sums_words
from billingbot.ui.wording import count

DONE = frozenset({SendOutcome.SENT, SendOutcome.ALREADY_SENT, SendOutcome.UNCHANGED})
"""Outcomes after which HaloPSA has what it should have."""
# What a person has to look at first.
_ORDER = (
    SendOutcome.UNKNOWN,
    SendOutcome.FAILED,
    SendOutcome.OUTDATED,
    SendOutcome.REFUSED,
    SendOutcome.ASKS,
    SendOutcome.NOT_TRIED,
    SendOutcome.SENT,
    SendOutcome.ALREADY_SENT,
    SendOutcome.UNCHANGED,
)
_WORDS = {
    SendOutcome.ALREADY_SENT: "{} sent before already",
    SendOutcome.UNCHANGED: "{} unchanged",
    SendOutcome.REFUSED: "{} refused",
    SendOutcome.ASKS: "{} not agreed to",
    SendOutcome.OUTDATED: "{} changed meanwhile",
    SendOutcome.FAILED: "{} failed",
    SendOutcome.UNKNOWN: "{} not known",
    SendOutcome.NOT_TRIED: "{} not tried",
}


def worth_a_look(results: Sequence[SendResult]) -> list[SendResult]:
    """Return those that a person has to look at, the most urgent first: what is left, and what HaloPSA made else."""
    found = [result for result in results if result.outcome not in DONE or result.differences]
    return sorted(found, key=lambda one: _ORDER.index(one.outcome))


def tally(results: Sequence[SendResult]) -> str:
    """Count the outcomes besides what was sent: "3 unchanged, 1 failed"; "" for none."""
    numbers = Counter(result.outcome for result in results)
    return ", ".join(words.format(f"{numbers[outcome]:,}") for outcome, words in _WORDS.items() if numbers[outcome])


def sent_words(results: Sequence[SendResult]) -> str:
    """Say how much was sent: "3 invoices, on which BillingBot's lines come to USD 120.00", or "nothing"."""
    sent = [result for result in results if result.outcome is SendOutcome.SENT]
    if not sent:
        return "nothing"
    sums = summed((result.currency, result.total) for result in sent)
    on_which = f"on which BillingBot's lines come to {sums_words(sums)}"
    return f"{count(len(sent), 'invoice')}, {on_which}"


def left(results: Sequence[SendResult]) -> list[int]:
    """Return the clients of which HaloPSA has not got what was planned, or may not have."""
    return [result.client_id for result in results if result.outcome not in DONE]


def differing(results: Sequence[SendResult]) -> int:
    """Count the clients of which HaloPSA made something else than was sent."""
    return sum(bool(result.differences) for result in results)
