"""A desk for each test: a database as one refresh leaves it, and a sandbox of its own to break."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from billingbot.bootstrap import App, Connections, build_app
from billingbot.domain.refresh import RefreshState
from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox
from billingbot.store import DatabaseStore
from billingbot.store.duckdb_engine import DuckDBEngine
from tests.contract.halo_at_sandbox import connected_to
from tests.fakes import no_vendors
from tests.unit.ui.dialogs.dialog_page import Desk
from tests.wait import wait_for

DATA = build(seed=1, clients=60, companies=64, today=date(2026, 11, 20))


@pytest.fixture(scope="session")
def refreshed_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("refreshed") / "test.duckdb"
    with Sandbox(DATA, rate_limit=None) as sandbox:
        app = build_app({"BILLINGBOT_SANDBOX_URL": sandbox.url, "BILLINGBOT_DATABASE": str(database)})
        run = app.start_refresh("pax8", "operator")
        wait_for(lambda: app.store.run(run.run_id).state is RefreshState.SUCCEEDED, "the refresh to succeed")
        app.close()
    return database


@pytest.fixture
def desk(tmp_path: Path, refreshed_database: Path) -> Iterator[Desk]:
    engine = DuckDBEngine(Path(shutil.copy(refreshed_database, tmp_path)))
    with Sandbox(DATA, rate_limit=None) as sandbox, connected_to(sandbox, patient=False) as halo:
        store = DatabaseStore(engine)
        app = App(store, Connections(halo, {}, {}), True, no_vendors(store))
        yield Desk(app, engine, sandbox)
        app.store.close()
