"""What the machine found becomes links and suggestions, and never touches what a person decided."""

import json
from datetime import timedelta

import pytest

from billingbot.domain.decision import RejectPair, UnlinkCompany
from billingbot.domain.party import Client, Company
from billingbot.domain.refresh import RefreshState, Summary
from billingbot.errors import DomainError, RefreshStopped
from billingbot.ports import Fetched
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.unit.store.decisions import by_hand, decide, select
from tests.unit.store.refreshes import MINUTE, NOON, Match, fetched, match_frame, new_run, refresh

MAPPINGS = "select company_id, client_id, outcome, score, reason, actor, linked_run from mapping order by company_id"
SUGGESTIONS = "select company_id, client_id, score, reason, rank from suggestion order by client_id, rank"


def sure(company_id: str, client_id: int) -> Match:
    return (company_id, client_id, "confident", 97.5, "Same name", 1)


def unsure(company_id: str, client_id: int) -> Match:
    return (company_id, client_id, "review", 91.0, "One word differs", 1)


def maybe(company_id: str, client_id: int, rank: int = 1) -> Match:
    return (company_id, client_id, "suggested", 80.0 - rank, "Looks alike", rank)


def links(store: DatabaseStore, integration: str = "pax8") -> dict[str, int]:
    frame = store.decided_pairs(integration)
    return dict(zip(frame["company_id"].tolist(), frame["client_id"].tolist(), strict=True))


def test_confident_and_review_matches_become_links(store: DatabaseStore, engine: Engine) -> None:
    refresh(store, fetched([1, 2, 3], ["c1", "c2", "c3"]), [sure("c1", 1), unsure("c2", 2), maybe("c3", 3)])

    assert select(engine, MAPPINGS) == [
        ("c1", 1, "confident", 97.5, "Same name", "auto", "r1"),
        ("c2", 2, "review", 91.0, "One word differs", "auto", "r1"),
    ]


def test_each_link_has_an_audit_row_in_the_batch_of_its_run(store: DatabaseStore, engine: Engine) -> None:
    refresh(store, fetched([1, 2, 3], ["c1", "c2", "c3"]), [sure("c1", 1), unsure("c2", 2), maybe("c3", 3)])

    rows = select(
        engine,
        "select request_id, batch, actor, recorded_at, entity_key, action, before, after, reason"
        " from audit where entity = 'mapping' order by audit_id",
    )
    assert [row[:7] for row in rows] == [
        ("r1:c1", "r1", "auto", NOON, "pax8/c1", "link", None),
        ("r1:c2", "r1", "auto", NOON, "pax8/c2", "link", None),
    ]
    assert json.loads(rows[1][7]) == {"client_id": 2, "outcome": "review", "score": 91.0}
    assert rows[1][8] == "One word differs"


def test_a_pair_that_is_also_suggested_is_linked_once(store: DatabaseStore, engine: Engine) -> None:
    refresh(store, fetched([1], ["c1"]), [sure("c1", 1), maybe("c1", 1, 2)])

    assert links(store) == {"c1": 1}
    assert select(engine, SUGGESTIONS) == []
    assert select(engine, "select request_id from audit where entity = 'mapping'") == [("r1:c1",)]


def test_a_company_that_was_linked_meanwhile_keeps_its_client(store: DatabaseStore, engine: Engine) -> None:
    refresh(store, fetched([1, 2], ["c1"]))
    decide(store, by_hand("c1", 2))

    refresh(store, fetched([1, 2], ["c1"]), [sure("c1", 1)], run_id="r2")

    assert links(store) == {"c1": 2}
    assert select(engine, "select actor, linked_run, version from mapping") == [("ann", None, 1)]


def test_a_client_that_was_linked_meanwhile_gets_no_second_company(store: DatabaseStore) -> None:
    refresh(store, fetched([1], ["c1", "c2"]))
    decide(store, by_hand("c1", 1))

    refresh(store, fetched([1], ["c1", "c2"]), [sure("c2", 1)], run_id="r2")

    assert links(store) == {"c1": 1}


def test_a_pair_that_was_rejected_meanwhile_does_not_come_back(store: DatabaseStore, engine: Engine) -> None:
    refresh(store, fetched([1, 2], ["c1", "c2"]), [sure("c1", 1)])
    decide(store, UnlinkCompany("c1", 1), RejectPair("c2", 2))

    refresh(store, fetched([1, 2], ["c1", "c2"]), [sure("c1", 1), maybe("c2", 2)], run_id="r2")

    assert links(store) == {}
    assert select(engine, SUGGESTIONS) == []
    assert store.rejected_pairs("pax8").to_dict("list") == {"company_id": ["c1", "c2"], "client_id": [1, 2]}


def test_decisions_of_one_integration_do_not_bind_another(store: DatabaseStore) -> None:
    refresh(store, fetched([1, 2], ["c1", "c2"]))
    decide(store, by_hand("c1", 1), RejectPair("c2", 2))

    refresh(store, fetched([1, 2], ["c1", "c2"]), [sure("c1", 1), sure("c2", 2)], run_id="r2", integration="twilio")

    assert links(store, "twilio") == {"c1": 1, "c2": 2}
    assert links(store, "pax8") == {"c1": 1}


