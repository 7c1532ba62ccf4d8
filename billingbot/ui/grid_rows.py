"""From the store's client rows to what the grid shows: one display text and one tooltip a cell, nothing else."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pandas as pd

from billingbot.domain.match import ClientStatus
from billingbot.ui.match_notes import Candidate, companies_more, companies_note, status_note
from billingbot.ui.work_queue import queues


def grid_rows(rows: pd.DataFrame, candidates: pd.DataFrame, run_id: str) -> pd.DataFrame:
    """Return the grid's rows in the order of `rows`.

    Args:
        rows: what `Store.client_rows` returns.
        candidates: what `Store.candidates` returns for the suggested rows.
        run_id: the last refresh that succeeded.

    Columns: client_id int64 · client str · companies str · companies_note str (what is said beside the name) ·
    companies_more str (how many candidates the note does not name) · status str · status_note str (tooltip) ·
    open_company_id str (of the link or suggestion that waits for a click, or "") · last_invoice_id,
    recurring_invoice_id Int64 · assignment str · inherited bool · missing_target bool · excluded bool · version int64 ·
    queues str (see `work_queue.queues`).
    """
    shown = rows[
        [
            "client_id",
            "client",
            "companies",
            "status",
            "open_company_id",
            "last_invoice_id",
            "recurring_invoice_id",
            "assignment",
            "inherited",
            "missing_target",
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
    noted = shown.join(pd.DataFrame(notes, columns=columns, dtype="str"))
    return noted.assign(queues=queues(rows, run_id).reset_index(drop=True))


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
