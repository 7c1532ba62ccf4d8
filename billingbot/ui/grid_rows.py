"""From the store's client rows to what the grid shows: one display text and one tooltip a cell, nothing else."""

import pandas as pd

from billingbot.domain.match import ClientStatus

_MEANINGS = {
    ClientStatus.GONE: "Not billed until it is back; its link and rules are kept.",
    ClientStatus.EXCLUDED: "Excluded from billing.",
    ClientStatus.REVIEW: "Linked automatically; a person should look at it before it is billed.",
    ClientStatus.MAPPED: "Linked to a company.",
    ClientStatus.SUGGESTED: "Not linked. There is a candidate to look at.",
    ClientStatus.UNMAPPED: "Not linked, and no company has a similar name.",
}


def grid_rows(rows: pd.DataFrame, candidates: pd.DataFrame) -> pd.DataFrame:
    """Return the grid's rows in the order of `rows`.

    Args:
        rows: what `Store.client_rows` returns.
        candidates: what `Store.candidates` returns for the suggested rows.

    Columns: client_id int64 · client str · companies str · companies_note str (what is said beside the name) ·
    status str · status_note str (tooltip) · last_invoice_id, recurring_invoice_id Int64 · assignment str ·
    inherited bool · excluded bool · version int64.
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
    best = candidates[candidates["rank"] == candidates.groupby("client_id")["rank"].transform("min")]
    suggested = rows["client_id"].map(best.set_index("client_id")["company"])
    shown["companies_note"] = [
        _companies_note(status, company, score)
        for status, company, score in zip(rows["status"], suggested, rows["score"], strict=True)
    ]
    shown["status_note"] = [
        _status_note(status, reason, score)
        for status, reason, score in zip(rows["status"], rows["reason"], rows["score"], strict=True)
    ]
    return shown


def _companies_note(status: str, suggested: str | float, score: float) -> str:
    """Return the muted text beside the company: the best candidate of a suggestion, the score of a review."""
    if status == ClientStatus.SUGGESTED and isinstance(suggested, str):
        return f"Suggested ({int(score)}): {suggested}"
    if status == ClientStatus.REVIEW:
        return f"({int(score)})"
    return ""


def _status_note(status: str, reason: str, score: float) -> str:
    """Return the tooltip of a status: its meaning, and why it is so."""
    meaning = _MEANINGS[ClientStatus(status)]
    if status == ClientStatus.GONE:
        return f"{reason} {meaning}"
    if not reason:
        return meaning
    return f"{meaning} Score {int(score)} of 100: {reason}" if score == score else f"{meaning} {reason}"
