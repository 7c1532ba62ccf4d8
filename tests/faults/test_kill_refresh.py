"""A process that is killed in the middle of a refresh: afterwards all of the run is there, or nothing."""

import pytest

from billingbot.domain.integration import Integration
from billingbot.domain.refresh import RefreshState
from billingbot.store.engine import Engine, Transaction
from tests.fakes import NOON
from tests.faults.places import open_engine, open_store
from tests.faults.refresh_loop import listed, refresh, run_id
from tests.faults.starter import starting
from tests.scoreboard.size import chances, sized
from tests.scoreboard.tally import Tally

KILLS = sized(30, 300)
LONGEST = 0.6
"""Seconds; a run takes about half of it."""
ENDS = {RefreshState.SUCCEEDED, RefreshState.ABANDONED, RefreshState.CANCELLED}
DECISIONS = """
insert into mapping (integration, company_id, client_id, outcome, reason, actor, created_at, version)
values ('pax8', 'c0', 1, 'confident', 'by hand', 'ann', '2026-11-22 12:00:00+00', 1),
    ('pax8', 'c305', 0, 'confident', 'by hand', 'ann', '2026-11-22 12:00:00+00', 4);
insert into rejected_pair (integration, company_id, client_id, actor, created_at, reason)
values ('pax8', 'c5', 5, 'ann', '2026-11-22 12:00:00+00', 'not the same');
insert into client_settings (
    integration, client_id, use_global, drop_azure, collapse_azure, drop_favorable_prorates, drop_zero_dollar,
    assignment, excluded, last_invoice_id, recurring_invoice_id, version
)
values ('pax8', 3, false, true, false, false, true, 'recurring', false, null, -7, 2)
"""
DECIDED = frozenset({"c0", "c1", "c5", "c305"})
"""Companies that the decisions keep from ever being linked to their namesakes: linked, linked away, or rejected."""
RUNS = "select run_id, state from refresh_run order by token"
LINKS = "select linked_run, company_id, client_id from mapping where actor = 'auto'"
AUDITED = "select batch, entity_key from audit where entity = 'mapping'"


@pytest.mark.fault(2)
def test_a_killed_refresh_leaves_all_of_its_run_or_nothing(where: str, tally: Tally) -> None:
    decided = prepare(where)
    instants = chances()
    interrupted = lost = mixed = changed = 0

    with starting("tests.faults.refresh_loop") as starter:
        for round_number in range(1, KILLS + 1):
            finished = starter.killed(f"{round_number} {where}", instants.uniform(0, LONGEST))
            engine = open_engine(where)
            states = dict(engine.read(lambda tx: tx.rows(RUNS)))
            lost += len(set(finished) - {run for run, state in states.items() if state == RefreshState.SUCCEEDED})
            mixed += not is_wholly_of_its_runs(engine, states)
            changed += engine.read(decisions) != decided
            interrupted += RefreshState.RUNNING in states.values()
            engine.close()
            tally.trials()

    tally.seen(in_the_middle_of_a_run=interrupted)
    tally.none(lost=lost, mixed=mixed, decisions_changed=changed)
    assert interrupted >= KILLS // 3


def prepare(where: str) -> list[object]:
    """Make the database with some decisions of operators and a first refresh, and return the decisions."""
    store = open_store(where)
    store.add_integration(Integration("pax8", "Pax8"), "ann", NOON)
    store._engine.write(lambda tx: tx.execute(DECISIONS))
    decided = store._engine.read(decisions)
    refresh(store, run_id(0, 0))
    store.close()
    return decided


def is_wholly_of_its_runs(engine: Engine, states: dict[str, str]) -> bool:
    """Say whether lists, links and audit trail are those of the runs that have succeeded, and no others."""
    succeeded = [run for run, state in states.items() if state == RefreshState.SUCCEEDED]
    linked = links_of(succeeded)
    assert {*states.values()} <= ENDS | {RefreshState.RUNNING}
    assert RefreshState.RUNNING not in [*states.values()][:-1]
    return (
        engine.read(present) == listed(succeeded[-1])
        and set(engine.read(lambda tx: tx.rows(LINKS))) == {(run, f"c{n}", n) for run, n in linked}
        and set(engine.read(lambda tx: tx.rows(AUDITED))) == {(run, f"pax8/c{n}") for run, n in linked}
    )


def links_of(runs: list[str]) -> set[tuple[str, int]]:
    """Return what the runs have to link, one after the other: each run the namesakes that it is the first to list."""
    links: dict[int, str] = {}
    for run in runs:
        for number in listed(run)[0]:
            if f"c{number}" not in DECIDED:
                links.setdefault(number, run)
    return {(run, number) for number, run in links.items()}


def decisions(tx: Transaction) -> list[object]:
    return [
        tx.rows("select * from mapping where actor <> 'auto' order by company_id"),
        tx.rows("select * from rejected_pair"),
        tx.rows("select * from client_settings"),
        tx.rows("select * from integration"),
    ]


def present(tx: Transaction) -> tuple[dict[int, str], dict[str, str]]:
    clients = tx.rows("select client_id, name from client where missing_since is null")
    companies = tx.rows("select company_id, name from company where missing_since is null")
    return dict(clients), dict(companies)
