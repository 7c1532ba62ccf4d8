"""The clients that a company may belong to, after a real refresh."""

from billingbot.domain.decision import RejectPair, Stamp
from billingbot.jobs.client_candidates import client_candidates
from tests.fakes import NOON
from tests.unit.jobs.conftest import Desk


def test_every_client_is_offered_and_the_most_alike_first(desk: Desk) -> None:
    desk.lists(["Harbour Inn", "Amber Dental", "Brook Field"], ["Amber Dental", "Brookside Fields"])
    desk.refresh()

    found = client_candidates(desk.store, "pax8", "c2", "Brookside Fields")

    assert found["client"].tolist()[0] == "Brook Field"
    assert sorted(found["client"]) == ["Amber Dental", "Brook Field", "Harbour Inn"]
    assert found["score"].is_monotonic_decreasing


def test_what_a_client_holds_and_what_was_rejected_is_told(desk: Desk) -> None:
    desk.lists(["Amber Dental", "Brook Field"], ["Amber Dental", "Brookside Fields"])
    desk.refresh()
    desk.store.decide("pax8", [RejectPair("c2", 2)], Stamp("b1", "ann", NOON))

    found = client_candidates(desk.store, "pax8", "c2", "Brookside Fields").set_index("client")

    assert found.loc["Amber Dental", "companies"] == "Amber Dental"
    assert found["rejected"].to_dict() == {"Brook Field": True, "Amber Dental": False}


def test_a_client_that_is_gone_is_not_offered(desk: Desk) -> None:
    desk.lists(["Amber Dental", "Brook Field"], ["Brookside Fields"])
    desk.refresh()
    desk.lists(["Amber Dental"], ["Brookside Fields"])
    desk.refresh()

    assert client_candidates(desk.store, "pax8", "c1", "Brookside Fields")["client"].tolist() == ["Amber Dental"]
