"""Refreshes without end, for a process that is going to be killed. What a run lists follows from its id alone."""

from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pandas as pd

from billingbot.domain.party import Client, Company
from billingbot.domain.refresh import Missing, RefreshRun, RefreshState
from billingbot.ports import Fetched, Store
from billingbot.store import open_duckdb
from tests.fakes import NOON

ROWS = 600
LINKS = 20
"""How many new pairs each run finds; no other run lists them."""


def run_id(round_number: int, run_number: int) -> str:
    return f"{round_number}-{run_number}"


def listed(run: str) -> tuple[dict[int, str], dict[str, str]]:
    """Return the names of clients and companies by id that the run lists, of one of two generations in turn."""
    round_number, run_number = (int(part) for part in run.split("-"))
    generation = run_number % 2
    numbers = range(generation * 100, generation * 100 + ROWS)
    own = [round_number * 1_000_000 + run_number * 1_000 + number for number in range(500, 500 + LINKS)]
    clients = {number: f"Generation {generation} {number}" for number in numbers} | {-n: f"Own {n}" for n in own}
    companies = {f"c{number}": f"generation {generation} {number}" for number in numbers}
    return clients, companies | {f"own{n}": f"own {n}" for n in own}


def matches(run: str) -> pd.DataFrame:
    """Return one confident pair for each client that only this run lists."""
    own = [-client_id for client_id in listed(run)[0] if client_id < 0]
    return pd.DataFrame(
        {
            "company_id": pd.Series([f"own{number}" for number in own], dtype="str"),
            "client_id": pd.Series([-number for number in own], dtype="int64"),
            "outcome": "confident",
            "score": 100.0,
            "reason": "Same name",
            "rank": 1,
        }
    )


def refresh_without_end(path: Path, round_number: int, finished: Connection) -> None:
    """Refresh again and again, and send the id of each run whose transaction was committed."""
    store = open_duckdb(path)
    run_number = 0
    while True:
        run = run_id(round_number, run_number)
        refresh(store, run)
        finished.send(run)
        run_number += 1


def refresh(store: Store, run: str) -> None:
    """Carry out one run. Its lease ends at once, so that the run after a killed one need not wait."""
    clients, companies = listed(run)
    missing = Missing(
        store.present_client_ids() - clients.keys(),
        store.present_company_ids("pax8") - companies.keys(),
    )
    lists = Fetched(
        [Client(client_id, name) for client_id, name in clients.items()],
        [Company(company_id, name) for company_id, name in companies.items()],
        missing,
    )
    started = store.start_run(RefreshRun(run, "pax8", "loop", RefreshState.RUNNING, NOON), timedelta(0))
    store.apply_refresh(started, lists, matches(run), NOON)
