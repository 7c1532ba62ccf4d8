"""Migrations: each once, each wholly, and never on a database of another history."""

import pytest

from billingbot.errors import StoreError, StoreTooNew
from billingbot.store.duckdb_engine import DuckDBEngine
from billingbot.store.migrate import Migration, migrate, packaged_migrations
from tests.unit.store.decisions import select

FIRST = Migration("0001_a", "create table a (id bigint); insert into a values (1);")
SECOND = Migration("0002_b", "create table b (id bigint);")
TABLES = "select table_name from information_schema.tables where table_name in ('a', 'b', 'c') order by table_name"


def test_a_fresh_database_gets_every_migration_in_order(engine: DuckDBEngine) -> None:
    migrate(engine, [FIRST, SECOND])

    journal = select(engine, "select name, checksum from schema_migration order by name")
    assert journal == [("0001_a", FIRST.checksum), ("0002_b", SECOND.checksum)]
    assert select(engine, TABLES) == [("a",), ("b",)]


def test_a_migration_is_applied_once(engine: DuckDBEngine) -> None:
    migrate(engine, [FIRST])
    migrate(engine, [FIRST, SECOND])

    assert select(engine, "select id from a") == [(1,)]
    assert select(engine, TABLES) == [("a",), ("b",)]


def test_a_failing_migration_changes_nothing_and_those_before_it_stay(engine: DuckDBEngine) -> None:
    broken = Migration(
        "0002_b", "create table b (id bigint); insert into a values (2); insert into nowhere values (1);"
    )

    with pytest.raises(StoreError, match="nowhere"):
        migrate(engine, [FIRST, broken])

    assert select(engine, TABLES) == [("a",)]
    assert select(engine, "select id from a") == [(1,)]
    assert select(engine, "select name from schema_migration") == [("0001_a",)]


def test_a_migration_that_was_edited_after_it_was_applied_is_refused(engine: DuckDBEngine) -> None:
    migrate(engine, [FIRST])

    with pytest.raises(StoreTooNew, match="0001_a"):
        migrate(engine, [Migration("0001_a", FIRST.sql + " "), SECOND])

    assert select(engine, TABLES) == [("a",)]


def test_a_database_with_an_unknown_migration_is_refused(engine: DuckDBEngine) -> None:
    migrate(engine, [FIRST, SECOND])

    with pytest.raises(StoreTooNew, match="0002_b"):
        migrate(engine, [FIRST])


def test_a_migration_that_belongs_before_an_applied_one_is_refused(engine: DuckDBEngine) -> None:
    migrate(engine, [SECOND])

    with pytest.raises(StoreTooNew, match="0002_b"):
        migrate(engine, [FIRST, SECOND])

    assert select(engine, TABLES) == [("b",)]


def test_the_packaged_migrations_are_numbered_without_a_gap() -> None:
    numbers = [int(migration.name[:4]) for migration in packaged_migrations()]

    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers
