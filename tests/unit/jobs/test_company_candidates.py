"""The companies that a client can be linked to, after a real refresh."""

import time

import pandas as pd
import pytest

from billingbot.domain.decision import LinkCompany, RejectPair, Stamp, UnlinkCompany
from billingbot.errors import NotFound
from billingbot.jobs.company_candidates import EXPLAINED, company_candidates
from tests.fakes import NOON
from tests.unit.jobs.conftest import Desk


def candidates(desk: Desk, client_id: int) -> pd.DataFrame:
    return company_candidates(desk.store, desk.store.integration("pax8"), client_id)


def test_only_free_companies_are_offered_and_the_nearest_first(desk: Desk) -> None:
    desk.lists(["Amber Dental", "Brook Field"], ["Amber Dental Ltd", "Zoo", "Brookside Fields", "Amber Dental North"])
    desk.refresh()

    found = candidates(desk, 2)

    assert desk.links() == {("c1", 1)}
    assert found["company"].tolist()[0] == "Brookside Fields"
    assert sorted(found["company_id"]) == ["c2", "c3", "c4"]
    assert found["reason"].str.len().min() > 0


def test_suggestions_come_first_with_their_own_score_and_reason(desk: Desk) -> None:
    desk.lists(["Riverside Clinic 1 Ltd"], ["Riverside Clinics One", "Riverside Clinic 2", "Harbour"])
    desk.refresh()
    suggested = desk.store.candidates("pax8", [1])

    found = candidates(desk, 1)

    number = len(suggested)
    assert number > 0
    columns = ["company_id", "score", "reason"]
    assert found[columns].head(number).to_dict("list") == suggested[columns].to_dict("list")
    assert found["suggested"].tolist() == [True] * number + [False] * (len(found) - number)


def test_a_suggestion_that_somebody_took_meanwhile_is_not_offered(desk: Desk) -> None:
    desk.lists(["Riverside Clinic 1 Ltd", "Other"], ["Riverside Clinic 2", "Harbour"])
    desk.refresh()
    desk.store.decide("pax8", [LinkCompany("c1", 2)], Stamp("r", "bob", NOON))

    assert candidates(desk, 1)["company_id"].tolist() == ["c2"]


def test_rejected_pairs_are_marked_with_who_rejected_them(desk: Desk) -> None:
    desk.lists(["Riverside Clinic 1 Ltd", "Amber Dental"], ["Riverside Clinic 2", "Amber Dental"])
    desk.refresh()
    desk.store.decide("pax8", [RejectPair("c1", 1)], Stamp("r1", "ann", NOON))
    desk.store.decide("pax8", [UnlinkCompany("c2", 2)], Stamp("r2", "bob", NOON))

    rejections = [
        dict(zip(found["company_id"], zip(found["rejected"], found["rejected_by"], strict=True), strict=True))
        for found in (candidates(desk, 1), candidates(desk, 2))
    ]

    assert rejections == [
        {"c1": (True, "ann"), "c2": (False, "")},
        {"c1": (False, ""), "c2": (True, "bob")},
    ]


def test_equal_scores_are_ordered_by_name(desk: Desk) -> None:
    desk.lists(["Xq"], ["Bee", "Ant", "Cow"])
    desk.refresh()

    assert candidates(desk, 1)["company"].tolist() == ["Ant", "Bee", "Cow"]


def test_without_free_companies_there_are_none(desk: Desk) -> None:
    desk.lists(["Amber Dental"], ["Amber Dental"])
    desk.refresh()

    found = candidates(desk, 1)

    assert found.empty
    assert found.columns.tolist() == [
        "company_id", "company", "score", "reason", "suggested", "rejected", "rejected_by",
    ]  # fmt: skip


def test_an_unknown_client_has_none(desk: Desk) -> None:
    with pytest.raises(NotFound, match="There is no client 5"):
        candidates(desk, 5)


def test_hostile_and_empty_names_are_ranked_like_others(desk: Desk) -> None:
    names = ["=cmd()", "<img src=x onerror=alert(1)>", "شركة النور", "🐙", "x" * 300, "???"]
    desk.lists(["شركة النور للتجارة"], names)
    desk.refresh()

    found = candidates(desk, 1)

    assert sorted(found["company"]) == sorted(names)
    assert found["company"].iloc[0] == "شركة النور"
    assert found["score"].between(0, 100).all()


def test_ten_thousand_free_companies_are_ranked_at_once(desk: Desk) -> None:
    desk.sandbox_lists(10_000)
    desk.halo.rows = [client for client in desk.halo.rows[:1]]
    desk.refresh()
    client_id = desk.halo.rows[0].client_id

    started = time.perf_counter()
    found = candidates(desk, client_id)
    took = time.perf_counter() - started

    assert len(found) >= 9_999
    assert found["score"].iloc[6:].is_monotonic_decreasing
    assert (found["reason"] != "").sum() >= EXPLAINED
    assert took < 3
