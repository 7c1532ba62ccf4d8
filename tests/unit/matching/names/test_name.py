"""The key of a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingbot.matching.names.name import Name, name_key, read_name

# ASCII again, but wide: the same letters and signs once folded, yet beyond ASCII until then.
WIDE = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
PIECES = st.sampled_from(
    [*"aBz09.,&+'`-_/ \t\n\x00\x1f\x7f", "The ", "A.B.", "U.S.A", " & Co", " Ltd.", "G.m.b.H.", "1.2"]
)
ASCII_NAMES = st.one_of(st.text(st.characters(max_codepoint=127)), st.lists(PIECES).map("".join))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Ltd", "ACME LIMITED"),
        ("Hargreaves, Cole & Partners", "Hargreaves Cole and Partners"),
        ("Hargreaves+Cole", "Hargreaves and Cole"),
        ("Café Zürich GmbH", "Cafe Zurich"),
        ("The Smith Company, Inc.", "Smith"),
        ("Smith & Co", "Smith"),
        ("O'Neill Dental", "ONeill Dental"),
        ("O´Neill ’n’ Sons", "O`Neill 'n' Sons"),
        ("A.B.C. Engineering", "ABC Engineering"),
        ("Engineering by A.B.C", "Engineering by ABC"),
        ("Straße & Söhne", "STRASSE UND SÖHNE".replace("UND", "and")),
        ("Øresund Þór Łódź Đakovo Ærø Œuvre", "Oresund Thor Lodz Dakovo Aero Oeuvre"),
        ("IŞIK Yapı", "ışık yapi"),
        ("Αθήνα", "ΑΘΗΝΑ"),
        ("ＡＣＭＥ　①", "acme 1"),
        ("Acme\x00Dental\x1f", "Acme Dental"),
        ("Acme\u00a0Dental\u200b", "acme dental"),
        ("☎️ Acme 1️⃣ 🏴‍☠️", "Acme 1"),
        ("葛\U000e0100城", "葛城"),
        ("Край", "КРАИ\u0306"),
        ("Край—\u0306 Юг", "Край Юг"),
        ("𝚨θήνα", "Αθήνα"),
    ],
)
def test_spelling_habits_leave_no_trace(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Holdings", "Acme"),
        ("Riverside Clinic 1", "Riverside Clinic 2"),
        ("Version 1.2", "Version 12"),
        ("Harbor UK", "Harbor US"),
        ("Co Op Foods", "Op Foods"),
        ("パン工房", "バン工房"),
        ("กิน", "กัน"),
        ("Край", "Краи"),
        ("שָׁלוֹם", "שָׂלוֹם"),
    ],
)
def test_words_that_tell_two_names_apart_stay(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Limited", "limited"),
        ("The Limited", "limited"),
        ("The", "the"),
        ("The The", "the"),
        ("Hotel California, The", "hotel california"),
        ("Smith and Company, The", "smith"),
        ("Sons and Ltd", "sons"),
    ],
)
def test_articles_and_forms_go_only_while_something_is_left(name: str, key: str) -> None:
    assert name_key(name) == key


@pytest.mark.parametrize("name", ["", " ", "???", "\x00\x1f", "😀", "❤️", "¨", "\u0301", "．", "&", "& + &"])
def test_a_name_without_letters_or_digits_has_the_empty_key(name: str) -> None:
    assert name_key(name) == ""


def test_a_long_name_is_kept_whole() -> None:
    assert name_key("Ä" * 300) == "a" * 300


def test_a_read_name_remembers_how_it_was_given() -> None:
    name = read_name("  Acme, Inc. ")

    assert name == Name("  Acme, Inc. ", "acme", frozenset({"inc"}))


@given(st.one_of(st.text(), ASCII_NAMES))
def test_a_key_is_words_and_single_spaces(name: str) -> None:
    assert name_key(name) == " ".join(name_key(name).split())


@given(st.one_of(st.text(), ASCII_NAMES))
def test_a_key_is_its_own_key_unless_another_article_was_uncovered(name: str) -> None:
    key = name_key(name)

    assert name_key(key) == (key if " " not in key else key.removeprefix("the "))


@given(st.one_of(st.text(), ASCII_NAMES))
def test_case_never_matters(name: str) -> None:
    assert name_key(name.casefold()) == name_key(name.upper()) == name_key(name)


@given(ASCII_NAMES)
def test_an_ascii_name_is_read_as_if_it_were_not_ascii(name: str) -> None:
    plain, wide = read_name(name), read_name(name.translate(WIDE))

    assert (plain.key, plain.forms) == (wide.key, wide.forms)
