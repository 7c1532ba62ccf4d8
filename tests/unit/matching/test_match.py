"""From two lists of names to pairs."""

import pandas as pd
import pytest

from billingbot.errors import DomainError
from billingbot.matching import MATCH_COLUMNS, match
from tests.unit.matching.pair_of_names import clients, companies, links, outcomes, pairs


def test_the_same_name_in_another_spelling_is_confident() -> None:
    found = match(clients("Acme & Sons Ltd"), companies("ACME and Sons Limited"))

    assert found.to_dict("records") == [
        {
            "company_id": "c1",
            "client_id": 1,
            "score": 100.0,
            "outcome": "confident",
            "reason": "The names are the same but for spelling: case, accents, punctuation, “the” or “&”.",
            "rank": 1,
        }
    ]


def test_a_word_left_unexplained_is_linked_and_left_for_review() -> None:
    found = match(clients("Horizen Partners Group"), companies("Horizon Partners Group"))

    assert outcomes(found) == {(1, "c1"): "review"}


def test_exactly_ninety_per_cent_is_enough() -> None:
    found = match(clients("Abcde Fghi"), companies("Abcdx Fghi"))  # distance 2 of 20 letters

    assert (links(found), found["score"].tolist()) == ({(1, "c1"): "review"}, [90.0])


def test_less_than_the_threshold_is_never_linked() -> None:
    found = match(clients("Brightwater ab"), companies("Brightwater xyz"))

    assert links(found) == {}
    assert found["reason"].tolist() == ["The names are 84 % alike, less than 90 %; both have: brightwater."]


def test_the_threshold_can_be_set() -> None:
    names = clients("Abcde Fgh"), companies("Abcdx Fgh")

    assert links(match(*names)) == {}
    assert links(match(*names, threshold=80)) == {(1, "c1"): "review"}


def test_word_order_does_not_lower_the_score() -> None:
    found = match(clients("Dental Brightwater"), companies("Brightwater Dental"))

    assert found["score"].tolist() == [100.0]
    assert outcomes(found) == {(1, "c1"): "review"}


def test_almost_the_same_is_never_called_100_per_cent() -> None:
    found = match(clients("x" * 150 + " 1" * 75), companies("x" * 150 + " 1" * 74 + " 2"))

    assert found["score"].tolist() == [99.6]
    assert found["reason"].tolist()[0].startswith("The names are 99 % alike")


@pytest.mark.parametrize(("one", "other"), [("パン工房", "バン工房"), ("กิน", "กัน"), ("Край Строй", "Краи Строй")])
def test_marks_of_other_scripts_are_no_accents(one: str, other: str) -> None:
    assert "confident" not in match(clients(one), companies(other))["outcome"].tolist()


def test_names_that_differ_by_a_number_are_only_suggested() -> None:
    found = match(clients("Riverside Clinic 1"), companies("Riverside Clinic 2"))

    assert outcomes(found) == {(1, "c1"): "suggested"}
    assert found["reason"].tolist() == ["The names are 94 % alike, but the numbers differ: 1 / 2."]


def test_without_guards_the_bare_rule_links() -> None:
    names = clients("Riverside Clinic 1", "Ardent Ltd"), companies("Riverside Clinic 2", "Ardent PLC")

    assert links(match(*names)) == {}
    assert links(match(*names, guards=False)) == {(1, "c1"): "confident", (2, "c2"): "confident"}


def test_without_guards_a_near_rival_does_not_hold_back_the_best() -> None:
    names = clients("Brightwater Groups"), companies("Brightwater Groupsx", "Brightwater Groupsxy")

    assert links(match(*names)) == {}
    assert links(match(*names, guards=False)) == {(1, "c1"): "confident"}


def test_without_guards_two_that_are_as_close_stay_a_question() -> None:
    found = match(clients("Acme"), companies("ACME", "Acme Inc"), guards=False)

    assert outcomes(found) == {(1, "c1"): "suggested", (1, "c2"): "suggested"}


def test_what_is_decided_takes_part_in_nothing() -> None:
    found = match(clients("Acme", "Borealis"), companies("Acme", "Borealis", "Borealis"), decided=pairs(("c2", 2)))

    assert outcomes(found) == {(1, "c1"): "confident"}


