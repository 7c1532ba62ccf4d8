"""Which pairs have no rival: both sides prefer each other, and nobody else comes near."""

import numpy as np
import numpy.typing as npt

from billingbot.matching.pairs import Pairs, Positions, Scores


def without_rival(pairs: Pairs, margin: float) -> npt.NDArray[np.bool_]:
    """Say of each pair whether it is the best of its client and of its company by more than the margin, in points.

    Pairs that will not be linked are rivals all the same. An equal score is always a rival, also with a margin of 0.
    """
    return _leads(pairs.client, pairs.score, margin) & _leads(pairs.company, pairs.score, margin)


def _leads(side: Positions, score: Scores, margin: float) -> npt.NDArray[np.bool_]:
    """Say of each pair whether no other pair of the same position is better, as good, or within the margin."""
    order = np.lexsort((-score, side))
    is_first = np.ones(len(order), np.bool_)
    is_first[1:] = side[order[1:]] != side[order[:-1]]
    runner_up = np.full(len(order), -np.inf)
    runner_up[:-1] = np.where(is_first[1:], -np.inf, score[order[1:]])
    leads = np.zeros(len(order), np.bool_)
    leads[order] = is_first & (score[order] - runner_up > margin)
    return leads
