"""Migrations: each once, each wholly, and never on a database of another history."""

import pytest

from billingbot.domain.decision import ConfirmLink, Stamp
from billingbot.domain.history import ActivityFilter, Revision
from billingbot.errors import StoreError, StoreTooNew
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from billingbot.store.migrate import Migration, migrate, packaged_migrations
from tests.unit.store.decisions import select
from tests.unit.store.refreshes import NOON

pytestmark = pytest.mark.fault(24)

FIRST = Migration("0001_a", "create table a (id bigint); insert into a values (1);")
SECOND = Migration("0002_b", "create table b (id bigint);")
TABLES = "select table_name from information_schema.tables where table_name in ('a', 'b', 'c') order by table_name"


def test_a_fresh_database_gets_every_migration_in_order(engine: Engine) -> None:
    migrate(engine, [FIRST, SECOND])

    journal = select(engine, "select name, checksum from schema_migration order by name")
    assert journal == [("0001_a", FIRST.checksum), ("0002_b", SECOND.checksum)]
    assert select(engine, TABLES) == [("a",), ("b",)]


def test_a_migration_is_applied_once(engine: Engine) -> None:
    migrate(engine, [FIRST])
    migrate(engine, [FIRST, SECOND])

    assert select(engine, "select id from a") == [(1,)]
    assert select(engine, TABLES) == [("a",), ("b",)]


def test_a_failing_migration_changes_nothing_and_those_before_it_stay(engine: Engine) -> None:
    broken = Migration(
        "0002_b", "create table b (id bigint); insert into a values (2); insert into nowhere values (1);"
    )

    with pytest.raises(StoreError, match="nowhere"):
        migrate(engine, [FIRST, broken])

    assert select(engine, TABLES) == [("a",)]
    assert select(engine, "select id from a") == [(1,)]
    assert select(engine, "select name from schema_migration") == [("0001_a",)]


def test_a_migration_that_was_edited_after_it_was_applied_is_refused(engine: Engine) -> None:
    migrate(engine, [FIRST])

    with pytest.raises(StoreTooNew, match="0001_a"):
        migrate(engine, [Migration("0001_a", FIRST.sql + " "), SECOND])

    assert select(engine, TABLES) == [("a",)]


def test_a_database_with_an_unknown_migration_is_refused(engine: Engine) -> None:
    migrate(engine, [FIRST, SECOND])

    with pytest.raises(StoreTooNew, match="0002_b"):
        migrate(engine, [FIRST])


def test_a_migration_that_belongs_before_an_applied_one_is_refused(engine: Engine) -> None:
    migrate(engine, [SECOND])

    with pytest.raises(StoreTooNew, match="0002_b"):
        migrate(engine, [FIRST, SECOND])

    assert select(engine, TABLES) == [("b",)]


def test_the_packaged_migrations_are_numbered_without_a_gap() -> None:
    numbers = [int(migration.name[:4]) for migration in packaged_migrations()]

    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers


# What a refresh of a BillingBot that knew only the first migration left behind.
REFRESHED = """
insert into integration values ('pax8', 'Pax8', 90, true, 'new', false, false, false, false, 1);
insert into client (client_id, name, first_seen, added_run) values
    (-7, 'Acme', '2026-11-22 12:00:00+00', 'r1'), (8, 'Zoë', '2026-11-22 12:00:00+00', 'r1');
insert into company (integration, company_id, name, first_seen, added_run) values
    ('pax8', 'a/b', 'Acme', '2026-11-22 12:00:00+00', 'r1'), ('pax8', 'c', 'Zoe', '2026-11-22 12:00:00+00', 'r1');
insert into mapping values
    ('pax8', 'a/b', -7, 'confident', 97.5, 'Same name', 'auto', '2026-11-22 12:00:00+00', 'r1', 1),
    ('pax8', 'c', 8, 'review', 91.0, 'One word differs', 'auto', '2026-11-22 12:00:00+00', 'r1', 1);
insert into audit (request_id, batch, actor, recorded_at, entity, entity_key, action, before, after, reason) values
    ('integration:pax8:add', 'integration:pax8:add', 'auto', '2026-11-22 12:00:00+00', 'integration', 'pax8', 'add',
        null, '{"key": "pax8"}', ''),
    ('r1:a/b', 'r1', 'auto', '2026-11-22 12:00:00+00', 'mapping', 'pax8/a/b', 'link',
        null, '{"client_id": -7, "outcome": "confident", "score": 97.5}', 'Same name'),
    ('r1:c', 'r1', 'auto', '2026-11-22 12:00:00+00', 'mapping', 'pax8/c', 'link',
        null, '{"client_id": 8, "outcome": "review", "score": 91.0}', 'One word differs'),
    ('r0:cancelled', 'r0', 'ann', '2026-11-22 12:00:00+00', 'refresh_run', 'r0', 'cancelled',
        '{"state": "running"}', '{"state": "cancelled"}', 'Cancelled by ann; nothing was changed.');
"""


def test_a_database_of_the_first_migration_keeps_what_it_has_and_can_be_decided_about(engine: Engine) -> None:
    migrate(engine, packaged_migrations()[:1])
    engine.write(lambda tx: tx.execute(REFRESHED))

    migrate(engine, packaged_migrations())

    rows = select(
        engine, "select request_id, integration, client_id, company_id, revision, undoes from audit order by 1"
    )
    assert rows == [
        ("integration:pax8:add", None, None, None, None, None),
        ("r0:cancelled", None, None, None, None, None),
        ("r1:a/b", "pax8", -7, "a/b", None, None),
        ("r1:c", "pax8", 8, "c", None, None),
    ]
    store = DatabaseStore(engine)
    assert store.revision() == Revision(0, 0)
    assert [(batch.batch, batch.actions, batch.client) for batch in store.batches(ActivityFilter(), 9)] == [
        ("r1", {"link": 2}, "Acme"),
        ("integration:pax8:add", {"add": 1}, ""),
    ]
    store.decide("pax8", [ConfirmLink("c", 8)], Stamp("q1", "ann", NOON))
    assert len(store.undo("r1", Stamp("u1", "ann", NOON), partly=True).changes) == 2
    assert [link.company_id for link in store.links("pax8", 8)] == ["c"]
