"""The figures of the last refresh, and the client rows behind each of them."""

from enum import StrEnum

import pandas as pd

from billingbot.domain.match import ClientStatus


class ClientFilter(StrEnum):
    """What an operator may want to look at after a refresh, in the order of the summary."""

    NEW = "New"
    RENAMED = "Renamed"
    GONE = "Gone"
    MATCHED = "Matched automatically"
    REVIEW = "Review"
    SUGGESTED = "Suggested"
    UNMATCHED = "Unmatched"


MEANINGS = {
    ClientFilter.NEW: "clients that this refresh added",
    ClientFilter.RENAMED: "clients whose name changed in HaloPSA",
    ClientFilter.GONE: "clients that HaloPSA, or whose company the distributor, no longer lists",
    ClientFilter.MATCHED: "clients that this refresh linked to a company",
    ClientFilter.REVIEW: "clients that were linked automatically and wait for a look",
    ClientFilter.SUGGESTED: "clients without a company, with a candidate to look at",
    ClientFilter.UNMATCHED: "clients without a company and without a candidate",
}

_RUN_COLUMNS = {
    ClientFilter.NEW: "added_run",
    ClientFilter.RENAMED: "renamed_run",
    ClientFilter.GONE: "gone_run",
    ClientFilter.MATCHED: "linked_run",
}
_STATUSES = {
    ClientFilter.REVIEW: ClientStatus.REVIEW,
    ClientFilter.SUGGESTED: ClientStatus.SUGGESTED,
    ClientFilter.UNMATCHED: ClientStatus.UNMAPPED,
}


def filtered(rows: pd.DataFrame, chosen: ClientFilter, run_id: str) -> pd.DataFrame:
    """Return the rows of `Store.client_rows` that a figure of the run counts, in their order."""
    if chosen in _RUN_COLUMNS:
        return rows[rows[_RUN_COLUMNS[chosen]] == run_id]
    return rows[rows["status"] == _STATUSES[chosen].value]


def figures(rows: pd.DataFrame, run_id: str) -> dict[ClientFilter, int]:
    """Count the rows behind each figure, so that a figure and what it filters to are always the same."""
    return {chosen: len(filtered(rows, chosen, run_id)) for chosen in ClientFilter}
