"""Text in a cell: lines, and where it is cut. A character is as wide as one here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingbot.exports.pdf.fitting import fitted


def test_a_line_ends_at_its_last_blank_or_else_anywhere() -> None:
    assert fitted("one two three", 8, 2, len) == (["one two", "three"], False)
    assert fitted("onetwothree", 8, 2, len) == (["onetwoth", "ree"], False)


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert fitted("one two three four", 8, 2, len) == (["one two", "three f…"], True)
    assert fitted("one two three", 4, 1, len) == (["one…"], True)


def test_a_cell_without_room_is_empty() -> None:
    assert fitted("wide", 0.5, 1, len) == ([""], True)


@pytest.mark.parametrize(
    ("text", "width", "kept"),
    [
        ("abe\u0301cd", 4, "ab…"),  # e and its accent
        ("ab👩\u200d💻cd", 5, "ab…"),  # a woman at a computer
        ("ab👍🏽cd", 4, "ab…"),  # a thumb and its colour
        ("abกำ\u0e49cd", 5, "abก…"),  # a vowel and its tone
    ],
)
def test_letters_are_not_taken_apart(text: str, width: int, kept: str) -> None:
    assert fitted(text, width, 1, len) == ([kept], True)


def test_a_very_long_text_is_cut_even_where_nothing_is_wide() -> None:
    [line], cut = fitted("i" * 5_000, 10, 1, lambda text: len(text) * 0.001)

    assert (len(line), cut) == (1_500, True)


@given(st.text(alphabet="ab \u0301👩\u200d💻", max_size=60), st.integers(1, 20), st.integers(1, 3))
def test_no_line_is_too_wide_and_nothing_goes_unsaid(text: str, width: int, lines: int) -> None:
    found, cut = fitted(text, width, lines, len)

    assert len(found) <= lines
    assert all(len(line) <= width for line in found)
    assert cut or "".join(found).replace(" ", "") == text.replace(" ", "")
