"""A process that is killed in the middle of a refresh: afterwards all of the run is there, or nothing."""

import multiprocessing
import random
from multiprocessing.connection import Connection
from pathlib import Path

from billingbot.domain.integration import Integration
from billingbot.domain.refresh import RefreshState
from billingbot.store import open_duckdb
from billingbot.store.duckdb_engine import DuckDBEngine
from billingbot.store.engine import Transaction
from tests.fakes import NOON
from tests.faults.refresh_loop import LINKS, listed, refresh_without_end

KILLS = 30
LONGEST = 0.15
"""Seconds; a run takes less than half of it."""
DECISIONS = """
insert into mapping (integration, company_id, client_id, outcome, reason, actor, created_at, version)
values ('pax8', 'c0', 1, 'confident', 'by hand', 'ann', '2026-11-22 12:00:00+00', 1),
    ('pax8', 'c690', 0, 'confident', 'by hand', 'ann', '2026-11-22 12:00:00+00', 4);
insert into rejected_pair (integration, company_id, client_id, actor, created_at, reason)
values ('pax8', 'c5', 5, 'ann', '2026-11-22 12:00:00+00', 'not the same');
insert into client_settings (
    integration, client_id, use_global, drop_azure, collapse_azure, drop_favorable_prorates, drop_zero_dollar,
    assignment, excluded, last_invoice_id, recurring_invoice_id, version
)
values ('pax8', 3, false, true, false, false, true, 'recurring', false, null, -7, 2)
"""
RUNS = """
select refresh_run.run_id, refresh_run.state,
    (select count(*) from mapping where mapping.linked_run = refresh_run.run_id),
    (select count(*) from audit where audit.entity = 'mapping' and audit.batch = refresh_run.run_id)
from refresh_run
order by refresh_run.token
"""


def test_a_killed_refresh_leaves_all_of_its_run_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "billingbot.duckdb"
    decided = prepare(path)
    instants = random.Random(20261122)  # noqa: S311 - not a secret
    interrupted = 0

    for round_number in range(KILLS):
        finished = run_and_kill(path, round_number, instants.uniform(0, LONGEST))
        states = check(path, decided)
        assert {run for run, state in states.items() if state == RefreshState.SUCCEEDED} >= set(finished)
        interrupted += RefreshState.RUNNING in states.values()

    assert interrupted >= KILLS // 3


def prepare(path: Path) -> list[object]:
    """Make the database with some decisions of operators, and return them."""
    store = open_duckdb(path)
    store.add_integration(Integration("pax8", "Pax8"), "ann", NOON)
    store.close()
    engine = DuckDBEngine(path)
    engine.write(lambda tx: tx.execute(DECISIONS))
    decided = engine.read(decisions)
    engine.close()
    return decided


def run_and_kill(path: Path, round_number: int, patience: float) -> list[str]:
    """Let another process refresh, kill it some time after its first run, and return the runs that it finished."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.refresh_loop"])
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=refresh_without_end, args=(path, round_number, sender))
    process.start()
    sender.close()
    finished = [receiver.recv()]
    process.join(patience)
    assert process.exitcode is None
    process.kill()
    process.join()
    return finished + received(receiver)


def received(receiver: Connection) -> list[str]:
    """Return what is left in the pipe of a process that has ended."""
    messages = []
    while receiver.poll():
        try:
            messages.append(receiver.recv())
        except EOFError:
            break
    receiver.close()
    return messages


def check(path: Path, decided: list[object]) -> dict[str, str]:
    """Assert that the database is wholly that of its last finished run, and return the state of each run."""
    engine = DuckDBEngine(path)
    runs = engine.read(lambda tx: tx.rows(RUNS))
    states = {run: state for run, state, _, _ in runs}
    newest = [run for run, state in states.items() if state == RefreshState.SUCCEEDED][-1]

    assert engine.read(decisions) == decided
    assert engine.read(present) == listed(newest)
    for _, state, links, audited in runs:
        assert links == audited == (LINKS if state == RefreshState.SUCCEEDED else 0)
    engine.close()
    return states


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