def test_a_rejected_pair_does_not_come_back() -> None:
    assert match(clients("Acme"), companies("Acme"), rejected=pairs(("c1", 1))).empty
    assert match(clients("Acme Dental"), companies("Acme Rental Group"), rejected=pairs(("c1", 1))).empty


def test_a_rejected_pair_is_no_rival() -> None:
    found = match(clients("Acme Partners"), companies("Acme Partners", "Acme Partnerz"), rejected=pairs(("c1", 1)))

    assert outcomes(found) == {(1, "c2"): "review"}


def test_when_one_of_two_namesakes_is_rejected_the_other_is_the_one() -> None:
    found = match(clients("Acme"), companies("Acme", "Acme Ltd"), rejected=pairs(("c1", 1)))

    assert outcomes(found) == {(1, "c2"): "review"}


def test_a_namesake_of_what_is_decided_is_left_for_review() -> None:
    found = match(clients("Acme", "Acme"), companies("ACME", "Zebra"), decided=pairs(("c2", 1)))

    assert links(found) == {(2, "c1"): "review"}
    assert found["reason"].tolist() == [
        "The names are the same but for spelling: case, accents, punctuation, “the” or “&”. "
        "Another client or company has that name, too."
    ]


def test_an_id_that_is_listed_twice_is_refused() -> None:
    twice = pd.concat([companies("Acme"), companies("Acme")])

    with pytest.raises(DomainError, match="company_id"):
        match(clients("Acme"), twice)


def test_a_missing_name_is_like_nothing() -> None:
    assert match(clients("Acme"), companies("Acme").assign(name=pd.Series([None], dtype="object"))).empty


def test_pairs_of_rows_that_are_gone_are_no_error() -> None:
    nowhere = pairs(("c9", 9))

    assert links(match(clients("Acme"), companies("Acme"), decided=nowhere, rejected=nowhere)) == {
        (1, "c1"): "confident"
    }


def test_at_most_five_companies_are_suggested_to_a_client() -> None:
    found = match(clients("Acme"), companies(*["Acme"] * 9))

    assert found["rank"].tolist() == [1, 2, 3, 4, 5]


def test_what_is_held_back_and_what_is_near_are_five_together() -> None:
    right = companies("Clinic West 2", "Clinic West 3", *["Clinic West 1 Clinic West 1"] * 5)
    found = match(clients("Clinic West 1"), right)

    assert found["company_id"].tolist() == ["c1", "c2", "c3", "c4", "c5"]


def test_what_is_alike_enough_comes_before_what_is_only_near() -> None:
    found = match(clients("Riverside Clinic 1"), companies("Riverside 1", "Riverside Clinic 2"))

    assert found["company_id"].tolist() == ["c2", "c1"]


@pytest.mark.parametrize(
    "names",
    [
        [],
        [""],
        ["  ", "\x00", "\t\n"],
        ["😀", "😀😀"],
        ["شركة النور للتجارة", "‏شركة النور"],
        ["x" * 300, "x" * 299],
        ["=cmd()", "<img onerror=alert(1)>"],
        ["Acme"] * 40,
    ],
)
def test_no_name_breaks_it(names: list[str]) -> None:
    found = match(clients(*names), companies(*names))

    assert list(found.columns) == MATCH_COLUMNS
    assert found.dtypes.astype(str).to_dict() == {
        "company_id": "str",
        "client_id": "int64",
        "score": "float64",
        "outcome": "str",
        "reason": "str",
        "rank": "int64",
    }
    assert found["outcome"].isin(["confident", "review", "suggested"]).all()


@pytest.mark.parametrize("name", ["", "  ", "???", "😀"])
def test_a_name_without_letters_matches_nothing(name: str) -> None:
    assert match(clients(name), companies(name)).empty


def test_a_thousand_of_one_name_are_all_questions() -> None:
    found = match(clients(*["Acme"] * 1000), companies(*["Acme"] * 1000))

    assert links(found) == {}
    assert found.groupby("client_id").size().tolist() == [5] * 1000


def test_numbered_names_find_their_twins_and_nobody_elses() -> None:
    found = match(
        clients(*[f"Copper Kettle Store {i:05}" for i in range(1000)]),
        companies(*[f"COPPER KETTLE STORE {i:05}" for i in range(500, 1500)]),
    )

    assert links(found) == {(i + 501, f"c{i + 1}"): "confident" for i in range(500)}
