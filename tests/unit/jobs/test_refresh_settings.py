"""Refresh Clients after a change of threshold or guards: more or less is found, and nothing is ever unlinked."""

import pytest

from billingbot.domain.party import Client, Company
from billingbot.domain.refresh import Summary
from tests.unit.jobs.conftest import Desk
from tests.unit.store.decisions import configure_client, link, reject, select

CLOSE = ("Horizen Group", "Horizon Group")  # 92
FARTHER = ("Kestrelwood Motors", "Kestralwoud Motors")  # 88
NUMBERED = ("Riverside Clinic 1", "Riverside Clinic 2")  # 94, and not the same
REJECTED = ("Harbour Dental", "Harbour Dental")
BY_HAND = ("Borealis", "Something Else")

# What a refresh of unchanged lists never touches, whatever the settings are.
SETTLED = ("client", "company", "integration", "client_settings", "rejected_pair")


@pytest.fixture
def settled_desk(desk: Desk) -> Desk:
    """A desk after a refresh at 90 with guards, with a decision of each kind."""
    clients, companies = zip(CLOSE, FARTHER, NUMBERED, REJECTED, BY_HAND, strict=True)
    desk.lists(clients, companies)
    reject(desk.engine, "c4", 4)
    link(desk.engine, "c5", 5)
    configure_client(desk.engine, 1, assignment="last")
    desk.refresh()
    return desk


def made(summary: Summary) -> int:
    return summary.linked + summary.review


def test_at_90_a_pair_of_92_is_linked_and_one_of_88_is_not(settled_desk: Desk) -> None:
    assert settled_desk.links() == {("c1", 1), ("c5", 5)}


def test_a_higher_threshold_unlinks_nothing_and_finds_nothing_new(settled_desk: Desk) -> None:
    before = {table: settled_desk.table(table) for table in ("mapping", *SETTLED) if table != "integration"}
    settled_desk.configure(threshold=99)

    summary = settled_desk.refresh()

    assert made(summary) == 0
    assert {table: settled_desk.table(table) for table in before} == before
    assert settled_desk.statuses()[1] == "Review"


def test_a_higher_threshold_holds_back_what_is_listed_from_now_on(settled_desk: Desk) -> None:
    settled_desk.configure(threshold=99)
    settled_desk.halo.rows = [*settled_desk.halo.rows, Client(6, "Ambersen Foods")]
    settled_desk.pax8.rows = [*settled_desk.pax8.rows, Company("c6", "Amberson Foods")]

    assert made(settled_desk.refresh()) == 0

    settled_desk.configure(threshold=90)

    assert made(settled_desk.refresh()) == 1
    assert ("c6", 6) in settled_desk.links()


def test_a_lower_threshold_links_what_it_held_back_and_changes_nothing_else(settled_desk: Desk) -> None:
    links = settled_desk.table("mapping")
    settled_desk.configure(threshold=80)
    before = {table: settled_desk.table(table) for table in SETTLED}

    summary = settled_desk.refresh()

    assert made(summary) == 1
    assert settled_desk.links() == {("c1", 1), ("c2", 2), ("c5", 5)}
    assert set(links) < set(settled_desk.table("mapping"))
    assert {table: settled_desk.table(table) for table in SETTLED} == before


def test_without_guards_what_they_held_back_is_linked(settled_desk: Desk) -> None:
    assert ("c3", 3) in settled_desk.suggestions()
    links = settled_desk.table("mapping")
    settled_desk.configure(guards=False)

    summary = settled_desk.refresh()

    assert (summary.linked, summary.review) == (1, 0)
    assert settled_desk.links() == {("c1", 1), ("c3", 3), ("c5", 5)}
    assert set(links) < set(settled_desk.table("mapping"))


def test_guards_that_are_on_again_unlink_nothing(settled_desk: Desk) -> None:
    settled_desk.configure(guards=False)
    settled_desk.refresh()
    before = settled_desk.table("mapping")
    settled_desk.configure(guards=True)

    summary = settled_desk.refresh()

    assert made(summary) == 0
    assert settled_desk.table("mapping") == before


def test_no_setting_brings_a_rejected_pair_back(settled_desk: Desk) -> None:
    settled_desk.configure(threshold=1, guards=False)

    settled_desk.refresh()

    assert ("c4", 4) not in settled_desk.links() | settled_desk.suggestions()


def test_whatever_the_settings_become_a_link_stays_as_it_was_made(desk: Desk) -> None:
    desk.sandbox_lists(240)
    former: set[tuple[object, ...]] = set()
    for threshold, guards in ((95, True), (90, True), (100, True), (80, True), (70, False), (99, False), (90, True)):
        desk.configure(threshold, guards=guards)
        desk.refresh()
        now = set(desk.table("mapping"))
        assert former <= now, (threshold, guards)
        former = now


def test_every_link_has_one_audit_row_whatever_the_settings_were(desk: Desk) -> None:
    desk.sandbox_lists(240)
    for threshold in (95, 90, 80):
        desk.configure(threshold)
        desk.refresh()

    audited = select(desk.engine, "select entity_key from audit where action = 'link' order by entity_key")
    assert audited == [(f"pax8/{company_id}",) for company_id, _ in sorted(desk.links())]
