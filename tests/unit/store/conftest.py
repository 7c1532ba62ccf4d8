"""A real database for each test, open: a file, and one on a server. Every test of the store runs on both."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from billingbot.domain.integration import Integration
from billingbot.store import DatabaseStore, open_database
from billingbot.store.duckdb_engine import DuckDBEngine
from billingbot.store.engine import Engine
from billingbot.store.migrate import migrate, packaged_migrations
from billingbot.store.postgres_engine import PostgresEngine
from tests.postgres_server import databases
from tests.unit.store.refreshes import NOON, Match, fetched, refresh


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "billingbot.duckdb"


@pytest.fixture(params=["duckdb", "postgres"])
def url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """Return the URL of an empty database on a server, or None for a file; with a store on it, it has tables."""
    if request.param == "duckdb":
        yield None
        return
    made = databases()
    url = made.migrated() if "store" in request.fixturenames else made.empty()
    yield url
    made.drop(url)


@pytest.fixture
def engine(path: Path, url: str | None) -> Iterator[Engine]:
    engine = PostgresEngine(url) if url else DuckDBEngine(path)
    yield engine
    engine.close()


@pytest.fixture
def opened(path: Path, url: str | None) -> Callable[[], DatabaseStore]:
    """Return what opens the store as a process does that starts."""
    return lambda: open_database(path, url)


@pytest.fixture
def store(engine: Engine) -> DatabaseStore:
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
