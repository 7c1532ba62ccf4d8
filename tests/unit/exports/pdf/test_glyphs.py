"""Which font draws what."""

import pytest

from billingbot.exports.pdf.glyphs import BOLD, REGULAR, advances, drawable, fallbacks, glyph, plain_advances


def names(text: str) -> list[str]:
    return [face.name for face in fallbacks(text)]


def test_the_bold_font_has_what_the_regular_one_has() -> None:
    assert advances(BOLD).keys() == advances(REGULAR).keys()


@pytest.mark.parametrize("char", ["\n", "\x00", "\xad", "\u0301", "\u200d", "\u202e", "ش"])
def test_what_is_no_letter_of_its_own_is_not_drawn_alone(char: str) -> None:
    assert char not in plain_advances(REGULAR)


def test_every_digit_is_as_wide() -> None:
    assert len({advances(REGULAR)[digit] for digit in "0123456789"}) == 1


def test_a_text_takes_one_font_that_has_all_of_it() -> None:
    # The first font for Arabic has all of this Pashto word but its first letter; letters of two fonts would not join.
    assert names("ړومبی") == ["notosansarabic"]
    assert names("مؤسسة") == ["almarai-regular"]


def test_a_text_takes_more_fonts_where_it_has_to() -> None:
    assert names("Acme مؤسسة 株式会社") == ["almarai-regular", "notosanscjkjp-regular"]


def test_joiners_need_no_font() -> None:
    assert names("a\u200db") == []
    assert names("👩\u200d💻") == ["notoemoji"]


@pytest.mark.parametrize("char", ["é", "Ж", "株", "한", "Հ", "①"])
def test_these_are_drawn_one_by_one(char: str) -> None:
    found = glyph(char)

    assert found is not None
    assert found.plain


@pytest.mark.parametrize("char", ["ش", "ש", "क", "ำ", "\u0301", "👩"])
def test_these_are_drawn_together(char: str) -> None:
    found = glyph(char)

    assert found is not None
    assert not found.plain


def test_drawable_text_is_composed_in_one_line_and_without_the_invisible() -> None:
    missing: set[str] = set()

    assert drawable("e\u0301\n\u202ea\u200d\ufe0f𓀀\ue000", missing) == "é a\u200d\ufffd\ufffd"
    assert missing == {"𓀀", "\ue000"}
