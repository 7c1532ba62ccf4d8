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
    linked: list[_Row] = []
    while True:
        rows = _judged(left, right, rejected, threshold, guards=guards)
        new = [row for row in rows if row[3] is not Outcome.SUGGESTED]
        linked += new
        if not new:
            break
        # What is linked is out of the way: the next refresh would not see it either, and must find nothing new.
        left = left[~left["client_id"].isin([row[1] for row in new])]
        right = right[~right["company_id"].isin([row[0] for row in new])]
    frame = pd.DataFrame(linked + rows, columns=MATCH_COLUMNS[:-1]).sort_values("client_id", kind="stable")
    frame = frame.reset_index(drop=True)
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


_Row = tuple[str, int, float, Outcome, str]
"""Company, client, score, outcome, reason."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A candidate pair with what speaks for and against it."""

    client_name: str
    company_name: str
    client_key: str
    company_key: str
    score: float
    companies_as_close: int
    clients_as_close: int
    better_elsewhere: bool


def _judged(
    left: pd.DataFrame, right: pd.DataFrame, rejected: pd.DataFrame | None, threshold: float, *, guards: bool
) -> list[_Row]:
    """Return what one look at both sides finds, by client, best first."""
    positions = _positions(left, right, rejected)
    found = find_candidates(left["key"].tolist(), right["key"].tolist(), threshold, positions)
    return [
        (company_id, client_id, score, *_judge(pair, guards=guards))
        for company_id, client_id, score, pair in _pairs(left, right, found)
    ]


def _open_side(side: pd.DataFrame, id_column: str, decided: pd.DataFrame | None) -> pd.DataFrame:
    """Return the rows that nobody has decided about, in the order of their ids, with their keys."""
    rows = side[[id_column, "name"]]
    if decided is not None:
        rows = rows[~rows[id_column].isin(decided[id_column])]
    rows = rows.sort_values(id_column, kind="stable")
    return rows.assign(key=[name_key(name) for name in rows["name"]])


def _positions(left: pd.DataFrame, right: pd.DataFrame, pairs: pd.DataFrame | None) -> list[tuple[int, int]]:
    """Return where the pairs stand in the two lists; a pair of which one side is not there is left out."""
    if pairs is None:
        return []
    clients = {client_id: position for position, client_id in enumerate(left["client_id"])}
    companies = {company_id: position for position, company_id in enumerate(right["company_id"])}
    return [
        (clients[client_id], companies[company_id])
        for company_id, client_id in zip(pairs["company_id"], pairs["client_id"], strict=True)
        if client_id in clients and company_id in companies
    ]


def _pairs(left: pd.DataFrame, right: pd.DataFrame, found: Candidates) -> list[tuple[str, int, float, _Pair]]:
    client_ids, client_names, client_keys = left["client_id"].tolist(), left["name"].tolist(), left["key"].tolist()
    company_ids, company_names, company_keys = (
        right["company_id"].tolist(),
        right["name"].tolist(),
        right["key"].tolist(),
    )
    best = np.maximum(found.client_best[found.client], found.company_best[found.company])
    better = found.score < best
    return [
        (
            company_ids[j],
            client_ids[i],
            score,
            _Pair(
                client_names[i], company_names[j], client_keys[i], company_keys[j], score, companies, clients, beaten
            ),
        )
        for i, j, score, companies, clients, beaten in zip(
            found.client.tolist(),
            found.company.tolist(),
            found.score.astype(float).round(1).tolist(),
            found.client_ties[found.client].tolist(),
            found.company_ties[found.company].tolist(),
            better.tolist(),
            strict=True,
        )
    ]


def _judge(pair: _Pair, *, guards: bool) -> tuple[Outcome, str]:
    """Return outcome and reason. A score is never rounded up: 100 % means the same words."""
    alike = f"The names are {int(pair.score)} % alike"
    if pair.better_elsewhere:
        return Outcome.SUGGESTED, f"{alike}, but another pair is closer."
    if pair.companies_as_close > 1:
        return Outcome.SUGGESTED, f"{alike}, and {pair.companies_as_close} companies are as close to this client."
    if pair.clients_as_close > 1:
        return Outcome.SUGGESTED, f"{alike}, and {pair.clients_as_close} clients are as close to this company."
    if not guards:
        return Outcome.CONFIDENT, f"{alike}."
    if numbers(pair.client_key) != numbers(pair.company_key):
        return Outcome.SUGGESTED, f"{alike}, but their numbers differ."
    if pair.client_name == pair.company_name:
        return Outcome.CONFIDENT, "The names are the same."
    if pair.client_key == pair.company_key:
        return Outcome.CONFIDENT, "The names are the same but for case, punctuation or legal form."
    return Outcome.REVIEW, f"{alike}; no other pair comes as close."
