"""Two apps in one process, which share nothing."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from billingbot.bootstrap import Workspaces
from billingbot.errors import ConfigError
from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "mine.duckdb"


@pytest.fixture
def both(database: Path) -> Iterator[Workspaces]:
    """Real data with credentials from the environment, which the sandbox must not see."""
    environ = {
        "BILLINGBOT_DATABASE": str(database),
        "BILLINGBOT_PAX8_CLIENT_ID": "real",
        "BILLINGBOT_HALO_TENANT": "real",
    }
    workspaces = Workspaces(environ)
    yield workspaces
    workspaces.close()


def test_each_is_opened_once_when_it_is_asked_for(both: Workspaces, database: Path) -> None:
    assert not both.is_open(sandbox=True)
    assert list(database.parent.iterdir()) == []

    assert both.sandbox() is both.app(sandbox=True)
    assert both.is_open(sandbox=True)
    assert not both.is_open(sandbox=False)
    assert both.real() is both.app(sandbox=False)


def test_they_share_neither_database_nor_credentials(both: Workspaces, database: Path) -> None:
    real, sandbox = both.real(), both.sandbox()

    assert (real.sandbox, sandbox.sandbox) == (False, True)
    assert database.exists()
    assert database.with_name("sandbox.duckdb").exists()
    assert real.store.integrations() == []
    assert len(sandbox.store.integrations()) == 4
    assert not sandbox.vendors.problems
    shown = [state.value for vendor in sandbox.vendors.all for state in sandbox.vendors.states(vendor.key)]
    assert "real" not in shown


def test_where_the_environment_names_a_sandbox_there_is_nothing_else(database: Path) -> None:
    with Sandbox(build(seed=1, clients=2, companies=2, today=date(2026, 11, 20))) as served:
        only = Workspaces({"BILLINGBOT_SANDBOX_URL": served.url, "BILLINGBOT_DATABASE": str(database)})
        try:
            assert not only.has_real_data
            assert only.sandbox() is only.real()
            assert only.is_open(sandbox=True)
            assert only.real().sandbox
        finally:
            only.close()


def test_real_data_are_never_kept_where_the_sandbox_keeps_its_own(tmp_path: Path) -> None:
    workspaces = Workspaces({"BILLINGBOT_DATABASE": str(tmp_path / "sandbox.duckdb")})

    with pytest.raises(ConfigError, match=r"must not be called sandbox\.duckdb"):
        workspaces.sandbox()

    assert list(tmp_path.iterdir()) == []


def test_what_was_closed_is_opened_again(both: Workspaces) -> None:
    both.sandbox()
    both.close()

    assert both.sandbox().store.integrations()
