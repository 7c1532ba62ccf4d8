"""Which pairs are kept for a decision."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billingbot.matching.join.kept import keep_best
from billingbot.matching.join.similar_pairs import similar_pairs
from billingbot.matching.pairs import Pairs

Row = tuple[int, int, float]
ROWS = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(0, 6)), st.sampled_from([0.0, 90.0, 90.000001, 95.0, 100.0]), max_size=40
).map(lambda scores: [(client, company, score) for (client, company), score in scores.items()])


def pairs(*rows: Row) -> Pairs:
    client, company, score = zip(*rows, strict=True) if rows else ((), (), ())
    return Pairs(np.array(client, np.intp), np.array(company, np.intp), np.array(score, np.float64))


def rows(kept: Pairs) -> list[Row]:
    return list(zip(kept.client.tolist(), kept.company.tolist(), kept.score.tolist(), strict=True))


def obvious(given_rows: list[Row], per_client: int, per_company: int) -> list[Row]:
    def is_kept(row: Row) -> bool:
        closer_companies = [r for r in given_rows if r[0] == row[0] and (-r[2], r[1]) < (-row[2], row[1])]
        closer_clients = [r for r in given_rows if r[1] == row[1] and (-r[2], r[0]) < (-row[2], row[0])]
        return len(closer_companies) < per_client or len(closer_clients) < per_company

    return sorted(filter(is_kept, given_rows), key=lambda row: (row[0], -row[2], row[1]))


def test_a_pair_is_kept_for_its_client_or_for_its_company() -> None:
    block = pairs((0, 0, 99), (0, 1, 95), (1, 0, 97), (1, 1, 91))

    assert rows(keep_best([block], 1, 0)) == [(0, 0, 99), (1, 0, 97)]
    assert rows(keep_best([block], 0, 1)) == [(0, 0, 99), (0, 1, 95)]
    assert rows(keep_best([block], 1, 1)) == [(0, 0, 99), (0, 1, 95), (1, 0, 97)]


def test_of_equal_pairs_those_with_the_smaller_partner_are_kept() -> None:
    block = pairs((0, 2, 90), (0, 1, 90), (0, 3, 90))

    assert rows(keep_best([block], 2, 0)) == [(0, 1, 90), (0, 2, 90)]


def test_nothing_is_kept_of_nothing() -> None:
    assert rows(keep_best([], 3, 3)) == []
    assert rows(keep_best([pairs()], 3, 3)) == []


@settings(max_examples=200, deadline=None)
@given(ROWS, st.integers(0, 4), st.integers(0, 4), st.integers(1, 40))
def test_it_keeps_what_the_obvious_rule_keeps(some: list[Row], per_client: int, per_company: int, size: int) -> None:
    blocks = [pairs(*some[first : first + size]) for first in range(0, len(some), size)]

    assert rows(keep_best(blocks, per_client, per_company)) == obvious(some, per_client, per_company)


@pytest.mark.parametrize("order", ["best first", "best last"])
def test_pairs_that_come_in_many_large_blocks_are_kept_as_if_they_came_in_one(order: str) -> None:
    rng = np.random.default_rng(1)
    client, company = (axis.ravel() for axis in np.meshgrid(np.arange(2_000), np.arange(2_000)))
    score = np.sort(rng.choice([90.0, 92.5, 95.0], client.size))
    if order == "best first":
        score = score[::-1]
    at_once = keep_best([Pairs(client, company, score)], 2, 3)

    parts = np.array_split(np.arange(client.size), 9)
    in_parts = keep_best((Pairs(client[part], company[part], score[part]) for part in parts), 2, 3)

    assert rows(in_parts) == rows(at_once)
    assert len(at_once.score) < 5 * 2_000


def test_of_many_equal_names_only_a_few_pairs_are_kept() -> None:
    kept = keep_best(similar_pairs(["acme"] * 1_500, ["acme"] * 1_500, 90), 2, 1)

    assert rows(kept)[:4] == [(0, 0, 100), (0, 1, 100), (0, 2, 100), (0, 3, 100)]
    assert kept.client.size == 1_500 + 2 * 1_499
