"""Of all pairs that are alike, the few that a decision needs."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from billingbot.matching.pairs import PAIRS_AT_A_TIME, Pairs, Positions, Scores

# Score and partner share the 63 bits of an integer: scores to nine decimals, and 67 million rows a side.
_SCORE_STEPS = 10**9
_PARTNERS = 2**26


def keep_best(blocks: Iterable[Pairs], per_client: int, per_company: int) -> Pairs:
    """Return the pairs that are among the best of their client or among the best of their company.

    Args:
        blocks: pairs in any order, each once.
        per_client: how many best pairs a client keeps, of equal ones those with the smaller company positions.
        per_company: how many best pairs a company keeps, of equal ones those with the smaller client positions.

    Returns:
        The pairs by client, best first, then by company. Memory is a few blocks and what is kept.
    """
    kept = Pairs(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0, np.float64))
    waiting: list[Pairs] = []
    for block in blocks:
        waiting.append(block)
        if sum(map(len, waiting)) > max(PAIRS_AT_A_TIME, len(kept)):
            kept = _best(_together([kept, *waiting]), per_client, per_company)
            waiting = []
    return _best(_together([kept, *waiting]), per_client, per_company)


def _together(blocks: list[Pairs]) -> Pairs:
    return Pairs(
        np.concatenate([block.client for block in blocks]),
        np.concatenate([block.company for block in blocks]),
        np.concatenate([block.score for block in blocks]),
    )


def _best(pairs: Pairs, per_client: int, per_company: int) -> Pairs:
    keep = _among_best(pairs.client, _worth(pairs.score, pairs.company), per_client)
    keep |= _among_best(pairs.company, _worth(pairs.score, pairs.client), per_company)
    best = pairs.where(keep)
    return best.where(np.lexsort((best.company, -best.score, best.client)))


def _worth(score: Scores, partner: Positions) -> npt.NDArray[np.int64]:
    """Return what orders pairs in one number: by score, at equal scores the smaller partner first."""
    return (np.round(score * _SCORE_STEPS).astype(np.int64) + 1) * _PARTNERS - partner


def _among_best(side: Positions, worth: npt.NDArray[np.int64], most: int) -> npt.NDArray[np.bool_]:
    """Say which pairs are among the `most` best of their row on this side. A few rounds are faster than a sort."""
    chosen = np.zeros(len(side), np.bool_)
    left = worth.copy()
    for _ in range(most):
        best = np.zeros(int(side.max(initial=-1)) + 1, np.int64)
        np.maximum.at(best, side, left)
        now = (left == best[side]) & (left > 0)
        chosen |= now
        left[now] = 0
    return chosen
