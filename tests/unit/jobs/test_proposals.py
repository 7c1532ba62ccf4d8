"""Suggestions and links under review of many clients: what can be decided together, and what cannot."""

from collections.abc import Sequence

import pytest

from billingbot.domain.decision import LinkCompany, Stamp
from billingbot.domain.party import Client, Company
from billingbot.errors import DecisionRefused
from billingbot.jobs.decide import assign_company, confirm_links, reject_suggestions
from billingbot.jobs.proposals import (
    Proposals,
    accept_suggestions,
    acceptable,
    best_suggestions,
    links_under_review,
)
from tests.fakes import NOON
from tests.unit.jobs.conftest import Desk
from tests.unit.store.refreshes import Match, fetched, refresh

HOSTILE = "<img src=x onerror=alert(1)>"


def stamp(request: str = "b1") -> Stamp:
    return Stamp(request, "ann", NOON)


def suggested(company_id: str, client_id: int, score: float, rank: int = 1) -> Match:
    return company_id, client_id, "suggested", score, f"{company_id} looks like it", rank


def found(desk: Desk, matches: Sequence[Match], clients: int = 4, companies: int = 4) -> None:
    """Let a refresh list clients 1, 2, … and companies c1, c2, …, and find these matches."""
    ids = [f"c{number}" for number in range(1, companies + 1)]
    refresh(desk.store, fetched(range(1, clients + 1), ids), matches)


def pairs(proposals: Proposals) -> list[tuple[str, int]]:
    return [(pair.company_id, pair.client_id) for pair in proposals.pairs]


def whys(proposals: Proposals) -> dict[int, str]:
    return {row.client_id: row.why for row in proposals.left_out}


def test_each_client_has_its_best_candidate_in_the_order_that_was_asked_for(desk: Desk) -> None:
    found(desk, [suggested("c1", 1, 80.0, 1), suggested("c2", 1, 79.0, 2), suggested("c3", 2, 94.9)])

    proposals = best_suggestions(desk.store, "pax8", [2, 1])

    assert pairs(proposals) == [("c3", 2), ("c1", 1)]
    assert proposals.pairs[0].client == "Client 2"
    assert (proposals.pairs[0].company, proposals.pairs[0].score) == ("Company c3", 94.9)
    assert proposals.pairs[0].reason == "c3 looks like it"
    assert proposals.left_out == ()


def test_a_client_that_is_not_suggested_any_more_is_left_out_and_said(desk: Desk) -> None:
    found(desk, [suggested("c1", 1, 80.0), suggested("c2", 2, 80.0)])
    assign_company(desk.store, "pax8", LinkCompany("c2", 2), stamp())

    proposals = best_suggestions(desk.store, "pax8", [1, 2, 3, 99])

    assert pairs(proposals) == [("c1", 1)]
    assert whys(proposals) == {
        2: "Is Mapped now, not Suggested any more.",
        3: "Is Unmapped now, not Suggested any more.",
        99: "Is unknown now, not Suggested any more.",
    }


def test_a_company_goes_to_the_client_that_is_more_alike(desk: Desk) -> None:
    found(desk, [suggested("c1", 1, 80.0), suggested("c1", 2, 85.5), suggested("c2", 3, 70.0)])

    proposals = acceptable(best_suggestions(desk.store, "pax8", [1, 2, 3]))

    assert pairs(proposals) == [("c1", 2), ("c2", 3)]
    assert whys(proposals) == {1: "Company c1 goes to Client 2, whose name is more alike."}


def test_of_equally_strong_suggestions_of_a_company_none_is_taken(desk: Desk) -> None:
    found(desk, [suggested("c1", 1, 85.0), suggested("c1", 2, 85.0), suggested("c1", 3, 60.0)])

    proposals = acceptable(best_suggestions(desk.store, "pax8", [1, 2, 3]))

    assert proposals.pairs == ()
    assert set(whys(proposals).values()) == {
        "Company c1 is suggested equally strongly to Client 1 and Client 2, so neither gets it."
    }
    assert whys(proposals).keys() == {1, 2, 3}


