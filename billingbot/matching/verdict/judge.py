"""What is to be done with two names that are alike, seen for themselves, and why."""

from dataclasses import dataclass

from billingbot.domain.match import Outcome
from billingbot.matching.join.similar_pairs import similarity
from billingbot.matching.names.name import read_name
from billingbot.matching.verdict.comparison import Comparison
from billingbot.matching.verdict.explanations import explanation
from billingbot.matching.verdict.guards import UNEXPLAINED, find_fuller_form, find_legal_form, find_sign, findings
from billingbot.matching.verdict.sentences import alike
from billingbot.matching.verdict.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome as far as the two names decide it, and the reason, a sentence."""

    outcome: Outcome
    reason: str


def judge(pair: Comparison, score: float, vocabulary: Vocabulary) -> Verdict:
    """Judge two names whose score (0..100) is high enough.

    Confident: every word is explained. Suggested: a guard speaks against it. Review: neither.
    """
    same = explanation(pair, vocabulary)
    if same is None:
        found = findings(pair, vocabulary)
    else:
        # Explained words are no doubt, whatever else is.
        found = [doubt for find in (find_legal_form, find_fuller_form, find_sign) if (doubt := find(pair)) is not None]
        if not found:
            return Verdict(Outcome.CONFIDENT, same)
    against = [finding.words for finding in found if finding.doubt not in UNEXPLAINED]
    outcome = Outcome.SUGGESTED if against else Outcome.REVIEW
    words = "; ".join(against or [finding.words for finding in found])
    return Verdict(outcome, f"{alike(score)}, but {words}.")


def explain(client: str, company: str) -> str:
    """Return in a sentence how alike two names are and what differs, without regard to other names.

    >>> explain("Riverside Clinic 1 Ltd", "Riverside Clinic 2")
    'The names are 94 % alike, but the numbers differ: 1 / 2.'
    """
    pair = Comparison(read_name(client), read_name(company))
    if not pair.client.key or not pair.company.key:
        return "A name without a letter or a digit is like no other."
    return judge(pair, similarity(pair.client.key, pair.company.key), Vocabulary()).reason
