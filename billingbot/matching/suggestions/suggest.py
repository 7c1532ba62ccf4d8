"""Which companies are offered to a client that none was found for: the nearest by their 3-grams, if any is near."""

from collections.abc import Iterable, Sequence

import numpy as np

from billingbot.matching.pairs import Pairs, Positions, Scores
from billingbot.matching.suggestions.nearest import Nearest

# Below this a right company is hardly ever found. Up to 0.4 one right company in forty would be lost, and half of the
# clients that have none would be spared a stranger; looking at a stranger costs less than searching the whole list.
FLOOR = 0.2


def suggest(
    clients: Sequence[str],
    companies: Sequence[str],
    corpus: Sequence[str],
    rejected: Iterable[tuple[int, int]] = (),
    per_client: int = 5,
) -> Pairs:
    """Return the companies nearest to each client by the cosine of their 3-grams, `FLOOR` or higher.

    Args:
        clients: keys; "" is like nothing.
        companies: keys; "" is like nothing.
        corpus: the keys that say how rare a gram is: all names of both lists, so that what is known of a word does not
            depend on which names are still open.
        rejected: positions of pairs, client and company, that are not suggested; others take their places.
        per_client: the most companies that a client gets.

    Returns:
        Pairs with the cosine, 0..1, as score; by client, best first, equal ones in the order of the companies.
    """
    refused = _companies_by_client(rejected)
    rows_of_client, rows_of_company = _rows_by_key(clients), _rows_by_key(companies)
    search = Nearest(list(rows_of_client), list(rows_of_company), corpus)
    same_key = list(rows_of_company.values())
    offers: dict[int, tuple[Positions, Scores]] = {}
    for key, rows in sorted(rows_of_client.items()):
        enough = per_client + max(len(refused.get(row, ())) for row in rows)
        near, score = _rows_of_keys(*search.nearest(key, FLOOR, enough), same_key, enough)
        for row in rows:
            allowed = ~np.isin(near, refused[row]) if row in refused else slice(None)
            offers[row] = near[allowed][:per_client], score[allowed][:per_client]
    return _in_order(offers)


def _companies_by_client(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    companies: dict[int, list[int]] = {}
    for client, company in pairs:
        companies.setdefault(client, []).append(company)
    return companies


def _rows_by_key(keys: Sequence[str]) -> dict[str, list[int]]:
    """Return where each key stands; what is empty or only spaces is left out."""
    rows: dict[str, list[int]] = {}
    for row, key in enumerate(keys):
        if key.strip(" "):
            rows.setdefault(key, []).append(row)
    return rows


def _rows_of_keys(
    keys: Positions, score: Scores, same_key: Sequence[Sequence[int]], enough: int
) -> tuple[Positions, Scores]:
    """Return the rows of these keys, no more than enough, best first, equal ones in the order of the list."""
    rows = [same_key[key][:enough] for key in keys.tolist()]
    row = np.array([row for some in rows for row in some], np.intp)
    score = np.repeat(score, [len(some) for some in rows])
    best = np.lexsort((row, -score))[:enough]
    return row[best], score[best]


def _in_order(offers: dict[int, tuple[Positions, Scores]]) -> Pairs:
    clients = sorted(offers)
    return Pairs(
        np.repeat(np.array(clients, np.intp), [len(offers[client][0]) for client in clients]),
        np.concatenate([np.empty(0, np.intp), *(offers[client][0] for client in clients)]),
        np.concatenate([np.empty(0, np.float64), *(offers[client][1] for client in clients)]),
    )
