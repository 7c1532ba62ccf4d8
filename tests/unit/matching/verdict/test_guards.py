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
        (guards.number, "Riverside Clinic 1", "Riverside Clinic 2", "the numbers differ: 1 / 2"),
        (guards.number, "Copper Kettle", "Copper Kettle 2", "the numbers differ: none / 2"),
        (guards.number, "Phase One Interiors", "Phase Two Interiors", "the numbers differ: one / two"),
        (guards.number, "Harrow Capital IV", "Harrow Capital VI", "the numbers differ: iv / vi"),
        (guards.number, "A1 Taxis", "A2 Taxis", "the numbers differ: a1 / a2"),
        (guards.number, "1st Choice", "2nd Choice", "the numbers differ: 1st / 2nd"),
        (guards.letter, "Depot A", "Depot B", "the letters differ: a / b"),
        (guards.letter, "Medicx Properties V", "Medicx Properties X", "the letters differ: v / x"),
        (guards.letter, "JR Whitcombe", "JP Whitcombe", "the letters differ: jr / jp"),
        (guards.letter, "J Smith Electrical", "Smith Electrical", "the letters differ: j / none"),
        (guards.direction, "Acme North", "Acme South", "the directions differ: north / south"),
        (guards.direction, "Great Lakes NE", "Great Lakes NW", "the directions differ: ne / nw"),
        (guards.direction, "Upper Darrow", "Lower Darrow", "the directions differ: upper / lower"),
        (guards.region, "Acme (UK) Limited", "Acme (IE) Limited", "the regions differ: uk / ie"),
        (guards.region, "Acme Ireland", "Acme", "the regions differ: ireland / none"),
        (guards.legal_form, "Ardent Ltd", "Ardent PLC", "the legal forms differ: ltd / plc"),
        (guards.same_number, "Phase II", "Phase 2", "a number is written in two ways: ii / 2"),
        (
            guards.fuller_form,
            "Cayuga Operating Company, LLC",
            "Cayuga Operating LLC",
            "one name has only a part of the other's legal form: co llc / llc",
        ),
        (guards.extra_word, "Maribel Foods", "Maribel Foods Group", "only the company has: group"),
        (guards.extra_word, "Old Maribel Foods", "Maribel Foods", "only the client has: old"),
        (guards.order, "Marshall James Estates", "James Marshall Estates", "the words stand in another order"),
    ],
)
def test_a_guard_says_what_it_found(guard: Guard, client: str, company: str, words: str) -> None:
    found = guard(pair(client, company))

    assert found is not None
    assert found.words == words
    assert found.doubt.name.lower() == getattr(guard, "__name__", "")


@pytest.mark.parametrize(
    ("guard", "client", "company"),
    [
        (guards.number, "Clinic 07", "Clinic 7"),
        (guards.number, "Phase II", "Phase Two"),
        (guards.number, "Clinic 1 of 2", "Clinic 2 of 1"),
        (guards.letter, "Depot A", "A Depot"),
        (guards.letter, "Acme NE", "Acme SW"),
        (guards.direction, "Northfield Foods", "Southfield Foods"),
        (guards.region, "Acme", "Acme North"),
        (guards.legal_form, "Ardent", "Ardent PLC"),
        (guards.legal_form, "Ardent Limited", "Ardent Ltd."),
        (guards.legal_form, "Ardent Co LLC", "Ardent LLC"),
        (guards.fuller_form, "Ardent Ltd", "Ardent PLC"),
        (guards.fuller_form, "Ardent Ltd", "Ardent"),
        (guards.fuller_form, "Ardent Ltd", "Ardent Limited"),
        (guards.same_number, "Clinic 1", "Clinic 2"),
        (guards.same_number, "Clinic", "Clinics"),
        (guards.extra_word, "Horizen Group", "Horizon Group"),
        (guards.extra_word, "Acme", "Acme 2"),
        (guards.order, "Marshall James", "Marshall James"),
        (guards.order, "Marshall James", "James Marshal"),
    ],
)
def test_a_guard_leaves_other_differences_alone(guard: Guard, client: str, company: str) -> None:
    assert guard(pair(client, company)) is None


@pytest.mark.parametrize(
    ("client", "company"),
    [
        ("Horizen Partners", "Horizon Partners"),
        ("Clark Family Dentistry", "Clarke Family Dentistry"),
        ("Fairmount Pediatircs", "Fairmount Pediatrics"),
        ("Northumbria Enginerng", "Northumbria Engineering"),
        ("BlueSky Cablng", "Blue Sky Cabling"),
    ],
)
def test_a_slip_of_the_fingers_may_be_a_misspelling(client: str, company: str) -> None:
    found = guards.word(pair(client, company), Vocabulary())

    assert found is not None
    assert found.doubt is Doubt.MISSPELLING


@pytest.mark.parametrize(
    ("client", "company"),
    [
        ("Rothschild Cogen Facility", "Rothschild Cogeneration Facility"),
        ("Cleveland Cnty Library", "Cleveland County Library"),
        ("Phil Sporn", "Philip Sporn"),
        ("Tetra Technologies", "Tetra Tech"),
    ],
)
def test_a_word_may_be_short_for_another(client: str, company: str) -> None:
    found = guards.word(pair(client, company), Vocabulary())

    assert found is not None
    assert found.doubt is Doubt.ABBREVIATION


@pytest.mark.parametrize(
    ("client", "company"),
    [
        ("Vanda Pharmaceuticals", "Adial Pharmaceuticals"),
        ("Key Housing Association", "Ark Housing Association"),
        ("Palantir Technologies", "Palatin Technologies"),
        ("Ford Housing", "Ford Housing Ardmore"),
        ("Whitmore Law Services", "Whitmore Lawn Services"),
        ("Whitmore Laun Services", "Whitmore Launch Pads"),
        ("東京商事 東京", "東京商会 東京"),
    ],
)
def test_another_word_is_not_a_misspelling(client: str, company: str) -> None:
    found = guards.word(pair(client, company), Vocabulary())

    assert found is None or found.doubt is Doubt.WORD_DIFFERS


def test_two_words_in_use_elsewhere_are_two_words() -> None:
    compared = pair("Miller Industries", "Muller Industries")
    names = ["miller industries", "muller industries", "miller foods"]

    one_known = guards.word(compared, Vocabulary(names))
    both_known = guards.word(compared, Vocabulary([*names, "muller dental"]))

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
