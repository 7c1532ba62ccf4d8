"""One word and a slip of the fingers, or two words."""

import pytest

from billingbot.matching.verdict.slips import is_surely_slip, may_be_slip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("managment", "management"),
        ("pediatircs", "pediatrics"),
        ("opportunnity", "opportunity"),
        ("gustafson", "gustafsson"),
    ],
)
def test_a_letter_left_out_doubled_or_swapped_in_a_long_word_is_a_slip(one: str, other: str) -> None:
    assert is_surely_slip(one, other)
    assert is_surely_slip(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kensington", "kennington"),  # a letter replaced
        ("rodriguez", "rodrigues"),
        ("christian", "christina"),  # swapped at the end
        ("alexandra", "alexandria"),  # left out at the end
        ("zmanagement", "management"),  # another first letter
        ("matthews", "mathews"),  # too short
        ("managmnt", "management"),  # two letters away
        ("銀行東京都中央区日本橋一", "銀行東京都中央区日本橋橋一"),  # one sign is one word
    ],
)
def test_what_may_be_another_name_is_not_surely_a_slip(one: str, other: str) -> None:
    assert not is_surely_slip(one, other)


@pytest.mark.parametrize(("one", "other"), [("horizen", "horizon"), ("clark", "clarke"), ("enginerng", "engineering")])
def test_a_letter_away_or_two_in_long_words_may_be_a_slip(one: str, other: str) -> None:
    assert may_be_slip(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("law", "lawn"), ("key", "ark"), ("palatin", "palantir"), ("東京商事会", "東京商会会")]
)
def test_further_away_or_in_short_words_is_none(one: str, other: str) -> None:
    assert not may_be_slip(one, other)
