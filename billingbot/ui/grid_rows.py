"""From the store's client rows to what the grid shows: one display text and one tooltip a cell, nothing else."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pandas as pd

from billingbot.domain.match import ClientStatus
from billingbot.ui.match_notes import Candidate, companies_more, companies_note, status_note


def grid_rows(rows: pd.DataFrame, candidates: pd.DataFrame) -> pd.DataFrame:
    """Return the grid's rows in the order of `rows`.

    Args:
        rows: what `Store.client_rows` returns.
        candidates: what `Store.candidates` returns for the suggested rows.

    Columns: client_id int64 · client str · companies str · companies_note str (what is said beside the name) ·
    companies_more str (how many candidates the note does not name) · status str · status_note str (tooltip) ·
    last_invoice_id, recurring_invoice_id Int64 · assignment str · inherited bool · excluded bool · version int64.
    """
    shown = rows[
        [
            "client_id",
            "client",
            "companies",
            "status",
            "last_invoice_id",
            "recurring_invoice_id",
            "assignment",
            "inherited",
            "excluded",
            "version",
        ]
    ].reset_index(drop=True)
    offered = _by_client(candidates)
    notes = [
        _notes(ClientStatus(status), reason, score, offered.get(client_id, ()))
        for client_id, status, reason, score in zip(
            rows["client_id"], rows["status"], rows["reason"], rows["score"], strict=True
        )
    ]
    columns = ["companies_note", "companies_more", "status_note"]
    return shown.join(pd.DataFrame(notes, columns=columns, dtype="str"))


def _by_client(candidates: pd.DataFrame) -> Mapping[int, Sequence[Candidate]]:
    """Return each client's candidates, best first."""
    offered: dict[int, list[Candidate]] = defaultdict(list)
    best_first = candidates.sort_values("rank", kind="stable")
    for client_id, company, score, reason in zip(
        best_first["client_id"], best_first["company"], best_first["score"], best_first["reason"], strict=True
    ):
        offered[client_id].append(Candidate(company, score, reason))
    return offered


def _notes(status: ClientStatus, reason: str, score: float, candidates: Sequence[Candidate]) -> tuple[str, str, str]:
    return (
        companies_note(status, score, candidates),
        companies_more(candidates),
        status_note(status, reason, score, candidates),
    )
