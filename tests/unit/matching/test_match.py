"""From two lists of names to pairs."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billingbot.matching import MATCH_COLUMNS, match


def clients(*names: str) -> pd.DataFrame:
    return pd.DataFrame({"client_id": pd.Series(range(1, len(names) + 1), dtype="int64"), "name": list(names)})


def companies(*names: str) -> pd.DataFrame:
    return pd.DataFrame({"company_id": pd.Series([f"c{i}" for i in range(1, len(names) + 1)]), "name": list(names)})


def pairs(company_id: str, client_id: int) -> pd.DataFrame:
    return pd.DataFrame({"company_id": [company_id], "client_id": [client_id]})


def outcomes(found: pd.DataFrame) -> dict[tuple[int, str], str]:
    pair = zip(found["client_id"].tolist(), found["company_id"].tolist(), strict=True)
    return dict(zip(pair, found["outcome"].tolist(), strict=True))


def test_the_same_name_in_another_spelling_is_confident() -> None:
    found = match(clients("Acme & Sons Ltd"), companies("ACME and Sons Limited"))

    assert found.to_dict("records") == [
        {
            "company_id": "c1",
            "client_id": 1,
            "score": 100.0,
            "outcome": "confident",
            "reason": "The names are the same but for case, punctuation or legal form.",
            "rank": 1,
        }
    ]


def test_ninety_per_cent_alike_is_linked_and_left_for_review() -> None:
    found = match(clients("Horizen Partners Group"), companies("Horizon Partners Group"))

    assert outcomes(found) == {(1, "c1"): "review"}


def test_exactly_ninety_per_cent_counts() -> None:
    found = match(clients("abcdefghij"), companies("abcdefghix"))  # distance 2 of 20 letters

    assert found["score"].tolist() == [90.0]


def test_less_than_the_threshold_is_nothing() -> None:
    assert match(clients("abcdefghi"), companies("abcdefghx")).empty


def test_the_threshold_can_be_set() -> None:
    assert len(match(clients("abcdefghi"), companies("abcdefghx"), threshold=80)) == 1


def test_word_order_does_not_matter() -> None:
    assert match(clients("Dental Brightwater"), companies("Brightwater Dental"))["score"].tolist() == [100.0]


def test_two_clients_of_one_name_are_only_suggested() -> None:
    found = match(clients("Acme", "Acme Ltd"), companies("ACME"))

    assert outcomes(found) == {(1, "c1"): "suggested", (2, "c1"): "suggested"}


def test_two_companies_of_one_name_are_only_suggested() -> None:
    found = match(clients("Acme"), companies("ACME", "Acme Inc"))

    assert outcomes(found) == {(1, "c1"): "suggested", (1, "c2"): "suggested"}


def test_a_company_goes_to_the_closer_client_and_is_not_offered_to_the_other() -> None:
    found = match(clients("Brightwater Group", "Brightwaters Group"), companies("Brightwater Group"))

    assert outcomes(found) == {(1, "c1"): "confident"}


def test_what_is_beaten_only_by_a_pair_that_is_linked_is_linked_in_the_same_go() -> None:
    left, right = (
        clients("Brightwater Group", "Brightwaters Group"),
        companies("Brightwater Group", "Brightwatersx Group"),
    )
    found = match(left, right)

    assert outcomes(found) == {(1, "c1"): "confident", (2, "c2"): "review"}
    assert match(left, right, decided=found).empty


def test_a_tie_says_how_many_are_as_close() -> None:
    found = match(clients("Acme"), companies("ACME", "Acme Inc"))

    assert set(found["reason"]) == {"The names are 100 % alike, and 2 companies are as close to this client."}


def test_a_rejected_pair_is_no_competitor() -> None:
    found = match(clients("Acme Partners"), companies("Acme Partners", "Acme Partnerz"), rejected=pairs("c1", 1))

    assert outcomes(found) == {(1, "c2"): "review"}


@pytest.mark.parametrize(("one", "other"), [("パン工房", "バン工房"), ("กิน", "กัน"), ("Край Строй", "Краи Строй")])
def test_marks_of_other_scripts_are_no_accents(one: str, other: str) -> None:
    found = match(clients(one), companies(other))

    assert "confident" not in found["outcome"].tolist()


def test_almost_the_same_is_never_called_100_per_cent() -> None:
    [reason] = match(clients("x" * 150 + "y" * 150), companies("x" * 150 + "y" * 149))["reason"]

    assert reason.startswith("The names are 99 % alike")


def test_names_that_differ_by_a_number_are_only_suggested() -> None:
    found = match(clients("Riverside Clinic 1"), companies("Riverside Clinic 2"))

    assert outcomes(found) == {(1, "c1"): "suggested"}
    assert found["reason"].tolist() == ["The names are 94 % alike, but their numbers differ."]


def test_without_guards_the_bare_rule_links() -> None:
    found = match(clients("Riverside Clinic 1"), companies("Riverside Clinic 2"), guards=False)

    assert outcomes(found) == {(1, "c1"): "confident"}


def test_what_is_decided_takes_part_in_nothing() -> None:
    found = match(clients("Acme", "Borealis"), companies("Acme", "Borealis", "Borealis"), decided=pairs("c2", 2))

    assert outcomes(found) == {(1, "c1"): "confident"}


def test_a_rejected_pair_does_not_come_back() -> None:
    assert match(clients("Acme"), companies("Acme"), rejected=pairs("c1", 1)).empty


def test_at_most_five_companies_are_suggested_to_a_client() -> None:
    found = match(clients("Acme"), companies(*["Acme"] * 9))

    assert found["rank"].tolist() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("names", [[], [""], ["  ", "\x00"], ["😀"], ["شركة النور للتجارة"], ["x" * 300], ["=cmd()"]])
def test_no_name_breaks_it(names: list[str]) -> None:
    found = match(clients(*names), companies(*names))

    assert list(found.columns) == MATCH_COLUMNS
    assert found["outcome"].isin(["confident", "review", "suggested"]).all()


@pytest.mark.parametrize("name", ["", "  ", "???", "😀"])
def test_a_name_without_letters_matches_nothing(name: str) -> None:
    assert match(clients(name), companies(name)).empty


NAMES = st.lists(
    st.sampled_from(["Acme", "Acme Ltd", "Acme 1", "Acme 2", "Acmee", "Borealis", "Boreal is", ""]), max_size=7
)


@settings(max_examples=60, deadline=None)
@given(NAMES, NAMES)
def test_links_are_one_to_one_and_row_order_does_not_matter(left: list[str], right: list[str]) -> None:
    a, b = clients(*left), companies(*right)
    found = match(a, b)
    linked = found[found["outcome"] != "suggested"]

    assert linked["client_id"].is_unique
    assert linked["company_id"].is_unique
    pd.testing.assert_frame_equal(found, match(a.iloc[::-1], b.sample(frac=1, random_state=1)))
