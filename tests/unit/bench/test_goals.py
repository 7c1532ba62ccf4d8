"""The verdict on the goals, at their edges."""

import pytest

from bench.accuracy.figures import Hits, Strays, Tally
from bench.accuracy.goals import goal_rows
from bench.accuracy.simple_rules import BARE_RULE
from bench.accuracy.trials import CONFIDENT, LINKED, Trial


def verdicts(confident: Tally, linked: Tally, bare: Tally) -> list[str]:
    trial = Trial(
        {CONFIDENT: confident, LINKED: linked, BARE_RULE: bare}, 1000, Hits(9, 1, 2), Hits(9, 1, 2), Strays(0, 0)
    )
    return [row[-1] for row in goal_rows({"firs": trial}, {"firs": trial})]


FINE = Tally(900, 900, 1000)
BARE = Tally(910, 900, 1000)


def test_all_is_met_and_a_set_without_a_goal_for_candidates_says_so() -> None:
    assert verdicts(FINE, FINE, BARE) == ["met", "met", "met", "met", "no goal"]


@pytest.mark.parametrize(("wrong", "verdict"), [(1, "met"), (2, "NOT MET")])
def test_one_confident_link_of_a_thousand_may_be_wrong(wrong: int, verdict: str) -> None:
    assert verdicts(Tally(1000, 1000 - wrong, 1000), FINE, BARE)[:2] == [verdict, verdict]


@pytest.mark.parametrize(("right", "verdict"), [(886, "met"), (884, "NOT MET")])
def test_recall_may_be_a_point_and_a_half_under_the_bare_rule(right: int, verdict: str) -> None:
    assert verdicts(FINE, Tally(right, right, 1000), BARE)[2] == verdict


@pytest.mark.parametrize(
    ("wrong", "bare_wrong", "verdict"), [(4, 10, "met"), (5, 10, "NOT MET"), (0, 0, "met"), (1, 0, "NOT MET")]
)
def test_wrong_links_are_less_than_half_of_the_bare_rules(wrong: int, bare_wrong: int, verdict: str) -> None:
    linked, bare = Tally(900 + wrong, 900, 1000), Tally(900 + bare_wrong, 900, 1000)

    assert verdicts(FINE, linked, bare)[3] == verdict
