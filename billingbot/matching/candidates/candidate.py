"""What is offered for a client that was not linked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A client and a company, by position in the lists; score 0..100; the reason, a sentence."""

    client: int
    company: int
    score: float
    reason: str
