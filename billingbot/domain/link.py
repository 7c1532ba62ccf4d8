"""A mapping as people see it: which company, how it came about, and whether somebody still has to look at it."""

from dataclasses import dataclass
from datetime import datetime

from billingbot.domain.match import Outcome


@dataclass(frozen=True, slots=True)
class Link:
    """A company of a client. `outcome` is confident or review; `score` 0..100 is None when no machine found the pair.

    `gone` says that the distributor does not list the company any more. `actor` is "auto" for the machine.
    """

    company_id: str
    company: str
    client_id: int
    outcome: Outcome
    score: float | None
    reason: str
    actor: str
    created_at: datetime
    gone: bool
