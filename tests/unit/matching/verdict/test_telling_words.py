"""Numbers, letters, directions and regions among the words of a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingbot.matching.names.name import name_key
from billingbot.matching.verdict.telling_words import DIRECTIONS, REGIONS, Kind, kind_of, number_in


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("7", "7"),
        ("007", "7"),
        ("0", "0"),
        ("2nd", "2"),
        ("second", "2"),
        ("twelve", "12"),
        ("ii", "2"),
        ("iv", "4"),
        ("viii", "8"),
        ("xiv", "14"),
        ("xxxix", "39"),
        ("a1", "a1"),
        ("٣", "٣"),
    ],
)
def test_a_number_is_read_however_it_is_written(word: str, number: str) -> None:
    assert number_in(word) == number


@pytest.mark.parametrize("word", ["", "v", "x", "i", "mix", "civic", "dixi", "seven-up", "onethree", "iiii"])
def test_what_only_looks_like_a_number_is_none(word: str) -> None:
    assert number_in(word) is None


@given(st.integers(1, 39))
def test_roman_and_arabic_numbers_are_the_same(value: int) -> None:
    ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
    roman = "x" * (value // 10) + ones[value % 10]

    assert len(roman) == 1 or number_in(roman) == str(value)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("7", Kind.NUMBER),
        ("twentieth", Kind.NUMBER),
        ("a1", Kind.NUMBER),
        ("ne", Kind.DIRECTION),
        ("uk", Kind.REGION),
        ("a", Kind.LETTER),
        ("jr", Kind.LETTER),
        ("of", Kind.WORD),
        ("st", Kind.WORD),
        ("銀行", Kind.WORD),
        ("abc", Kind.WORD),
        ("", Kind.WORD),
    ],
)
def test_a_word_is_of_one_kind(word: str, kind: Kind) -> None:
    assert kind_of(word) is kind


def test_the_tables_hold_single_folded_words() -> None:
    assert all(word == name_key(word) for word in DIRECTIONS | REGIONS)
