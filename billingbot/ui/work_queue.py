"""The chips above the grid: what waits for somebody, what the last refresh changed. Each is a filter of the rows."""

from collections.abc import Mapping
from enum import StrEnum

import pandas as pd

from billingbot.domain.match import ClientStatus


class Work(StrEnum):
    """What can be asked for. The values stand in addresses, and in the rows that the grid filters itself."""

    UNMAPPED = "unmapped"
    SUGGESTED = "suggested"
    REVIEW = "review"
    MISSING_TARGET = "missing-target"
    GONE = "gone"
    EXCLUDED = "excluded"
    NEW = "new"
    RENAMED = "renamed"
    LOST = "lost"
    MATCHED = "matched"


TO_DO = (Work.UNMAPPED, Work.SUGGESTED, Work.REVIEW, Work.MISSING_TARGET, Work.GONE, Work.EXCLUDED)
LAST_REFRESH = (Work.NEW, Work.RENAMED, Work.LOST, Work.MATCHED)

LABELS: Mapping[Work, str] = {
    Work.UNMAPPED: "Unmapped",
    Work.SUGGESTED: "Suggested",
    Work.REVIEW: "Review",
    Work.MISSING_TARGET: "Missing target",
    Work.GONE: "Gone",
    Work.EXCLUDED: "Excluded",
    Work.NEW: "New",
    Work.RENAMED: "Renamed",
    Work.LOST: "No longer listed",
    Work.MATCHED: "Matched automatically",
}
EMPTY: Mapping[Work, str] = {
    Work.UNMAPPED: "Every client has a company, or a suggestion to look at.",
    Work.SUGGESTED: "No suggestion is open.",
    Work.REVIEW: "No link waits for a look.",
    Work.MISSING_TARGET: "Every client that is billed to an existing invoice has one.",
    Work.GONE: "No client is gone.",
    Work.EXCLUDED: "No client is excluded from billing.",
    Work.NEW: "The last refresh added no client.",
    Work.RENAMED: "No client was renamed since the refresh before.",
    Work.LOST: "No client went away with the last refresh.",
    Work.MATCHED: "The last refresh linked nobody.",
}

_STATUSES = {
    Work.UNMAPPED: ClientStatus.UNMAPPED,
    Work.SUGGESTED: ClientStatus.SUGGESTED,
    Work.REVIEW: ClientStatus.REVIEW,
    Work.GONE: ClientStatus.GONE,
}
_RUNS = {
    Work.NEW: "added_run",
    Work.RENAMED: "renamed_run",
    Work.LOST: "gone_run",
    Work.MATCHED: "linked_run",
}


def members(rows: pd.DataFrame, run_id: str) -> dict[Work, "pd.Series[bool]"]:
    """Return which rows of `Store.client_rows` each chip means; `run_id` is the last refresh, "" for none."""
    return {
        **{work: rows["status"] == status.value for work, status in _STATUSES.items()},
        Work.MISSING_TARGET: rows["missing_target"],
        Work.EXCLUDED: rows["excluded"],
        **{work: (rows[column] == run_id) & (rows[column] != "") for work, column in _RUNS.items()},
    }


def figures(rows: pd.DataFrame, run_id: str) -> dict[Work, int]:
    """Count the rows of each chip, so that a figure and what it filters to are always the same."""
    return {work: int(found.sum()) for work, found in members(rows, run_id).items()}


def queues(rows: pd.DataFrame, run_id: str) -> "pd.Series[str]":
    """Return for each row the chips that mean it, each between spaces: ' suggested new '."""
    words = pd.Series(" ", index=rows.index, dtype="str")
    for work, found in members(rows, run_id).items():
        words = words.where(~found, words + f"{work.value} ")
    return words
