"""A process that is killed in the middle of a refresh: afterwards all of the run is there, or nothing."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from billingbot.domain.integration import Integration
from billingbot.domain.refresh import RefreshState
from billingbot.store.database_store import DatabaseStore
from billingbot.store.duckdb_engine import DuckDBEngine
from billingbot.store.engine import Transaction
from billingbot.store.migrate import migrate, packaged_migrations
from tests.fakes import NOON
from tests.faults.refresh_loop import listed, refresh, run_id

ROOT = Path(__file__).resolve().parents[2]
KILLS = 30
LONGEST = 0.6
"""Seconds; a run takes about half of it."""
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


def test_a_killed_refresh_leaves_all_of_its_run_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "billingbot.duckdb"
    decided = prepare(path)
    instants = random.Random(20261122)  # noqa: S311 - not a secret
    interrupted = 0

    command = [sys.executable, "-m", "tests.faults.refresh_loop"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as starter:
        for round_number in range(1, KILLS + 1):
            finished = run_and_kill(starter, path, round_number, instants.uniform(0, LONGEST))
            states = check(path, decided)
            assert {run for run, state in states.items() if state == RefreshState.SUCCEEDED} >= set(finished)
            interrupted += RefreshState.RUNNING in states.values()

    assert interrupted >= KILLS // 3


def prepare(path: Path) -> list[object]:
    """Make the database with some decisions of operators and a first refresh, and return the decisions."""
    engine = DuckDBEngine(path)
    migrate(engine, packaged_migrations())
    store = DatabaseStore(engine)
    store.add_integration(Integration("pax8", "Pax8"), "ann", NOON)
    engine.write(lambda tx: tx.execute(DECISIONS))
    decided = engine.read(decisions)
    refresh(store, run_id(0, 0))
    engine.close()
    return decided


def run_and_kill(starter: subprocess.Popen[str], path: Path, round_number: int, patience: float) -> list[str]:
    """Let another process refresh, kill it some time after it began, and return the runs that it finished."""
    assert starter.stdin is not None
    assert starter.stdout is not None
    starter.stdin.write(f"{round_number} {path}\n")
    starter.stdin.flush()
    said = iter(starter.stdout.readline, "")
    # Both processes write: who is heard first is open.
    heard: list[str] = []
    while "open" not in heard or not any(map(is_process, heard)):
        heard.append(next(said).strip())
    process = int(next(filter(is_process, heard)).removeprefix("process "))
    time.sleep(patience)
    os.kill(process, signal.SIGKILL)
    runs = [word for word in heard if word != "open" and not is_process(word)]
    return [*runs, *until_the_end(said)]


def is_process(word: str) -> bool:
    return word.startswith("process ")


def until_the_end(said: Iterator[str]) -> Iterator[str]:
    """Yield the runs that are said to be finished before the process has ended."""
    for word in said:
        if word.strip() == "ended":
            return
        yield word.strip()
    raise AssertionError("the process that starts others has ended")


def check(path: Path, decided: list[object]) -> dict[str, str]:
    """Assert that the database is wholly that of its finished runs, and return the state of each run."""
    engine = DuckDBEngine(path)
    states = dict(engine.read(lambda tx: tx.rows(RUNS)))
    succeeded = [run for run, state in states.items() if state == RefreshState.SUCCEEDED]
    linked = links_of(succeeded)

    assert {*states.values()} <= {RefreshState.SUCCEEDED, RefreshState.ABANDONED, RefreshState.RUNNING}
    assert RefreshState.RUNNING not in [*states.values()][:-1]
    assert engine.read(decisions) == decided
    assert engine.read(present) == listed(succeeded[-1])
    assert set(engine.read(lambda tx: tx.rows(LINKS))) == {(run, f"c{n}", n) for run, n in linked}
    assert set(engine.read(lambda tx: tx.rows(AUDITED))) == {(run, f"pax8/c{n}") for run, n in linked}
    engine.close()
    return states


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
