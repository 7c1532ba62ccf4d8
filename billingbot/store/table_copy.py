"""A whole database into another one that is empty, of the same engine or not: all of it, proven equal, or nothing."""

from collections.abc import Callable, Mapping

from billingbot.errors import BackupUnfit
from billingbot.store.digests import Digest, digest
from billingbot.store.engine import Engine, Transaction
from billingbot.store.migrate import migrate, packaged_migrations
from billingbot.store.table_columns import Table, tables

Seen = Callable[[str, int, int], None]
"""Hears the name of a table that is copied, which one it is, and of how many."""
_MADE_WITH_TABLES = frozenset({"schema_migration", "revision"})
"""Tables that have rows as soon as they exist."""
_ORIGIN = "select data from origin order by data"


def unheard(_table: str, _number: int, _total: int) -> None:
    """Be a `Seen` that nobody listens to."""


def copy_database(source: Engine, target: Engine, seen: Seen = unheard) -> dict[str, Digest]:
    """Copy one snapshot of the source into the target in one transaction; return what each table has.

    Both are up to date afterwards. Others may write to the source meanwhile, and nobody may to the target.

    Raises:
        BackupUnfit: the target is not empty, or is not equal in the end; it is as it was, but for its tables.
        StoreError: one of them cannot go on; likewise.
    """
    migrate(target, packaged_migrations())
    return source.read(lambda read: target.write(lambda written: _copy(read, written, seen)))


def digests(tx: Transaction) -> dict[str, Digest]:
    """Return what each table has."""
    return {name: digest(tx, table) for name, table in tables(tx).items()}


def unequal(here: Mapping[str, Digest], there: Mapping[str, Digest]) -> list[str]:
    """Return in which tables they differ, by name."""
    return sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))


def _copy(source: Transaction, target: Transaction, seen: Seen) -> dict[str, Digest]:
    source.take_time()
    target.take_time()
    found, wanted = tables(source), tables(target)
    if found.keys() != wanted.keys() or any(found[name].columns != wanted[name].columns for name in found):
        raise BackupUnfit("The two databases have different tables. Nothing was copied.")
    _require_empty(source, target, wanted)
    copied = {}
    for number, table in enumerate(wanted.values(), 1):
        seen(table.name, number, len(wanted))
        target.execute(f'delete from "{table.name}"')  # noqa: S608 - the catalogue's names
        target.load(table.name, table.columns, source.batches(table.name, table.columns))
        copied[table.name] = digest(target, table)
        if copied[table.name] != digest(source, found[table.name]):
            raise BackupUnfit(f"The copy of {table.name} is not equal to what it was copied from. Nothing was copied.")
        if table.sequence:
            _count_on(target, table)
    return copied


def _require_empty(source: Transaction, target: Transaction, wanted: Mapping[str, Table]) -> None:
    # An app that has merely started there has said what the database is for.
    same = target.rows(_ORIGIN) == source.rows(_ORIGIN)
    for name in wanted.keys() - _MADE_WITH_TABLES - ({"origin"} if same else set()):
        if target.rows(f'select 1 from "{name}" limit 1'):  # noqa: S608 - the catalogue's names
            raise BackupUnfit(
                f"The other database is not empty: there are rows in {name}. Nothing was copied; name an empty one."
            )


def _count_on(target: Transaction, table: Table) -> None:
    [(highest,)] = target.rows(f'select max("{table.counted}") from "{table.name}"')  # noqa: S608 - the catalogue's names
    if highest is not None:
        target.advance(table.sequence, int(highest))
