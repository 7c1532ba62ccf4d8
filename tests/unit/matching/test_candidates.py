"""What is offered for a client that was not linked, and the words that say why it was not."""

import pytest

from billingbot.matching import match
from tests.unit.matching.pair_of_names import clients, companies


def reasons(left: list[str], right: list[str]) -> list[str]:
    """Return the reasons of what is found, by client, best first."""
    return match(clients(*left), companies(*right))["reason"].tolist()


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        (["Acme"], ["ACME", "Acme"], "The names are 100 % alike, but the company “ACME” is as close."),
        (["Acme"], ["Acme", "Acme"], "The names are 100 % alike, but another company has the same name."),
        (["Acme", "Acme"], ["Acme"], "The names are 100 % alike, but another client has the same name."),
        (
            ["Brightwater Group"],
            ["Brightwaterx Group", "Brightwaterxx Group"],
            "The names are 97 % alike, but the company “Brightwaterxx Group” is nearly as close (94 %).",
        ),
        (
            ["Brightwaterx Group", "Brightwaterxx Group"],
            ["Brightwater Group"],
            "The names are 97 % alike, but the client “Brightwaterxx Group” is nearly as close (94 %).",
        ),
        (
            ["Riverside Dental", "Riverside Dentl"],
            ["Dental of Harborview Riverside"],
            "The names are 69 % alike, less than 90 %; both have: riverside dental.",
        ),
    ],
)
def test_the_best_candidate_says_what_held_it_back(left: list[str], right: list[str], reason: str) -> None:
    assert reasons(left, right)[0] == reason


def test_a_far_candidate_is_no_rival_to_name() -> None:
    assert reasons(["Brightwaterx Group", "Brightwaterxx Group"], ["Brightwater Group", "Brightwater Gro"])[0] == (
        "The names are 97 % alike, but the client “Brightwaterxx Group” is nearly as close (94 %)."
    )


def test_a_candidate_that_is_beaten_names_who_is_closer() -> None:
    assert reasons(["Brightwater Group"], ["Brightwaterx Group", "Brightwaterxx Group"])[1] == (
        "The names are 94 % alike, but the company “Brightwaterx Group” is closer (97 %)."
    )


def test_namesakes_with_other_legal_forms_are_judged_each_for_itself() -> None:
    found = match(clients("Acme Bakery LLC", "Acme Bakery Corp"), companies("Acme Bakery Corp"))

    assert found["reason"].tolist() == [
        "The names are 100 % alike, but the legal forms differ: llc / corp.",
        "The names are 100 % alike, but the client “Acme Bakery LLC” is as close.",
    ]


def test_the_very_same_name_comes_before_its_namesakes() -> None:
    found = match(clients("Toro Co"), companies("TORO INC", "TORO CO", "Toro Co"))

    assert found["company_id"].tolist() == ["c3", "c2", "c1"]


def test_fill_words_are_not_what_two_names_have_in_common() -> None:
    [reason] = reasons(["Harbor and Kettle Airways"], ["Kettle and Quarry"])

    assert reason.endswith("both have: kettle.")


def test_what_speaks_against_a_pair_is_said_before_its_rivals() -> None:
    assert reasons(["Clinic West 1"], ["Clinic West 2", "Clinic West 3"]) == [
        "The names are 92 % alike, but the numbers differ: 1 / 2.",
        "The names are 92 % alike, but the numbers differ: 1 / 3.",
    ]


def test_candidates_without_a_common_word_say_that_parts_agree() -> None:
    [reason] = reasons(["Brightwaters"], ["Brightwaterhouse"])

    assert reason == "The names are 85 % alike, less than 90 %; parts of the words are the same."


def test_a_very_long_rival_is_cut_in_the_sentence() -> None:
    name = "Kettle " * 40
    [reason, _] = reasons([name], [name + "ab", name + "cd"])

    assert "…”" in reason
    assert len(reason) < 150


def test_line_breaks_in_a_name_do_not_break_the_sentence() -> None:
    [reason, _] = reasons(["Acme"], ["Acme", "Acme\n\tLtd"])

    assert reason == "The names are 100 % alike, but the company “Acme Ltd” is as close."
