"""What the grid says about a link or a suggestion. A score is never rounded up: 100 means all of it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from billingbot.domain.match import ClientStatus

MEANINGS: Mapping[ClientStatus, str] = {
    ClientStatus.GONE: "Not billed until it is back; its link and rules are kept.",
    ClientStatus.EXCLUDED: "Excluded from billing.",
    ClientStatus.REVIEW: "Linked automatically; a person should look at it before it is billed.",
    ClientStatus.MAPPED: "Linked to a company.",
    ClientStatus.SUGGESTED: "Not linked; a person decides.",
    ClientStatus.UNMAPPED: "Not linked, and no company has a similar name.",
}

# First strong isolate and its end, so that a name written from right to left does not pull its score along.
_ISOLATE, _END = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A company that is suggested for a client. `score` is 0..100."""

    company: str
    score: float
    reason: str


def companies_note(status: ClientStatus, score: float, candidates: Sequence[Candidate]) -> str:
    """Return what stands beside the company: the best candidate of a suggestion, the score of a review.

    >>> companies_note(ClientStatus.SUGGESTED, 94.7, [Candidate("Brightwater 2", 94.7, "")])
    '(94) Brightwater 2'
    >>> companies_note(ClientStatus.REVIEW, 92.3, [])
    '(92)'
    """
    if status is ClientStatus.SUGGESTED and candidates:
        return f"({int(candidates[0].score)}) {candidates[0].company}"
    if status is ClientStatus.REVIEW and not math.isnan(score):
        return f"({int(score)})"
    return ""


def companies_more(candidates: Sequence[Candidate]) -> str:
    """Say how many candidates there are beside the best.

    >>> companies_more([Candidate("Brightwater 2", 94.7, "")] * 3), companies_more([])
    ('+2', '')
    """
    return f"+{len(candidates) - 1}" if len(candidates) > 1 else ""


def status_note(status: ClientStatus, reason: str, score: float, candidates: Sequence[Candidate]) -> str:
    """Return the lines of a status's tooltip: what it means, then why it is so.

    Args:
        status: what the tooltip belongs to.
        reason: why the client is linked, or what is gone; "" for nothing to say.
        score: of the link, 0..100; NaN when no machine made it.
        candidates: for a client that is not linked, best first; each gets a line with its score and its reason.
    """
    meaning = MEANINGS[status]
    if status is ClientStatus.GONE:
        return f"{reason} {meaning}"
    if candidates:
        return "\n".join([meaning, *(_line(candidate) for candidate in candidates)])
    # Most reasons say themselves how much the names are alike.
    shown_score = "" if math.isnan(score) or " % alike" in reason else f"Score {int(score)} of 100."
    return "\n".join(filter(None, [meaning, reason, shown_score]))


def _line(candidate: Candidate) -> str:
    return f"{_ISOLATE}{candidate.company}{_END} ({int(candidate.score)}): {candidate.reason}"
