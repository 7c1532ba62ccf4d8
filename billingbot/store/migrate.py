"""Bringing a database to the tables that this code knows.

Each file of `migrations/` is applied once, in order, in a transaction of its own together with its checksum.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from importlib.resources import files

from billingbot.errors import StoreTooNew
from billingbot.store.engine import Engine, Transaction


@dataclass(frozen=True, slots=True)
class Migration:
    """One file: `name` as `0001_refresh_clients`, `sql` as it stands there."""

    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """Return the SHA-256 of the text, in hexadecimal."""
        return sha256(self.sql.encode()).hexdigest()


def packaged_migrations() -> list[Migration]:
    """Return the files that come with this code, in order."""
    found = (files("billingbot.store") / "migrations").iterdir()
    texts = {file.name.removesuffix(".sql"): file.read_text(encoding="utf-8") for file in found}
    return [Migration(name, texts[name]) for name in sorted(texts)]


def migrate(engine: Engine, migrations: Sequence[Migration]) -> None:
    """Apply what the database lacks.

    Raises:
        StoreTooNew: the database has a migration that is not in the list, or has it with another text.
        StoreError: a migration failed. It changed nothing; those before it stay.
    """
    engine.write(_create_journal)
    while engine.write(partial(_apply_next, migrations)):
        pass


def _create_journal(tx: Transaction) -> None:
    tx.execute(
        "create table if not exists schema_migration ("
        "name varchar primary key, checksum varchar not null, applied_at timestamptz not null)"
    )


def _apply_next(migrations: Sequence[Migration], tx: Transaction) -> bool:
    applied = tx.rows("select name, checksum from schema_migration order by name")
    known = [(migration.name, migration.checksum) for migration in migrations]
    for position, row in enumerate(applied):
        if known[position : position + 1] != [row]:
            raise StoreTooNew(
                f"The database has the migration {row[0]}, and this BillingBot does not have it, or not like that. "
                "Start the BillingBot that wrote it, or a newer one."
            )
    if len(applied) == len(migrations):
        return False
    _apply(tx, migrations[len(applied)])
    return True


def _apply(tx: Transaction, migration: Migration) -> None:
    tx.execute(migration.sql)
    tx.execute(
        "insert into schema_migration (name, checksum, applied_at) values ($1, $2, current_timestamp)",
        (migration.name, migration.checksum),
    )
