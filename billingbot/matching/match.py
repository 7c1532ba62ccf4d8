"""From two lists to pairs: equal ids first, then names; what stays open gets candidates for a person to choose from."""

from collections.abc import Iterator
from itertools import chain

import numpy as np
import pandas as pd

from billingbot.domain.match import Outcome
from billingbot.errors import DomainError
from billingbot.matching.candidates.held_back import held_back
from billingbot.matching.candidates.near import near
from billingbot.matching.id_matches import id_matches
from billingbot.matching.names.name import read_name
from billingbot.matching.pairing.pair_up import CANDIDATES_A_CLIENT, Lists, pair_up
from billingbot.matching.verdict.rule import Rule
from billingbot.matching.verdict.vocabulary import Vocabulary

_TYPES = {
    "company_id": "str",
    "client_id": "int64",
    "score": "float64",
    "outcome": "str",
    "reason": "str",
    "rank": "int64",
}
MATCH_COLUMNS = list(_TYPES)

_Row = tuple[str, int, float, Outcome, str]
"""Company, client, score, outcome, reason."""


def match(
    clients: pd.DataFrame,
    companies: pd.DataFrame,
    *,
    decided: pd.DataFrame | None = None,
    rejected: pd.DataFrame | None = None,
    threshold: float = 90,
    guards: bool = True,
) -> pd.DataFrame:
    """Return the pairs that belong together or may, with what should be done with each.

    Args:
        clients: client_id int64 · name str · optional twilio_subaccount_sid str, a company's id. Ids are unique.
        companies: company_id str · name str · optional external_id str, a client's id. Ids are unique.
        decided: company_id · client_id of settled pairs; these companies and clients are in no pair and rival none.
            Their names only tell which words are in use, and which names are shared.
        rejected: company_id · client_id of pairs that are never to be found again, nor rival others.
        threshold: similarity, 0..100, from which names are linked; inclusive.
        guards: off means the bare rule, in which every mutual best pair is confident.

    Returns:
        company_id str · client_id int64 · score float64 0..100 (100 for equal ids) · outcome str (`Outcome`) · reason
        str (a sentence) · rank int64 (1 is best for that client), by client, then rank. Confident and review rows are
        one to one in both directions; a client has one of them, or at most five suggested ones. The answer does not
        depend on the order of the rows. Once its links are decided, the next answer has no link.

    Raises `DomainError` when an id is listed twice.
    """
    no_pairs = pd.DataFrame({"company_id": pd.Series(dtype="str"), "client_id": pd.Series(dtype="int64")})
    decided = no_pairs if decided is None else decided
    rejected = no_pairs if rejected is None else rejected
    left, right = _side(clients, "client_id", decided), _side(companies, "company_id", decided)
    shared = {key for side in (left, right) for key in side["key"][side["key"].duplicated()]}
    rule = Rule(threshold, guards, Vocabulary(chain(left["key"], right["key"])), shared)
    by_id = id_matches(left, right, rejected)
    ours = left[left["is_open"] & ~left["client_id"].isin(by_id["client_id"])]
    theirs = right[right["is_open"] & ~right["company_id"].isin(by_id["company_id"])]
    by_name = _by_name(ours, theirs, rejected, rule, [*left["key"], *right["key"]])
    rows = pd.DataFrame([*_by_id(by_id), *by_name], columns=MATCH_COLUMNS[:-1])
    return _ranked(rows)


def _side(side: pd.DataFrame, id_column: str, decided: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in the order of their ids, with the name read, its key, and whether nobody decided about them."""
    side = side.sort_values(id_column, kind="stable", ignore_index=True)
    if side[id_column].duplicated().any():
        raise DomainError(f"Ids have to be unique: {id_column}.")
    names = [read_name(name) for name in side["name"].fillna("")]
    return side.assign(
        parsed=pd.Series(names, dtype="object"),
        key=pd.Series([name.key for name in names], dtype="str"),
        is_open=~side[id_column].isin(decided[id_column]),
    )


def _by_id(found: pd.DataFrame) -> Iterator[_Row]:
    columns = found["company_id"], found["client_id"], found["outcome"], found["reason"]
    for company_id, client_id, outcome, reason in zip(*columns, strict=True):
        yield company_id, client_id, 100.0, outcome, reason


def _by_name(
    ours: pd.DataFrame, theirs: pd.DataFrame, rejected: pd.DataFrame, rule: Rule, corpus: list[str]
) -> Iterator[_Row]:
    """Yield links, then what was held back, then what is near; of the latter two, best first for each client."""
    lists = _lists(ours, theirs, rejected)
    client_ids, company_ids = ours["client_id"].tolist(), theirs["company_id"].tolist()
    paired = pair_up(lists, rule)
    for link in paired.links:
        outcome, reason = link.verdict.outcome, link.verdict.reason
        yield company_ids[link.company], client_ids[link.client], link.score, outcome, reason
    for found in held_back(lists, paired, rule):
        yield company_ids[found.company], client_ids[found.client], found.score, Outcome.SUGGESTED, found.reason
    ours = ours.drop(index=ours.index[[link.client for link in paired.links]])
    theirs = theirs.drop(index=theirs.index[[link.company for link in paired.links]])
    client_ids, company_ids = ours["client_id"].tolist(), theirs["company_id"].tolist()
    for found in near(_lists(ours, theirs, rejected), corpus, rule.threshold):
        yield company_ids[found.company], client_ids[found.client], found.score, Outcome.SUGGESTED, found.reason


def _lists(ours: pd.DataFrame, theirs: pd.DataFrame, rejected: pd.DataFrame) -> Lists:
    """Return the names of both sides, and where the rejected pairs stand; those of which a side is not there go."""
    clients = {client_id: position for position, client_id in enumerate(ours["client_id"])}
    companies = {company_id: position for position, company_id in enumerate(theirs["company_id"])}
    pairs = {
        (clients[client_id], companies[company_id])
        for company_id, client_id in zip(rejected["company_id"], rejected["client_id"], strict=True)
        if client_id in clients and company_id in companies
    }
    return Lists(
        ours["parsed"].tolist(),
        theirs["parsed"].tolist(),
        pairs,
        {clients[client_id] for client_id in rejected["client_id"] if client_id in clients},
        {companies[company_id] for company_id in rejected["company_id"] if company_id in companies},
    )


def _ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows by client, the first five of each, numbered; a pair that is found twice counts as first found."""
    rows = rows.drop_duplicates(["company_id", "client_id"]).sort_values("client_id", kind="stable", ignore_index=True)
    rows["rank"] = rows.groupby("client_id").cumcount() + 1
    rows = rows[rows["rank"] <= CANDIDATES_A_CLIENT].reset_index(drop=True)
    # Rounded down, so that only 100 is shown as 100; the least bit of a float is no reason to lose a tenth.
    rows["score"] = np.floor(rows["score"].astype("float64") * 10 + 1e-6) / 10
    return rows.astype(_TYPES)