@pytest.mark.parametrize(
    ("lists", "pair"),
    [
        (fetched([2], ["c1"], gone_clients=[1]), sure("c1", 1)),
        (fetched([1, 2], [], gone_companies=["c1"]), sure("c1", 1)),
        (fetched([1, 2], ["c1"]), sure("c1", 3)),
        (fetched([1, 2], ["c1"]), sure("c2", 1)),
    ],
    ids=["gone client", "gone company", "unknown client", "unknown company"],
)
def test_only_present_rows_are_linked(store: DatabaseStore, lists: Fetched, pair: Match) -> None:
    refresh(store, fetched([1, 2], ["c1"]), run_id="r0")

    refresh(store, lists, [pair])

    assert links(store) == {}


def test_a_client_that_is_gone_keeps_its_mapping(store: DatabaseStore) -> None:
    refresh(store, fetched([1, 2], ["c1", "c2"]), [sure("c1", 1), sure("c2", 2)])
    refresh(store, fetched([2], ["c2"], [1], ["c1"]), run_id="r2")

    assert links(store) == {"c1": 1, "c2": 2}


def test_links_of_former_runs_stay_when_the_machine_thinks_otherwise(store: DatabaseStore) -> None:
    lists = fetched([1, 2], ["c1", "c2"])
    refresh(store, lists, [sure("c1", 1)])
    refresh(store, lists, [sure("c1", 2), sure("c2", 1)], run_id="r2")

    assert links(store) == {"c1": 1}


@pytest.mark.parametrize("pairs", [[sure("c1", 1), unsure("c1", 2)], [sure("c1", 1), sure("c2", 1)]])
def test_links_that_are_not_one_to_one_are_refused(store: DatabaseStore, pairs: list[Match]) -> None:
    with pytest.raises(DomainError, match="one to one"):
        refresh(store, fetched([1, 2], ["c1", "c2"]), pairs)

    assert links(store) == {}


def test_suggestions_are_replaced_by_each_run(store: DatabaseStore, engine: Engine) -> None:
    lists = fetched([1, 2], ["c1", "c2", "c3"])
    refresh(store, lists, [maybe("c1", 1), maybe("c2", 1, 2), maybe("c2", 2)])
    refresh(store, lists, [maybe("c3", 1), maybe("c1", 1, 2)], run_id="r2")

    assert select(engine, SUGGESTIONS) == [("c3", 1, 79.0, "Looks alike", 1), ("c1", 1, 78.0, "Looks alike", 2)]


def test_suggestions_of_another_integration_stay(store: DatabaseStore, engine: Engine) -> None:
    refresh(store, fetched([1], ["c1"]), [maybe("c1", 1)])
    refresh(store, fetched([1], ["c1"]), run_id="r2", integration="twilio")

    assert len(select(engine, SUGGESTIONS)) == 1


def test_a_company_that_has_a_client_is_not_suggested(store: DatabaseStore, engine: Engine) -> None:
    refresh(store, fetched([1, 2], ["c1", "c2"]))
    decide(store, by_hand("c1", 1))

    refresh(store, fetched([1, 2], ["c1", "c2"]), [maybe("c1", 2), sure("c2", 2)], run_id="r2")

    assert select(engine, SUGGESTIONS) == []


def test_a_run_is_applied_once(store: DatabaseStore, engine: Engine) -> None:
    run = store.start_run(new_run(), MINUTE)
    store.apply_refresh(run, fetched([1], ["c1"]), match_frame(sure("c1", 1)), NOON)

    with pytest.raises(RefreshStopped):
        store.apply_refresh(run, fetched([1], ["c1"], [], []), match_frame(), NOON)

    assert select(engine, "select count(*) from audit where entity = 'mapping'") == [(1,)]


def test_the_summary_counts_what_changed_and_how_things_stand(store: DatabaseStore) -> None:
    refresh(store, fetched(range(10), [f"c{number}" for number in range(12)]), [sure("c0", 0), unsure("c1", 1)])
    decide(store, by_hand("c9", 9))
    renamed = [Client(number, f"Renamed {number}") for number in (2, 3, 4)]
    moved = [Company(f"c{number}", f"Renamed {number}") for number in (2, 3, 4, 5)]
    lists = fetched(
        [0, 1, *renamed, 5, 6, 7, 10, 11, 12, 13, 14],
        ["c0", "c1", *moved, "c6", "c7", "c12"],
        [8, 9],
        ["c8", "c9", "c10", "c11"],
    )
    found = [sure("c2", 2), unsure("c3", 3), unsure("c4", 4), maybe("c5", 5), maybe("c6", 6), maybe("c7", 6, 2)]

    summary = refresh(store, lists, found, run_id="r2", now=NOON + timedelta(days=1))

    assert summary == Summary(
        clients=13,
        clients_new=5,
        clients_renamed=3,
        clients_gone=2,
        companies=9,
        companies_new=1,
        companies_renamed=4,
        companies_gone=4,
        linked=1,
        review=2,
        suggested=2,
        unmatched=6,
        companies_unmatched=4,
    )
    ended = store.run("r2")
    assert (ended.state, ended.summary) == (RefreshState.SUCCEEDED, summary)
    assert ended.finished_at == NOON + timedelta(days=1)
    assert ended.alive


def test_a_finished_run_gives_its_lease_back(store: DatabaseStore) -> None:
    refresh(store, fetched([1], ["c1"]))

    store.start_run(new_run("r2"), MINUTE)
