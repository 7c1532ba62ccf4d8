"""One to one, in any order, and settled in one go."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from billingbot.matching import match
from tests.unit.matching.pair_of_names import clients, companies, links, outcomes, pairs


def test_two_clients_of_one_key_are_only_suggested() -> None:
    found = match(clients("Acme", "Acme Ltd"), companies("ACME"))

    assert outcomes(found) == {(1, "c1"): "suggested", (2, "c1"): "suggested"}


def test_two_companies_of_one_key_are_only_suggested() -> None:
    found = match(clients("Acme"), companies("ACME", "Acme Inc"))

    assert outcomes(found) == {(1, "c1"): "suggested", (1, "c2"): "suggested"}


def test_the_very_same_name_wins_over_a_near_one() -> None:
    found = match(clients("Brightwater Group", "Brightwaterz Group"), companies("Brightwater Group"))

    assert outcomes(found) == {(1, "c1"): "confident"}


def test_a_near_rival_makes_a_question_of_any_other_pair() -> None:
    found = match(clients("Brightwater Group", "Brightwaterz Group"), companies("Brightwater Group Ltd"))

    assert outcomes(found) == {(1, "c1"): "suggested", (2, "c1"): "suggested"}


def test_a_pair_that_is_held_back_is_a_rival_all_the_same() -> None:
    found = match(clients("Brightwaterz Clinic 2"), companies("Brightwater Clinic 2", "Brightwaterz Clinic 3"))

    assert links(found) == {}


def test_a_client_with_many_closer_companies_is_a_rival_all_the_same() -> None:
    closer = [f"Brightwateryy{letter} Group" for letter in "abcdef"]
    found = match(clients("Brightwaterx Group", "Brightwateryy Group"), companies("Brightwater Group", *closer))

    assert links(found) == {}


def test_what_is_beaten_only_by_a_pair_that_is_linked_is_linked_in_the_same_go() -> None:
    left, right = clients("Kettle Group", "Kettlez Group"), companies("Kettle Group", "Kettlezx Group")
    found = match(left, right)

    assert links(found) == {(1, "c1"): "confident", (2, "c2"): "review"}
    assert match(left, right, decided=found).empty


WORDS = st.sampled_from(
    ["acme", "acmee", "dental", "dentals", "1", "2", "ii", "north", "uk", "group", "Ltd", "Inc", "&"]
)
NAME = st.lists(WORDS, min_size=0, max_size=4).map(" ".join)
NAMES = st.lists(NAME, max_size=12)
REJECTED = st.lists(st.tuples(st.integers(1, 12).map(lambda i: f"c{i}"), st.integers(1, 12)), max_size=4)
THRESHOLD = st.sampled_from([70, 80, 90, 90, 90, 100])


@settings(max_examples=50, deadline=None)
@given(NAMES, NAMES, REJECTED, THRESHOLD, st.booleans())
def test_the_laws_hold(
    left: list[str], right: list[str], refused: list[tuple[str, int]], threshold: int, guards: bool
) -> None:
    a, b, rejected = clients(*left), companies(*right), pairs(*refused)
    found = match(a, b, rejected=rejected, threshold=threshold, guards=guards)
    linked = found[found["outcome"] != "suggested"]
    suggested = found[found["outcome"] == "suggested"]

    # Links are one to one, and what is linked is suggested to nobody.
    assert linked["client_id"].is_unique
    assert linked["company_id"].is_unique
    assert not suggested["client_id"].isin(linked["client_id"]).any()
    assert not suggested["company_id"].isin(linked["company_id"]).any()
    # A link reaches the threshold, and a rejected pair never comes back.
    assert (linked["score"] >= threshold).all()
    assert not {(company_id, client_id) for client_id, company_id in outcomes(found)} & set(refused)
    # A client has at most five candidates, numbered, a pair once.
    assert (found["rank"] == found.groupby("client_id").cumcount() + 1).all()
    assert (found["rank"] <= 5).all()
    assert not found.duplicated(["client_id", "company_id"]).any()
    # The order of the rows does not matter.
    shuffled = match(
        a.iloc[::-1], b.sample(frac=1, random_state=1), rejected=rejected.iloc[::-1], threshold=threshold, guards=guards
    )
    pd.testing.assert_frame_equal(found, shuffled)


@settings(max_examples=50, deadline=None)
@given(NAMES, NAMES, REJECTED, THRESHOLD, st.booleans())
def test_what_is_linked_leaves_nothing_to_link_and_the_same_to_suggest(
    left: list[str], right: list[str], refused: list[tuple[str, int]], threshold: int, guards: bool
) -> None:
    a, b, rejected = clients(*left), companies(*right), pairs(*refused)
    first = match(a, b, rejected=rejected, threshold=threshold, guards=guards)
    linked = first[first["outcome"] != "suggested"]
    second = match(a, b, decided=linked, rejected=rejected, threshold=threshold, guards=guards)

    pd.testing.assert_frame_equal(second, first[first["outcome"] == "suggested"].reset_index(drop=True))
