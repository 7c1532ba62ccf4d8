"""How near names are to one, for a person to choose from: the measure is the one that links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingbot.matching import explain, scores
from billingbot.matching.join.similar_pairs import similarity
from billingbot.matching.names.name import name_key

NAMES = st.text(alphabet="abc '&.éس日", max_size=12)


@given(NAMES, st.lists(NAMES, max_size=6))
def test_each_score_is_the_similarity_of_the_keys_rounded_down_to_a_tenth(client: str, companies: list[str]) -> None:
    found = scores(client, companies)

    exact = [similarity(name_key(client), name_key(company)) for company in companies]
    assert len(found) == len(companies)
    for score, similar in zip(found.tolist(), exact, strict=True):
        assert score <= similar + 1e-6
        assert similar - score < 0.1


@pytest.mark.parametrize("client", ["", "???", "  "])
def test_a_name_without_a_letter_is_like_no_other(client: str) -> None:
    assert scores(client, ["Acme", "???"]).tolist() == [0.0, 0.0]


def test_no_companies_have_no_scores() -> None:
    assert scores("Acme", []).tolist() == []


def test_the_score_is_the_one_of_the_sentence() -> None:
    [score] = scores("Riverside Clinic 1 Ltd", ["Riverside Clinic 2"]).tolist()

    assert explain("Riverside Clinic 1 Ltd", "Riverside Clinic 2").startswith(f"The names are {int(score)} % alike")
