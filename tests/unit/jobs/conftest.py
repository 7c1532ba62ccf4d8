"""A refresh on a real DuckDB file, with lists that the test decides."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from billingbot.domain.integration import Integration
from billingbot.domain.party import Client, Company
from billingbot.domain.refresh import Missing, RefreshRun, Summary
from billingbot.jobs.refresh_clients import Sources, refresh_clients, start_refresh
from billingbot.sandbox.dataset import DataSet, build
from billingbot.store.database_store import DatabaseStore
from billingbot.store.duckdb_engine import DuckDBEngine
from billingbot.store.engine import Engine
from billingbot.store.migrate import migrate, packaged_migrations
from tests.fakes import NOON, FakeDistributor, FakeHalo
from tests.unit.store.decisions import select

MANY = [
    f"{first} {second}" for first in ("Amber", "Birch", "Cedar") for second in ("Dental", "Foods", "Legal", "Motors")
]


@dataclass
class Desk:
    """An operator's desk: lists and a clock that can change, and the Refresh Clients button."""

    engine: Engine
    store: DatabaseStore
    halo: FakeHalo = field(default_factory=FakeHalo)
    pax8: FakeDistributor = field(default_factory=FakeDistributor)
    now: Callable[[], datetime] = lambda: NOON
    run_ids: Iterator[int] = field(default_factory=itertools.count)

    def lists(self, clients: Sequence[str], companies: Sequence[str]) -> None:
        """Let HaloPSA and Pax8 list these names, with ids 1, 2, … and c1, c2, …."""
        self.halo.rows = [Client(i, name) for i, name in enumerate(clients, 1)]
        self.pax8.rows = [Company(f"c{i}", name) for i, name in enumerate(companies, 1)]

    def sandbox_lists(self, size: int) -> DataSet:
        """Let them list invented customers, as many clients as companies, and return who is who."""
        data = build(seed=1, clients=size, companies=size, today=date(2026, 11, 20))
        self.halo.rows = [Client(client.client_id, client.name) for client in data.clients]
        self.pax8.rows = [Company(company.company_id, company.name, company.external_id) for company in data.companies]
        return data

    def configure(self, threshold: int = 90, *, guards: bool = True) -> None:
        """Let an operator change the settings of the integration."""
        self.engine.write(
            lambda tx: tx.execute(
                "update integration set threshold = $1, guards = $2, version = version + 1 where key = 'pax8'",
                (threshold, guards),
            )
        )

    def start(self) -> RefreshRun:
        return start_refresh(self.store, "pax8", "ann", f"run-{next(self.run_ids)}", NOON)

    def carry_out(self, run: RefreshRun, approved: Missing | None = None) -> Summary:
        return refresh_clients(self.store, run, Sources(self.halo, self.pax8, self.now, lambda: 0.0), approved)

    def refresh(self) -> Summary:
        return self.carry_out(self.start())

    def latest(self) -> RefreshRun:
        run = self.store.latest_run("pax8")
        assert run is not None
        return run

    def links(self) -> set[tuple[str, int]]:
        pairs = self.store.decided_pairs("pax8")
        return set(zip(pairs["company_id"].tolist(), pairs["client_id"].tolist(), strict=True))

    def suggestions(self) -> set[tuple[str, int]]:
        return set(select(self.engine, "select company_id, client_id from suggestion"))

    def table(self, name: str) -> list[tuple[Any, ...]]:
        """Return every row with every column, in one order."""
        return select(self.engine, f"select * from {name} order by all")  # noqa: S608

    def statuses(self) -> dict[int, str]:
        rows = self.store.client_rows("pax8")
        return dict(zip(rows["client_id"].tolist(), rows["status"].tolist(), strict=True))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    engine = DuckDBEngine(tmp_path / "billingbot.duckdb")
    migrate(engine, packaged_migrations())
    store = DatabaseStore(engine)
    store.add_integration(Integration("pax8", "Pax8"), actor="ann", now=NOON)
    yield Desk(engine, store)
    engine.close()
