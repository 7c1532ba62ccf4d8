"""Which companies could be which client: the pairs whose keys are alike enough, a few for each client."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

# Rows of the similarity matrix that are in memory at a time, and candidates kept for a client.
_ROWS_AT_A_TIME = 256
CANDIDATES_A_CLIENT = 5

Scores = npt.NDArray[np.float32]
Positions = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidate pairs as positions in the two lists, by client, best first; and how contested each side is.

    `client_best`, `company_best` hold the best score of each row and column (0 for none), `client_ties` and
    `company_ties` how many partners reach it.
    """

    client: Positions
    company: Positions
    score: Scores
    client_best: Scores
    client_ties: npt.NDArray[np.int64]
    company_best: Scores
    company_ties: npt.NDArray[np.int64]


def find_candidates(
    clients: Sequence[str], companies: Sequence[str], threshold: float, rejected: Sequence[tuple[int, int]] = ()
) -> Candidates:
    """Compare every client key with every company key.

    Args:
        clients: keys; "" is like nothing.
        companies: keys; "" is like nothing.
        threshold: lowest score that counts, inclusive.
        rejected: positions of pairs, client and company, that count as unlike whatever their names.

    Similarity is the normalised Indel ratio, 0..100, of the keys or of their sorted words, whichever is higher.
    Memory is a strip of 256 clients x all companies, and five pairs a client.
    """
    sorted_companies = [_sorted_words(key) for key in companies]
    strips: list[tuple[Positions, Positions, Scores]] = []
    client_best, client_ties = np.zeros(len(clients), np.float32), np.zeros(len(clients), np.int64)
    company_best, company_ties = np.zeros(len(companies), np.float32), np.zeros(len(companies), np.int64)
    for first in range(0, len(clients) if companies else 0, _ROWS_AT_A_TIME):
        rows = slice(first, first + _ROWS_AT_A_TIME)
        scores = _similarity(clients[rows], companies, sorted_companies, threshold)
        for client, company in rejected:
            if first <= client < first + len(scores):
                scores[client - first, company] = 0
        client_best[rows], client_ties[rows] = _best(scores, axis=1)
        best, ties = _best(scores, axis=0)
        company_ties = np.where(best > company_best, ties, company_ties + np.where(best == company_best, ties, 0))
        company_best = np.maximum(company_best, best)
        row, column = _top(scores)
        strips.append((row + first, column, scores[row, column]))
    return Candidates(
        np.concatenate([strip[0] for strip in strips]) if strips else np.empty(0, np.intp),
        np.concatenate([strip[1] for strip in strips]) if strips else np.empty(0, np.intp),
        np.concatenate([strip[2] for strip in strips]) if strips else np.empty(0, np.float32),
        client_best,
        client_ties,
        company_best,
        company_ties,
    )


def _sorted_words(key: str) -> str:
    return " ".join(sorted(key.split()))


def _similarity(
    clients: Sequence[str], companies: Sequence[str], sorted_companies: Sequence[str], threshold: float
) -> Scores:
    """Return clients x companies; 0 below the threshold, and where a key is empty."""
    as_is = process.cdist(clients, companies, scorer=fuzz.ratio, score_cutoff=threshold, workers=-1)
    by_word = process.cdist(
        [_sorted_words(key) for key in clients],
        sorted_companies,
        scorer=fuzz.ratio,
        score_cutoff=threshold,
        workers=-1,
    )
    scores: Scores = np.maximum(as_is, by_word)
    scores[[not key for key in clients], :] = 0
    scores[:, [not key for key in companies]] = 0
    return scores


def _best(scores: Scores, axis: int) -> tuple[Scores, npt.NDArray[np.int64]]:
    """Return the best score along the axis and how often it occurs (0 times where it is 0)."""
    best = scores.max(axis=axis)
    ties = (scores == np.expand_dims(best, axis)).sum(axis=axis)
    return best, np.where(best > 0, ties, 0)


def _top(scores: Scores) -> tuple[Positions, Positions]:
    """Return row and column of the best few scores of each row, best first; equal scores keep the list's order."""
    row, column = np.nonzero(scores)
    best_first = np.lexsort((column, -scores[row, column], row))
    row, column = row[best_first], column[best_first]
    place = np.arange(len(row)) - np.searchsorted(row, row)
    return row[place < CANDIDATES_A_CLIENT], column[place < CANDIDATES_A_CLIENT]
