"""The suggestions that are still open."""

from billingbot.domain.decision import RejectPair, UnlinkCompany
from billingbot.store import DatabaseStore
from tests.unit.store.decisions import by_hand, decide
from tests.unit.store.refreshes import Match, fetched, refresh

MAYBE: Match = ("c3", 3, "suggested", 79.0, "Looks alike", 1)


def statuses(store: DatabaseStore) -> dict[int, str]:
    frame = store.client_rows("pax8")
    return dict(zip(frame["client_id"].tolist(), frame["status"].tolist(), strict=True))


def test_candidates_are_the_open_suggestions_of_these_clients_best_first(store: DatabaseStore) -> None:
    pairs: list[Match] = [
        ("c1", 1, "suggested", 70.0, "third", 3),
        ("c2", 1, "suggested", 80.0, "second", 2),
        ("c3", 1, "suggested", 85.0, "first", 1),
        ("c3", 2, "suggested", 60.0, "first", 1),
        ("c4", 3, "suggested", 60.0, "first", 1),
        ("c5", 1, "suggested", 55.0, "fourth", 4),
        ("c6", 1, "suggested", 50.0, "fifth", 5),
    ]
    refresh(store, fetched([1, 2, 3], ["c1", "c2", "c3", "c4", "c5", "c6"]), pairs)
    decide(store, RejectPair("c2", 1))
    decide(store, by_hand("c5", 2))
    refresh(store, fetched([1, 2, 3], ["c1"], [], ["c6"]), run_id="r2", integration="twilio")

    found = store.candidates("pax8", [2, 1])

    assert found.to_dict("list") == {
        "client_id": [1, 1, 1, 2],
        "company_id": ["c3", "c1", "c6", "c3"],
        "company": ["Company c3", "Company c1", "Company c6", "Company c3"],
        "score": [85.0, 70.0, 50.0, 60.0],
        "reason": ["first", "third", "fifth", "first"],
        "rank": [1, 3, 5, 1],
    }


def test_a_candidate_that_is_gone_is_none_and_one_that_is_free_again_is(store: DatabaseStore) -> None:
    refresh(store, fetched([1, 3], ["c3"]), [MAYBE])
    decide(store, by_hand("c3", 1))
    assert statuses(store) == {1: "Mapped", 3: "Unmapped"}

    decide(store, UnlinkCompany("c3", 1))
    assert statuses(store) == {1: "Unmapped", 3: "Suggested"}

    refresh(store, fetched([1, 3], [], [], ["c3"]), [MAYBE], run_id="r2")
    assert statuses(store) == {1: "Unmapped", 3: "Unmapped"}
    assert len(store.candidates("pax8", [3])) == 0


def test_no_clients_have_no_candidates(store: DatabaseStore) -> None:
    types = store.candidates("pax8", []).dtypes.astype("str").to_dict()

    assert types == {
        "client_id": "int64",
        "company_id": "str",
        "company": "str",
        "score": "float64",
        "reason": "str",
        "rank": "int64",
    }
