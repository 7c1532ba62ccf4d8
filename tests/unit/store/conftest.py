"""A real database file for each test, open."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from billingbot.domain.integration import Integration
from billingbot.store import DatabaseStore
from billingbot.store.duckdb_engine import DuckDBEngine
from billingbot.store.migrate import migrate, packaged_migrations
from tests.unit.store.refreshes import NOON


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
