"""Two names judged for themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingbot.matching import explain
from billingbot.matching.verdict.judge import judge
from billingbot.matching.verdict.vocabulary import Vocabulary
from tests.unit.matching.pair_of_names import pair


@pytest.mark.parametrize(
    ("client", "company", "outcome"),
    [
        ("Acme & Sons", "ACME AND SONS LTD", "confident"),
        ("Managment Partners", "Management Partners", "confident"),
        ("Horizen Partners", "Horizon Partners", "review"),
        ("Marshall James Estates", "James Marshall Estates", "review"),
        ("Clinic Phase II", "Clinic Phase 2", "review"),
        ("Maribel Foods Distribution", "Maribel Foods Distribution Group", "review"),
        ("Riverside Clinic 1", "Riverside Clinic 2", "suggested"),
        ("Ardent Ltd", "Ardent PLC", "suggested"),
        ("Managment Partners Ltd", "Management Partners Inc", "suggested"),
        ("Managment Partners Co", "Management Partners Co LLC", "review"),
        ("Key Housing Association", "Ark Housing Association", "suggested"),
    ],
)
def test_the_outcome_says_how_much_speaks_against_it(client: str, company: str, outcome: str) -> None:
    assert judge(pair(client, company), 95.0, Vocabulary()).outcome == outcome


def test_when_something_speaks_against_it_what_is_only_unexplained_is_left_out() -> None:
    reason = judge(pair("Acme Horizen 1", "Acme Horizon 2"), 90.5, Vocabulary()).reason

    assert reason == "The names are 90 % alike, but the numbers differ: 1 / 2."


@pytest.mark.parametrize(
    ("client", "company"),
    [
        ("Harbor Limited Duration Fund Co", "Harbor Ltd Duration Fund Co LLC"),
        ("Blue Sky Cabling Co", "BlueSky Cabling Co LLC"),
        ("Copper Kettles Cafe Co", "Copper Kettle Cafe Co LLC"),
        ("Whitlock, James DDS Co", "James Whitlock DDS Co LLC"),
    ],
)
def test_a_word_that_is_explained_is_no_doubt_when_the_legal_forms_are(client: str, company: str) -> None:
    verdict = judge(pair(client, company), 95.0, Vocabulary())

    assert verdict.outcome == "review"
    assert verdict.reason == (
        "The names are 95 % alike, but one name has only a part of the other's legal form: co / co llc."
    )


def test_two_names_can_be_explained_without_any_list() -> None:
    assert explain("Horizen Partners", "Horizon Partners") == (
        "The names are 93 % alike, but one of these may be a typing error: horizen / horizon."
    )
    assert explain("Acme", "Zebra") == "The names are 22 % alike, but the words differ: acme / zebra."
    assert explain("???", "Acme") == "A name without a letter or a digit is like no other."


@given(st.text(max_size=40), st.text(max_size=40))
def test_every_two_names_get_a_sentence(client: str, company: str) -> None:
    assert explain(client, company).endswith(".")


@given(st.text(max_size=40))
def test_a_name_is_the_same_as_itself(name: str) -> None:
    assert explain(name, name).startswith(("The names are the same.", "A name without"))
