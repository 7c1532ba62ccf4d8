"""The links of a client, and the companies that are free for one."""

from billingbot.domain.decision import ConfirmLink
from billingbot.domain.link import Link
from billingbot.domain.match import Outcome
from billingbot.domain.party import Company
from billingbot.store import DatabaseStore
from tests.unit.store.decisions import by_hand, decide
from tests.unit.store.refreshes import NOON, fetched, refresh


def test_links_come_by_the_name_of_the_company(store: DatabaseStore) -> None:
    companies = [Company("c1", "zeta"), Company("c2", "Alpha"), Company("c3", "beta"), Company("c4", "alpha")]
    refresh(store, fetched([1, 2], companies), [("c1", 1, "review", 91.0, "One word differs", 1)])
    decide(store, by_hand("c2", 1), by_hand("c3", 2), by_hand("c4", 1, 88.5))
    refresh(store, fetched([1, 2], companies[:2], [], ["c3", "c4"]), run_id="r2")

    assert store.links("pax8", 1) == [
        Link("c2", "Alpha", 1, Outcome.CONFIDENT, None, "by hand", "ann", NOON, False),
        Link("c4", "alpha", 1, Outcome.CONFIDENT, 88.5, "by hand", "ann", NOON, True),
        Link("c1", "zeta", 1, Outcome.REVIEW, 91.0, "One word differs", "auto", NOON, False),
    ]
    assert store.links("twilio", 1) == store.links("pax8", 3) == []


def test_a_confirmed_link_still_says_who_made_it(listed: DatabaseStore) -> None:
    decide(listed, ConfirmLink("c2", 2), actor="bob")

    [link] = listed.links("pax8", 2)
    assert (link.outcome, link.actor, link.score) == (Outcome.CONFIDENT, "auto", 91.0)


def test_free_companies_are_neither_linked_nor_gone_and_come_by_name(store: DatabaseStore) -> None:
    companies = [
        Company("c1", "zeta", "77"),
        Company("c2", "Alpha"),
        Company("c3", "beta"),
        Company("c4", "alpha"),
        Company("c5", "gone"),
    ]
    refresh(store, fetched([1], companies))
    decide(store, by_hand("c3", 1))
    refresh(store, fetched([1], companies[:4], [], ["c5"]), run_id="r2")

    assert store.free_companies("pax8") == [companies[1], companies[3], companies[0]]
    assert store.free_companies("twilio") == []
