"""The companies that a client can be linked to, as a table to pick from."""

from collections.abc import Iterator

import pandas as pd


def candidate_table(candidates: pd.DataFrame) -> pd.DataFrame:
    """Return what is shown of `company_candidates`, in its order.

    Columns: Company str · Score int64 0..100, rounded down: 100 means all of it · Why str · Id str.
    """
    return pd.DataFrame(
        {
            "Company": candidates["company"],
            "Score": candidates["score"].astype("int64"),
            "Why": pd.Series(list(_reasons(candidates)), index=candidates.index, dtype="str"),
            "Id": candidates["company_id"],
        }
    )


def rejection_words(rejected_by: str) -> str:
    """Say that a person rejected a pair.

    >>> rejection_words("ann"), rejection_words("")
    ('Rejected before by ann.', 'Rejected before.')
    """
    return f"Rejected before by {rejected_by}." if rejected_by else "Rejected before."


def _reasons(candidates: pd.DataFrame) -> Iterator[str]:
    columns = (candidates[name] for name in ("reason", "suggested", "rejected", "rejected_by"))
    for reason, suggested, rejected, rejected_by in zip(*columns, strict=True):
        mark = rejection_words(rejected_by) if rejected else "Suggested." if suggested else ""
        yield f"{mark} {reason}".strip()
