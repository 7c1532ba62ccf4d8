"""Each guard finds its own kind of difference, and no other."""

from collections.abc import Callable

import pytest

from billingbot.matching.verdict import guards
from billingbot.matching.verdict.comparison import Comparison
from billingbot.matching.verdict.guards import Doubt, Finding, findings
from billingbot.matching.verdict.vocabulary import Vocabulary
from tests.unit.matching.pair_of_names import pair

Guard = Callable[[Comparison], Finding | None]


@pytest.mark.parametrize(
    ("guard", "client", "company", "words"),
    [
        (guards.find_number, "Riverside Clinic 1", "Riverside Clinic 2", "the numbers differ: 1 / 2"),
        (guards.find_number, "Unit 1 Block 2", "Unit 2 Block 1", "the numbers stand in another order: 1 2 / 2 1"),
        (guards.find_number, "Copper Kettle", "Copper Kettle 2", "only the company has a number: 2"),
        (guards.find_number, "Phase One Interiors", "Phase Two Interiors", "the numbers differ: one / two"),
        (guards.find_number, "Harrow Capital IV", "Harrow Capital VI", "the numbers differ: iv / vi"),
        (guards.find_number, "A1 Taxis", "A2 Taxis", "the numbers differ: a1 / a2"),
        (guards.find_number, "1st Choice", "2nd Choice", "the numbers differ: 1st / 2nd"),
        (guards.find_letter, "Depot A", "Depot B", "the letters differ: a / b"),
        (guards.find_letter, "Medicx Properties V", "Medicx Properties X", "the letters differ: v / x"),
        (guards.find_letter, "JR Whitcombe", "JP Whitcombe", "the letters differ: jr / jp"),
        (guards.find_letter, "J Smith Electrical", "Smith Electrical", "only the client has a letter: j"),
        (guards.find_direction, "Acme North", "Acme South", "the directions differ: north / south"),
        (guards.find_direction, "Great Lakes NE", "Great Lakes NW", "the directions differ: ne / nw"),
        (guards.find_direction, "Upper Darrow", "Lower Darrow", "the directions differ: upper / lower"),
        (guards.find_region, "Acme (UK) Limited", "Acme (IE) Limited", "the regions differ: uk / ie"),
        (guards.find_region, "Acme Ireland", "Acme", "only the client has a region: ireland"),
        (guards.find_legal_form, "Ardent Ltd", "Ardent PLC", "the legal forms differ: ltd / plc"),
        (guards.find_same_number, "Phase II", "Phase 2", "a number is written in two ways: ii / 2"),
        (guards.find_sign, "C# Consulting", "C Consulting", "only one has a sign at a word: c#"),
        (guards.find_sign, "Home Care", "@Home Care", "only one has a sign at a word: @h"),
        (
            guards.find_fuller_form,
            "Cayuga Operating Company, LLC",
            "Cayuga Operating LLC",
            "one name has only a part of the other's legal form: co llc / llc",
        ),
        (guards.find_extra_word, "Maribel Foods", "Maribel Foods Group", "only the company has: group"),
        (guards.find_extra_word, "Old Maribel Foods", "Maribel Foods", "only the client has: old"),
        (guards.find_order, "Marshall James Estates", "James Marshall Estates", "the words stand in another order"),
    ],
)
def test_a_guard_says_what_it_found(guard: Guard, client: str, company: str, words: str) -> None:
    found = guard(pair(client, company))

    assert found is not None
    assert found.words == words
    assert f"find_{found.doubt.name.lower()}" == getattr(guard, "__name__", "")


@pytest.mark.parametrize(
    ("guard", "client", "company"),
    [
        (guards.find_number, "Clinic 07", "Clinic 7"),
        (guards.find_number, "Phase II", "Phase Two"),
        (guards.find_letter, "Depot A", "A Depot"),
        (guards.find_letter, "Acme NE", "Acme SW"),
        (guards.find_letter, "Church of Christ", "Church Christ"),
        (guards.find_letter, "東京 銀行", "東京"),
        (guards.find_direction, "Northfield Foods", "Southfield Foods"),
        (guards.find_region, "Acme", "Acme North"),
        (guards.find_legal_form, "Ardent", "Ardent PLC"),
        (guards.find_legal_form, "Ardent Limited", "Ardent Ltd."),
        (guards.find_legal_form, "Ardent Co LLC", "Ardent LLC"),
        (guards.find_sign, "Store #12", "Store 12"),
        (guards.find_fuller_form, "Ardent Ltd", "Ardent PLC"),
        (guards.find_fuller_form, "Ardent Ltd", "Ardent"),
        (guards.find_fuller_form, "Ardent Ltd", "Ardent Limited"),
        (guards.find_same_number, "Clinic 1", "Clinic 2"),
        (guards.find_same_number, "Clinic", "Clinics"),
        (guards.find_extra_word, "Horizen Group", "Horizon Group"),
        (guards.find_extra_word, "Acme", "Acme 2"),
        (guards.find_order, "Marshall James", "Marshall James"),
        (guards.find_order, "Marshall James", "James Marshal"),
    ],
)
def test_a_guard_leaves_other_differences_alone(guard: Guard, client: str, company: str) -> None:
    assert guard(pair(client, company)) is None


