"""A real database file for each test, open."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from billingbot.domain.integration import Integration
from billingbot.store import DatabaseStore
from billingbot.store.duckdb_engine import DuckDBEngine
from billingbot.store.migrate import migrate, packaged_migrations
from tests.unit.store.refreshes import NOON, Match, fetched, refresh


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "billingbot.duckdb"


@pytest.fixture
def engine(path: Path) -> Iterator[DuckDBEngine]:
    engine = DuckDBEngine(path)
    yield engine
    engine.close()


@pytest.fixture
def store(engine: DuckDBEngine) -> DatabaseStore:
    """Return a store with the integrations pax8 and twilio and nothing else."""
    migrate(engine, packaged_migrations())
    store = DatabaseStore(engine)
    store.add_integration(Integration("pax8", "Pax8"), "auto", NOON)
    store.add_integration(Integration("twilio", "Twilio"), "auto", NOON)
    return store


@pytest.fixture
def listed(store: DatabaseStore) -> DatabaseStore:
    """Return the store after a refresh of pax8: 1 is linked, 2 under review, 3 suggested, 4 and c4 are free."""
    found: list[Match] = [
        ("c1", 1, "confident", 97.5, "Same name", 1),
        ("c2", 2, "review", 91.0, "One word differs", 1),
        ("c3", 3, "suggested", 79.0, "Looks alike", 1),
    ]
    refresh(store, fetched([1, 2, 3, 4], ["c1", "c2", "c3", "c4"]), found)
    return store
