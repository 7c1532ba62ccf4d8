"""How alike two keys are, and all pairs that are alike enough.

The measure is the normalised Indel ratio, 0..100: 100 x (1 - d / (a + b)), where d is how many characters have to be
inserted or deleted to make one of the other, and a and b are their lengths. Of the keys as they are and with their
words sorted, the higher counts. Two keys can reach the threshold only if their lengths and their signatures (see
`signatures`) are near; that is tested for every pair, and only what passes is compared. Nothing is lost by it.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from billingbot.matching.join.distinct_keys import DistinctKeys, Keys, at_their_places, distinct_keys, sorted_words
from billingbot.matching.join.near_keys import near_keys
from billingbot.matching.pairs import Pairs, Positions, Scores

# Scores are rounded to this, because 100 * (1 - 0.8) is a little less than 20. Ratios of lengths lie further apart.
_DECIMALS = 9
# rapidfuzz may drop a pair that is exactly at its cutoff (93 of 100 letters at 93), so it gets a lower one.
_SLACK = 0.01
# Comparing all of some clients with all of some companies costs a pair so many times less than picking the pairs.
_DENSE = 8


def similar_pairs(clients: Sequence[str], companies: Sequence[str], threshold: float) -> Iterator[Pairs]:
    """Yield every pair whose similarity reaches the threshold, each once.

    Args:
        clients: keys in any order; they may repeat; "" is like nothing.
        companies: likewise.
        threshold: lowest score that counts, 0..100, inclusive. The lower it is, the slower this gets.

    Yields:
        About a million pairs at a time, or all pairs of one client if they are more. The same lists give the same
        blocks; the order of the pairs means nothing.
    """
    left, right = distinct_keys(clients), distinct_keys(companies)
    for client, company in near_keys(left, right, threshold):
        yield from at_their_places(_alike(left, right, client, company, threshold), left, right)


def similarity(one: str, other: str) -> float:
    """Return how alike two keys are, 0..100, by the same measure; 0 if one is empty.

    >>> similarity("abcdefghij", "abcdefghix"), similarity("brightwater dental", "dental brightwater")
    (90.0, 100.0)
    """
    if not one or not other:
        return 0.0
    by_word = fuzz.ratio(sorted_words(one), sorted_words(other))
    return round(max(fuzz.ratio(one, other), by_word), _DECIMALS)


def _alike(left: DistinctKeys, right: DistinctKeys, client: Positions, company: Positions, threshold: float) -> Pairs:
    """Return those of the pairs of keys that reach the threshold."""
    cutoff = max(0.0, threshold - _SLACK)
    as_is = _ratios(left.keys, right.keys, client, company, cutoff)
    by_word = _ratios(left.sorted_words, right.sorted_words, client, company, cutoff)
    score: Scores = np.maximum(as_is, by_word).round(_DECIMALS)
    return Pairs(client, company, score).where(score >= threshold)


def _ratios(ours: Keys, theirs: Keys, client: Positions, company: Positions, cutoff: float) -> Scores:
    """Return the ratio of each pair; 0 where it is below the cutoff."""
    rows = slice(int(client.min()), int(client.max()) + 1)
    columns = slice(int(company.min()), int(company.max()) + 1)
    scores: Scores
    if (rows.stop - rows.start) * (columns.stop - columns.start) <= _DENSE * len(client):
        matrix = process.cdist(
            ours[rows], theirs[columns], scorer=fuzz.ratio, score_cutoff=cutoff, dtype=np.float64, workers=-1
        )
        scores = matrix[client - rows.start, company - columns.start]
    else:
        scores = process.cpdist(
            ours[client], theirs[company], scorer=fuzz.ratio, score_cutoff=cutoff, dtype=np.float64, workers=-1
        )
    return scores