@pytest.mark.parametrize(
    ("client", "company", "doubt"),
    [
        ("William Dental", "Williams Dental", Doubt.PLURAL),
        ("Kettle Farm", "Kettle Farms", Doubt.PLURAL),
        ("Horizen Partners", "Horizon Partners", Doubt.MISSPELLING),
        ("Clark Family Dentistry", "Clarke Family Dentistry", Doubt.MISSPELLING),
        ("Fairmount Pediatircs", "Fairmount Pediatrics", Doubt.MISSPELLING),
        ("Northumbria Enginerng", "Northumbria Engineering", Doubt.MISSPELLING),
        ("BlueSky Cablng", "Blue Sky Cabling", Doubt.MISSPELLING),
        ("Rothschild Cogen Facility", "Rothschild Cogeneration Facility", Doubt.ABBREVIATION),
        ("Cleveland Cnty Library", "Cleveland County Library", Doubt.ABBREVIATION),
        ("Phil Sporn", "Philip Sporn", Doubt.ABBREVIATION),
        ("Tetra Technologies", "Tetra Tech", Doubt.ABBREVIATION),
        ("Vanda Pharmaceuticals", "Adial Pharmaceuticals", Doubt.WORD_DIFFERS),
        ("Key Housing Association", "Ark Housing Association", Doubt.WORD_DIFFERS),
        ("Palantir Technologies", "Palatin Technologies", Doubt.WORD_DIFFERS),
        ("Whitmore Law Services", "Whitmore Lawn Services", Doubt.WORD_DIFFERS),
        ("Whitmore Laun Services", "Whitmore Launch Pads", Doubt.WORD_DIFFERS),
        ("東京商事 東京", "東京商会 東京", Doubt.WORD_DIFFERS),
    ],
)
def test_a_word_in_the_place_of_another_is_told_from_a_plural_a_slip_and_an_abbreviation(
    client: str, company: str, doubt: Doubt
) -> None:
    found = guards.find_word(pair(client, company), Vocabulary())

    assert found is not None
    assert found.doubt is doubt


def test_a_word_of_another_kind_is_named_with_what_stands_in_its_place() -> None:
    assert findings(pair("Cafe Jordan", "Cafe Jorden"), Vocabulary()) == [
        Finding(Doubt.WORD_DIFFERS, "the words differ: jordan / jorden")
    ]


def test_two_words_in_use_elsewhere_are_two_words() -> None:
    compared = pair("Miller Industries", "Muller Industries")
    names = ["miller industries", "muller industries", "miller foods"]

    one_known = guards.find_word(compared, Vocabulary(names))
    both_known = guards.find_word(compared, Vocabulary([*names, "muller dental"]))

    assert one_known is not None
    assert one_known.doubt is Doubt.MISSPELLING
    assert both_known == Finding(Doubt.WORD_DIFFERS, "the words differ: miller / muller")


def test_all_that_is_found_is_said_and_each_word_once() -> None:
    found = findings(pair("Acme Leeds North 1 Ltd", "Acme Lewes South 2 Inc"), Vocabulary())

    assert [finding.doubt for finding in found] == [
        Doubt.NUMBER,
        Doubt.DIRECTION,
        Doubt.LEGAL_FORM,
        Doubt.WORD_DIFFERS,
    ]
    assert found[-1].words == "the words differ: leeds / lewes"


@pytest.mark.parametrize(
    ("client", "company"),
    [("Acme", "Acme 2"), ("Acme A", "Acme"), ("Acme UK", "Acme"), ("Acme x", "Acme y z"), ("Acme II", "Acme 2 Foods")],
)
def test_no_difference_of_words_goes_without_a_finding(client: str, company: str) -> None:
    assert findings(pair(client, company), Vocabulary())
