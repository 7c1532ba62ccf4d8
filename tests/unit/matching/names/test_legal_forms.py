"""The legal forms that are taken off the end of a name, and what is not."""

from collections.abc import Callable

import pytest

from billingbot.matching.names.legal_forms import spellings, take_form
from billingbot.matching.names.name import name_key, read_name

WRITINGS: list[Callable[[str], str]] = [
    lambda spelling: f"Brightwater {spelling}",
    lambda spelling: f"BRIGHTWATER {spelling.upper()}",
    lambda spelling: f"Brightwater, {spelling.title()}",
    lambda spelling: f"Brightwater ({spelling})",
    lambda spelling: f"Brightwater {'. '.join(spelling.split())}.",
    lambda spelling: f"Brightwater {' '.join('.'.join(word) + '.' for word in spelling.split())}",
    lambda spelling: f"Brightwater {spelling}, The",
    lambda spelling: f"Brightwater & {spelling}",
]


@pytest.mark.parametrize("written", WRITINGS, ids=[write("x y") for write in WRITINGS])
def test_every_spelling_of_a_form_is_taken_off_and_called_by_the_form(written: Callable[[str], str]) -> None:
    names = [(read_name(written(spelling)), form) for spelling, form in spellings()]

    assert [name for name, form in names if (name.key, *name.forms) != ("brightwater", form)] == []


def test_a_spelling_belongs_to_one_form() -> None:
    forms: dict[str, set[str]] = {}
    for spelling, form in spellings():
        forms.setdefault(spelling, set()).add(form)

    assert {spelling: found for spelling, found in forms.items() if len(found) > 1} == {}


def test_the_table_is_spelled_as_names_are_left_after_folding() -> None:
    assert [spelling for spelling, _ in spellings() if name_key(f"x {spelling} x") != f"x {spelling} x"] == []


def test_a_name_that_is_only_a_legal_form_keeps_something() -> None:
    assert [spelling for spelling, _ in spellings() if name_key(spelling) == ""] == []


@pytest.mark.parametrize(
    ("name", "key", "forms"),
    [
        ("Weber Metallbau GmbH & Co. KG", "weber metallbau", {"gmbh", "co", "kg"}),
        ("Weber Metallbau GmbH und Co. KG", "weber metallbau", {"gmbh", "co", "kg"}),
        ("Karri Timber (Pty) Ltd", "karri timber", {"pty"}),
        ("Ardent Co., Ltd.", "ardent", {"co", "ltd"}),
        ("Nowak Sp. z o.o. Sp. k.", "nowak", {"sp z oo", "sp k"}),
        ("Cementos S.A.B. de C.V.", "cementos", {"sab de cv"}),
        ("Dupont S.à r.l.", "dupont", {"sarl"}),
        ("Hansen A/S", "hansen", {"as"}),
        ("Ardent Public Limited Company", "ardent", {"plc"}),
        ("Ромашка, ООО", "ромашка", {"ooo"}),
        ('אורן בע"מ', "אורן", {"ltd"}),
        ("青空電気株式会社", "青空電気", {"kk"}),
        ("北方软件股份有限公司", "北方软件", {"股份有限公司"}),
        ("北方软件有限公司", "北方软件", {"有限公司"}),
        ("北方软件有限责任公司", "北方软件", {"有限公司"}),
    ],
)
def test_forms_of_many_countries_are_told_apart_from_the_name(name: str, key: str, forms: set[str]) -> None:
    read = read_name(name)

    assert (read.key, set(read.forms)) == (key, forms)


@pytest.mark.parametrize(
    "word",
    (
        "Group Holding Holdings Services Trust Foundation Partners Partnership Association Private Proprietary "
        "UK US SE PA CA EV CC PT GP Spa Vos Ek North 2 II"
    ).split(),
)
def test_a_word_that_carries_the_name_stays(word: str) -> None:
    assert name_key(f"Riverside {word}") == f"riverside {word.lower()}"


@pytest.mark.parametrize("name", ["Co Op Foods", "Inc Ubator", "SA Plumbing", "Limited Edition Prints", "株式会社青空"])
def test_a_form_is_one_only_at_the_end(name: str) -> None:
    assert read_name(name).forms == frozenset()


def test_the_longest_spelling_is_taken() -> None:
    words = "brightwater public limited company".split()

    assert take_form(words) == "plc"
    assert words == ["brightwater"]


def test_forms_are_taken_only_as_far_as_a_name_is_left() -> None:
    assert read_name("The Company Limited").key == "company"
