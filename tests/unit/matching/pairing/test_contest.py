"""Pairs without a rival."""

import numpy as np
import pytest

from billingbot.matching.pairing.contest import without_rival
from billingbot.matching.pairs import Pairs


def clear(*pairs: tuple[int, int, float], margin: float = 3) -> list[tuple[int, int]]:
    """Return the client and company of the pairs that have no rival."""
    client, company, score = (np.array(column) for column in zip(*pairs, strict=True))
    keep = without_rival(Pairs(client, company, score.astype(np.float64)), margin)
    return [(pair[0], pair[1]) for pair, kept in zip(pairs, keep.tolist(), strict=True) if kept]


def test_a_pair_alone_has_no_rival() -> None:
    assert clear((0, 0, 91.0)) == [(0, 0)]


@pytest.mark.parametrize("rival", [97.0, 96.0, 94.0])
def test_a_second_company_of_a_client_within_three_points_is_a_rival(rival: float) -> None:
    assert clear((0, 0, 97.0), (0, 1, rival)) == []


def test_a_second_company_further_away_is_none() -> None:
    assert clear((0, 0, 97.0), (0, 1, 93.9)) == [(0, 0)]


def test_a_second_client_of_a_company_is_a_rival_too() -> None:
    assert clear((0, 0, 97.0), (1, 0, 95.0)) == []


def test_both_have_to_prefer_each_other() -> None:
    assert clear((0, 0, 92.0), (1, 0, 99.0)) == [(1, 0)]
    assert clear((0, 0, 92.0), (0, 1, 96.0), (1, 1, 100.0)) == [(1, 1)]


def test_a_margin_of_nothing_still_leaves_equals_undecided() -> None:
    assert clear((0, 0, 97.0), (0, 1, 96.9), margin=0) == [(0, 0)]
    assert clear((0, 0, 97.0), (0, 1, 97.0), margin=0) == []


def test_the_order_of_the_pairs_does_not_matter() -> None:
    assert clear((2, 0, 90.0), (0, 0, 97.0), (1, 1, 93.0)) == [(0, 0), (1, 1)]


def test_no_pairs_are_no_contest() -> None:
    nothing = Pairs(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0, np.float64))

    assert without_rival(nothing, 3).tolist() == []
