"""From whichever version a database comes, and wherever a migration fails: its tables are those of one version."""

from collections.abc import Callable
from pathlib import Path

import pytest

from billingbot.errors import StoreError
from billingbot.store.duckdb_engine import DuckDBEngine
from billingbot.store.engine import Engine
from billingbot.store.migrate import Migration, migrate, packaged_migrations
from billingbot.store.postgres_engine import PostgresEngine
from tests.postgres_server import databases
from tests.unit.store.schema import schema

ALL = packaged_migrations()
pytestmark = pytest.mark.fault(24)

each_version = pytest.mark.parametrize("applied", range(len(ALL)), ids=[f"before {one.name[:4]}" for one in ALL])


@pytest.fixture
def another(tmp_path: Path, url: str | None) -> Callable[[], Engine]:
    """Return what makes an empty database of the same kind."""
    return lambda: PostgresEngine(databases().empty()) if url else DuckDBEngine(tmp_path / "another.duckdb")


@each_version
def test_a_database_of_any_version_gets_the_tables_of_a_fresh_one(
    engine: Engine, another: Callable[[], Engine], applied: int
) -> None:
    fresh = another()
    migrate(fresh, ALL)
    migrate(engine, ALL[:applied])

    migrate(engine, ALL)

    assert schema(engine) == schema(fresh)
    fresh.close()


@each_version
def test_a_migration_that_fails_anywhere_leaves_the_tables_of_the_version_before(engine: Engine, applied: int) -> None:
    migrate(engine, ALL[:applied])
    before = schema(engine)
    statements = [part for part in ALL[applied].sql.split(";\n") if part.strip()]
    for length in range(1, len(statements) + 1):
        text = ";\n".join([*statements[:length], "insert into nowhere values (1);"])

        with pytest.raises(StoreError, match="nowhere"):
            migrate(engine, [*ALL[:applied], Migration(ALL[applied].name, text)])

        assert schema(engine) == before
    migrate(engine, ALL)
