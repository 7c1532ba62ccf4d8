"""Little space: fetching is refused before it begins, and nothing else is."""

from pathlib import Path

import pytest

from billingbot.domain.integration import Integration
from billingbot.errors import StoreFull
from billingbot.jobs.fetch_charges import fetch_charges
from billingbot.jobs.refresh_clients import start_refresh
from billingbot.store import DatabaseStore
from billingbot.store.duckdb_engine import DuckDBEngine
from billingbot.store.migrate import migrate, packaged_migrations
from billingbot.store.space import NEEDED
from tests.fakes import NOON, FakeDistributor
from tests.unit.store.statements import NOVEMBER

pytestmark = pytest.mark.fault(8)


def test_fetching_is_refused_beforehand_and_the_rest_goes_on(tmp_path: Path) -> None:
    left = [NEEDED - 1]
    engine = DuckDBEngine(tmp_path / "billingbot.duckdb", free_bytes=lambda _: left[0])
    migrate(engine, packaged_migrations())
    store = DatabaseStore(engine)
    store.add_integration(Integration("pax8", "Pax8"), "ann", NOON)

    with pytest.raises(StoreFull, match="Only 49 MB are left"):
        start_refresh(store, "pax8", "ann", "r1", NOON)
    with pytest.raises(StoreFull, match="Nothing was fetched"):
        fetch_charges(store, FakeDistributor([]), "pax8", NOVEMBER, "ann", lambda: NOON, lambda *_: None)

    assert store.latest_run("pax8") is None
    left[0] = NEEDED
    assert start_refresh(store, "pax8", "ann", "r2", NOON).run_id == "r2"
    engine.close()