def test_accepted_pairs_are_links_with_their_score_and_reason_in_one_batch(desk: Desk) -> None:
    found(desk, [suggested("c1", 1, 80.0), suggested("c2", 2, 85.0)])
    proposals = acceptable(best_suggestions(desk.store, "pax8", [1, 2]))

    receipt = accept_suggestions(desk.store, "pax8", proposals.pairs, stamp("b7"))

    assert (receipt.batch, len(receipt.changes)) == ("b7", 2)
    (link,) = desk.store.links("pax8", 2)
    assert (link.company_id, link.score, link.reason, link.actor) == ("c2", 85.0, "c2 looks like it", "ann")
    assert desk.statuses() == {1: "Mapped", 2: "Mapped", 3: "Unmapped", 4: "Unmapped"}

    desk.store.undo("b7", stamp("b8"))

    assert desk.links() == set()


def test_nothing_is_accepted_when_one_company_was_taken_meanwhile(desk: Desk) -> None:
    found(desk, [suggested("c1", 1, 80.0), suggested("c2", 2, 85.0)])
    proposals = acceptable(best_suggestions(desk.store, "pax8", [1, 2]))
    assign_company(desk.store, "pax8", LinkCompany("c2", 3), Stamp("b0", "bob", NOON))

    with pytest.raises(DecisionRefused, match="Company c2"):
        accept_suggestions(desk.store, "pax8", proposals.pairs, stamp())

    assert desk.links() == {("c2", 3)}
    assert pairs(best_suggestions(desk.store, "pax8", [1, 2])) == [("c1", 1)]


def test_nothing_is_accepted_when_one_pair_was_rejected_meanwhile(desk: Desk) -> None:
    found(desk, [suggested("c1", 1, 80.0), suggested("c2", 2, 85.0)])
    proposals = acceptable(best_suggestions(desk.store, "pax8", [1, 2]))
    reject_suggestions(desk.store, "pax8", [("c2", 2)], Stamp("b0", "bob", NOON))

    with pytest.raises(DecisionRefused, match="bob"):
        accept_suggestions(desk.store, "pax8", proposals.pairs, stamp())

    assert desk.links() == set()


def test_after_a_rejection_the_next_candidate_moves_up(desk: Desk) -> None:
    found(desk, [suggested("c1", 1, 80.0, 1), suggested("c2", 1, 79.0, 2), suggested("c1", 2, 90.0)])
    proposals = best_suggestions(desk.store, "pax8", [1, 2])
    assert pairs(proposals) == [("c1", 1), ("c1", 2)]

    reject_suggestions(desk.store, "pax8", pairs(proposals), stamp())

    assert pairs(best_suggestions(desk.store, "pax8", [1, 2])) == [("c2", 1)]
    assert desk.statuses()[2] == "Unmapped"


def test_links_under_review_are_listed_without_the_links_that_were_looked_at(desk: Desk) -> None:
    found(desk, [("c1", 1, "review", 92.3, "A word is unexplained.", 1), ("c2", 2, "confident", 100.0, "Same.", 1)])
    assign_company(desk.store, "pax8", LinkCompany("c3", 1), stamp())

    proposals = links_under_review(desk.store, "pax8", [1, 2])

    assert pairs(proposals) == [("c1", 1)]
    assert (proposals.pairs[0].score, proposals.pairs[0].reason) == (92.3, "A word is unexplained.")
    assert whys(proposals) == {2: "Is Mapped now, not Review any more."}

    confirm_links(desk.store, "pax8", pairs(proposals), stamp("b2"))

    assert desk.statuses()[1] == "Mapped"
    assert links_under_review(desk.store, "pax8", [1]).pairs == ()


def test_hostile_names_stay_as_they_are(desk: Desk) -> None:
    lists = fetched([Client(1, HOSTILE)], [Company("c1", "=cmd()")])
    refresh(desk.store, lists, [suggested("c1", 1, 80.0)])

    (pair,) = best_suggestions(desk.store, "pax8", [1]).pairs

    assert (pair.client, pair.company) == (HOSTILE, "=cmd()")
