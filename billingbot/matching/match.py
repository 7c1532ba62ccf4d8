"""From two lists of names to pairs: linked when both are each other's only best, suggested when anything is open."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from billingbot.domain.match import Outcome
from billingbot.matching.candidates import Candidates, find_candidates
from billingbot.matching.names import name_key, numbers

MATCH_COLUMNS = ["company_id", "client_id", "score", "outcome", "reason", "rank"]


def match(
    clients: pd.DataFrame,
    companies: pd.DataFrame,
    *,
    decided: pd.DataFrame | None = None,
    rejected: pd.DataFrame | None = None,
    threshold: float = 90,
    guards: bool = True,
) -> pd.DataFrame:
    """Return the pairs that are alike, with what should be done with each.

    Args:
        clients: client_id int64 · name str; other columns are ignored.
        companies: company_id str · name str; other columns are ignored.
        decided: company_id · client_id of settled pairs; these companies and clients take part in nothing.
        rejected: company_id · client_id of pairs that are never to be found again.
        threshold: similarity, 0..100, from which a pair is found at all; inclusive.
        guards: off means the bare rule, in which every mutual best pair is confident.

    Returns:
        company_id str · client_id int64 · score float64 0..100 · outcome str (`Outcome`) · reason str (a sentence) ·
        rank int64 (1 is best for that client), by client, then rank. Confident and review rows are one to one in both
        directions; a client has at most five rows. The answer does not depend on the order of the input rows.
    """
    left = _open_side(clients, "client_id", decided)
    right = _open_side(companies, "company_id", decided)
    found = find_candidates(left["key"].tolist(), right["key"].tolist(), threshold)
    rejected_pairs = set() if rejected is None else set(zip(rejected["company_id"], rejected["client_id"], strict=True))
    rows = [
        (company_id, client_id, score, *_judge(pair, guards=guards))
        for company_id, client_id, score, pair in _pairs(left, right, found)
        if (company_id, client_id) not in rejected_pairs
    ]
    frame = pd.DataFrame(rows, columns=MATCH_COLUMNS[:-1])
    frame["rank"] = frame.groupby("client_id").cumcount() + 1
    return frame.astype(
        {
            "company_id": "str",
            "client_id": "int64",
            "score": "float64",
            "outcome": "str",
            "reason": "str",
            "rank": "int64",
        }
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    """A candidate pair with what speaks for and against it."""

    client_name: str
    company_name: str
    client_key: str
    company_key: str
    score: float
    contested: bool
    better_elsewhere: bool


def _open_side(side: pd.DataFrame, id_column: str, decided: pd.DataFrame | None) -> pd.DataFrame:
    """Return the rows that nobody has decided about, in the order of their ids, with their keys."""
    rows = side[[id_column, "name"]]
    if decided is not None:
        rows = rows[~rows[id_column].isin(decided[id_column])]
    rows = rows.sort_values(id_column, kind="stable")
    return rows.assign(key=[name_key(name) for name in rows["name"]])


def _pairs(left: pd.DataFrame, right: pd.DataFrame, found: Candidates) -> list[tuple[str, int, float, _Pair]]:
    client_ids, client_names, client_keys = left["client_id"].tolist(), left["name"].tolist(), left["key"].tolist()
    company_ids, company_names, company_keys = (
        right["company_id"].tolist(),
        right["name"].tolist(),
        right["key"].tolist(),
    )
    contested = (found.client_ties[found.client] > 1) | (found.company_ties[found.company] > 1)
    best = np.maximum(found.client_best[found.client], found.company_best[found.company])
    better = found.score < best
    return [
        (
            company_ids[j],
            client_ids[i],
            score,
            _Pair(client_names[i], company_names[j], client_keys[i], company_keys[j], score, tied, beaten),
        )
        for i, j, score, tied, beaten in zip(
            found.client.tolist(),
            found.company.tolist(),
            found.score.astype(float).round(1).tolist(),
            contested.tolist(),
            better.tolist(),
            strict=True,
        )
    ]


def _judge(pair: _Pair, *, guards: bool) -> tuple[str, str]:
    """Return outcome and reason."""
    if pair.better_elsewhere:
        return Outcome.SUGGESTED, f"The names are {pair.score:.0f} % alike, but another pair is closer."
    if pair.contested:
        return Outcome.SUGGESTED, f"The names are {pair.score:.0f} % alike, and so is at least one other pair."
    if not guards:
        return Outcome.CONFIDENT, f"The names are {pair.score:.0f} % alike."
    if numbers(pair.client_key) != numbers(pair.company_key):
        return Outcome.SUGGESTED, f"The names are {pair.score:.0f} % alike, but their numbers differ."
    if pair.client_name == pair.company_name:
        return Outcome.CONFIDENT, "The names are the same."
    if pair.client_key == pair.company_key:
        return Outcome.CONFIDENT, "The names are the same but for case, punctuation or legal form."
    return Outcome.REVIEW, f"The names are {pair.score:.0f} % alike; no other pair comes as close."
