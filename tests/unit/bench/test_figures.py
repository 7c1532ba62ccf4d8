"""Counting in worlds of a few invented names."""

import pandas as pd

from bench.accuracy.figures import Hits, Strays, Tally, hits, strays, tally
from bench.accuracy.labelled import ListSet
from bench.accuracy.same_name import full_name
from bench.accuracy.simple_rules import one_to_one
from bench.accuracy.worlds import World, closed_world, open_world

Pair = tuple[int, str]


def side(column: str, names: dict[int, str] | dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame({column: list(names), "name": list(names.values())}).assign(
        full=[full_name(name) for name in names.values()]
    )


def world(clients: dict[int, str], companies: dict[str, str], *gold: Pair) -> World:
    return World(
        side("client_id", clients),
        side("company_id", companies),
        pd.DataFrame(gold, columns=["client_id", "company_id"]),
    )


def found(*rows: tuple[int, str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["client_id", "company_id", "outcome", "rank"])


def test_gold_and_the_same_full_name_are_right_and_the_rest_is_wrong() -> None:
    here = world({1: "Fern", 2: "Ash Ltd", 3: "Ash"}, {"a": "Farn", "b": "ASH LIMITED", "c": "Fern Ltd"}, (1, "a"))

    pairs = pd.DataFrame({"client_id": [1, 2, 3, 1], "company_id": ["a", "b", "b", "c"]})

    assert here.right(pairs).tolist() == [True, True, False, False]
    assert tally(pairs, here) == Tally(found=4, right=2, reachable=1)


def test_nothing_found_is_nothing_wrong() -> None:
    counted = tally(found(), world({1: "Fern"}, {"a": "Fern"}, (1, "a")))

    assert (counted.wrong, counted.wrong_share, counted.recall) == (0, 0, 0)


def test_a_name_without_a_letter_is_not_the_same_as_another() -> None:
    here = world({1: "?"}, {"a": "!"})

    assert not here.right(pd.DataFrame({"client_id": [1], "company_id": ["a"]})).any()


def test_a_company_of_many_clients_can_be_linked_once() -> None:
    here = world({1: "Fern", 2: "Fern North"}, {"a": "Fern"}, (1, "a"), (2, "a"))

    assert here.reachable == 1


def test_an_open_world_lacks_half_of_the_partners_and_keeps_the_others() -> None:
    gold = [(number, f"c{number}") for number in range(10)]
    lists = world({n: f"Fern {n}" for n in range(12)}, {f"c{n}": f"Fern {n}" for n in range(14)}, *gold)
    labelled = ListSet("firs", lists.clients, lists.companies, lists.gold)

    opened, again, other = open_world(labelled, 1), open_world(labelled, 1), open_world(labelled, 2)

    left = set(opened.companies["company_id"])
    assert len(left) == 9
    assert {"c10", "c11", "c12", "c13"} <= left
    assert set(opened.gold["company_id"]) == left - {"c10", "c11", "c12", "c13"}
    assert len(opened.clients) == 12
    assert left == set(again.companies["company_id"])
    assert left != set(other.companies["company_id"])
    assert closed_world(labelled).reachable == 10


def test_hits_count_the_place_of_the_partner_with_a_review_link_first() -> None:
    here = world(
        {1: "Fern", 2: "Ash", 3: "Elm", 4: "Oak"},
        {"a": "Farn", "b": "Asch", "c": "Ulme", "d": "Eiche"},
        (1, "a"),
        (2, "b"),
        (3, "c"),
        (4, "d"),
    )
    rows = found(
        (1, "a", "confident", 1),
        (2, "d", "suggested", 1),
        (2, "b", "review", 2),
        (3, "d", "suggested", 1),
        (3, "c", "suggested", 2),
    )

    assert hits(rows, here, ["confident"]) == Hits(golds=3, first=1, five=2)
    assert hits(rows, here, ["confident", "review"]) == Hits(golds=2, first=0, five=1)


def test_a_sixth_candidate_is_no_hit() -> None:
    here = world({1: "Fern"}, {name: name for name in "abcdef"}, (1, "f"))
    rows = found(*((1, name, "suggested", rank) for rank, name in enumerate("abcdef", start=1)))

    assert hits(rows, here, ["confident"]) == Hits(golds=1, first=0, five=0)


def test_a_partner_that_a_wrong_link_took_is_missed_and_one_that_a_right_link_took_is_not_asked_for() -> None:
    here = world({1: "Fern", 2: "Fern North", 3: "Elm"}, {"a": "Farn", "b": "Ulme"}, (1, "a"), (2, "a"), (3, "b"))

    assert hits(found((1, "a", "confident", 1)), here, ["confident"]).golds == 1
    assert hits(found((2, "b", "confident", 1)), here, ["confident"]) == Hits(golds=3, first=0, five=0)


def test_clients_without_a_partner_are_counted_when_they_are_shown_a_candidate_and_are_not_linked() -> None:
    here = world({1: "Fern", 2: "Ash", 3: "Elm", 4: "Oak"}, {"a": "Fern", "b": "Yew", "c": "Box"}, (1, "a"))
    rows = found((1, "a", "suggested", 1), (2, "b", "suggested", 1), (2, "c", "suggested", 2), (3, "c", "review", 1))

    assert strays(rows, here) == Strays(clients=3, suggested=1)


def test_greedy_choice_takes_the_best_first_and_each_side_once() -> None:
    here = world({1: "Fern", 2: "Ferns"}, {"a": "Fern", "b": "Fer"})
    candidates = pd.DataFrame(
        [(1, "b", 90.0), (2, "a", 95.0), (1, "a", 100.0), (2, "gone", 99.0), (2, "b", 91.0)],
        columns=["client_id", "company_id", "score"],
    )

    links = one_to_one(candidates, here)[["client_id", "company_id"]]

    assert list(links.itertuples(index=False, name=None)) == [(1, "a"), (2, "b")]
