"""The rules that one writes in an afternoon, to stand beside `billingbot.matching.match`."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from bench.accuracy.labelled import PAIR, ListSet
from bench.accuracy.worlds import World
from billingbot.matching.names.name import name_key

BARE_RULE = "ratio >= 90, keys"
_ROWS_AT_A_TIME = 1000

Rules = Callable[[ListSet], dict[str, pd.DataFrame]]
"""From two lists to the candidate pairs of one rule or more, by what the rule is called.

Candidates: client_id int64 · company_id str · score float, higher is more alike. They are found once, in the full
lists; a world takes those of which both sides are there.
"""


def simple_rules(labelled: ListSet) -> dict[str, pd.DataFrame]:
    """Return what is alike by ratio, as given and by key (the bare rule), by equal key, and by Jaro-Winkler."""
    return {
        "ratio >= 90, raw names": alike(labelled, list, fuzz.ratio, 90),
        BARE_RULE: alike(labelled, keys, fuzz.ratio, 90),
        "equal keys": _equal_keys(labelled),
        "Jaro-Winkler >= 0.9, keys": alike(labelled, keys, JaroWinkler.similarity, 0.9),
    }


def one_to_one(candidates: pd.DataFrame, world: World) -> pd.DataFrame:
    """Return the links that greedy choice makes of the candidates in a world: best score first, each side once.

    Equal scores go by client_id, then company_id.
    """
    here = candidates[candidates["company_id"].isin(world.companies["company_id"])]
    order = here.sort_values(["score", *PAIR], ascending=[False, True, True])
    clients: set[int] = set()
    companies: set[str] = set()
    kept = []
    for client_id, company_id in zip(order["client_id"], order["company_id"], strict=True):
        free = client_id not in clients and company_id not in companies
        kept.append(free)
        if free:
            clients.add(client_id)
            companies.add(company_id)
    return order[np.array(kept, dtype=bool)]


def keys(names: Iterable[str]) -> list[str]:
    """Return the keys of names, in their order."""
    return [name_key(name) for name in names]


def alike(
    labelled: ListSet, texts: Callable[[Iterable[str]], list[str]], scorer: Callable[..., Any], cutoff: float
) -> pd.DataFrame:
    """Return the pairs whose texts, made of the names, reach the cutoff; an empty text is like nothing."""
    clients, companies = texts(labelled.clients["name"]), texts(labelled.companies["name"])
    client_ids, company_ids = labelled.clients["client_id"].to_numpy(), labelled.companies["company_id"].to_numpy()
    empty = np.array([not text for text in companies], dtype=bool)
    found = [pd.DataFrame({"client_id": client_ids[:0], "company_id": company_ids[:0], "score": np.empty(0)})]
    for first in range(0, len(clients), _ROWS_AT_A_TIME):
        rows = clients[first : first + _ROWS_AT_A_TIME]
        scores = process.cdist(rows, companies, scorer=scorer, score_cutoff=cutoff, dtype=np.float32, workers=-1)
        scores[:, empty] = 0
        row, column = np.nonzero(scores)
        pairs = {"client_id": client_ids[row + first], "company_id": company_ids[column], "score": scores[row, column]}
        found.append(pd.DataFrame(pairs))
    return pd.concat(found, ignore_index=True)


def _equal_keys(labelled: ListSet) -> pd.DataFrame:
    clients = labelled.clients.assign(key=keys(labelled.clients["name"]))
    companies = labelled.companies.assign(key=keys(labelled.companies["name"]))
    pairs = clients[clients["key"] != ""].merge(companies, on="key")
    return pairs[PAIR].assign(score=1.0)
