"""One execution of Refresh Clients: its steps, its state, its summary, and the guard against losing rows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RefreshState(StrEnum):
    """Where a run stands. Only `running` can change into another state."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    NEEDS_APPROVAL = "needs_approval"
    ABANDONED = "abandoned"


class Step(StrEnum):
    """What a running refresh does, in this order."""

    HALO_CLIENTS = "Reading clients from HaloPSA"
    COMPANIES = "Reading companies"
    MATCHING = "Matching names"
    SAVING = "Saving"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a refresh changed (`*_new`, `*_renamed`, `*_gone`, `linked`, `review`) and how things stand after it.

    Clients are HaloPSA's, companies the distributor's. `linked` counts the automatic links of this run that need
    nobody, `review` those that wait for a click. `suggested` and `unmatched` count present clients without a company:
    with and without a candidate.
    """

    clients: int = 0
    clients_new: int = 0
    clients_renamed: int = 0
    clients_gone: int = 0
    companies: int = 0
    companies_new: int = 0
    companies_renamed: int = 0
    companies_gone: int = 0
    linked: int = 0
    review: int = 0
    suggested: int = 0
    unmatched: int = 0
    companies_unmatched: int = 0


@dataclass(frozen=True, slots=True)
class Missing:
    """Rows that were known and are not in the new lists: what a person approves when there are too many."""

    client_ids: frozenset[int] = frozenset()
    company_ids: frozenset[str] = frozenset()

    def covers(self, other: "Missing") -> bool:
        """Say whether everything that is missing in `other` is missing here too."""
        return other.client_ids <= self.client_ids and other.company_ids <= self.company_ids


@dataclass(frozen=True, slots=True)
class RefreshRun:
    """One run as every session sees it. Times are UTC. `done` of `total` rows of `step`; `total` 0 is not known yet.

    `token` is the fencing token of the lease under which the run may write. `error` is the sentence to show.
    `alive` is False for a running run whose process has not been heard of for longer than its lease.
    """

    run_id: str
    integration: str
    actor: str
    state: RefreshState
    started_at: datetime
    token: int = 0
    step: Step = Step.HALO_CLIENTS
    done: int = 0
    total: int = 0
    finished_at: datetime | None = None
    error: str | None = None
    summary: Summary | None = None
    missing: Missing | None = None
    alive: bool = True


def loses_too_much(known: Collection[object], missing: Collection[object], fetched: int) -> bool:
    """Say whether a person has to approve: nothing came at all, or more than max(5, 10 %) of the known rows lack.

    Args:
        known: ids that were present before this refresh.
        missing: the ids among them that the new list lacks.
        fetched: rows in the new list.

    >>> loses_too_much(range(240), range(24), 216), loses_too_much(range(240), range(25), 215)
    (False, True)
    >>> loses_too_much([], [], 0)
    True
    """
    return fetched == 0 or 10 * len(missing) > max(50, len(known))
