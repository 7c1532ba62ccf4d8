"""A backup in the place of the database, which is kept under another name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from billingbot.errors import StoreBusy, StoreError
from billingbot.store import audit, commit_number
from billingbot.store.backup import Backup, read_backup, remove_file
from billingbot.store.commit_mark import mark_of, write_mark
from billingbot.store.duckdb_engine import DuckDBEngine, read_file
from billingbot.store.durable import copy_durably, move_durably, sync_file
from billingbot.store.engine import Engine, Transaction
from billingbot.store.migrate import migrate, packaged_migrations
from billingbot.store.set_aside import move_aside
from billingbot.store.table_copy import copy_database


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and the files of the database that was there before, under their new names."""

    backup: Backup
    kept: tuple[Path, ...]


def _unwatched() -> None:
    """Be told that all is ready, and do nothing."""


def restore_file(
    path: Path, database: Path, now: datetime, actor: str, ready_made: Callable[[], None] = _unwatched
) -> Restored:
    """Put the backup in the place of the database file, brought up to date.

    Nothing is touched before the backup is known to be whole and fit. Wherever this is interrupted, there is the former
    database, or the restored one, or none and nobody begins a new one; it can be repeated. `ready_made` is called when
    what is restored is ready beside the present database.

    Raises:
        BackupUnfit: it is not whole.
        StoreBusy: a process has the database.
        StoreTooNew: a newer BillingBot wrote the backup.
        StoreError: it cannot be written.
    """
    backup = read_backup(path)
    _while_free(database, lambda _: [])
    ready = database.with_name(f".{database.name}.restored")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        remove_file(ready)
        copy_durably(path, ready)
        number = _prepare(ready, backup, now, actor)

        ready_made()

        def replace(commits: int) -> list[Path]:
            kept = move_aside(database, "set-aside", now, commits)
            move_durably(ready, database)
            write_mark(mark_of(database), number)
            return kept

        kept = _while_free(database, replace)
    except OSError as error:
        raise StoreError(f"{database} could not be replaced: {error.strerror}. Repeat this when it can be.") from error
    finally:
        remove_file(ready)
    return Restored(backup, tuple(kept))


def restore_into(path: Path, engine: Engine, now: datetime, actor: str) -> Restored:
    """Copy the backup into the database, which is empty. Raises `BackupUnfit` when it is not, `StoreError`."""
    backup = read_backup(path)
    ready = path.with_name(f".{path.name}.restored")
    try:
        remove_file(ready)
        copy_durably(path, ready)
        source = DuckDBEngine(ready)
        try:
            migrate(source, packaged_migrations())
            copy_database(source, engine)
        finally:
            source.close()
        engine.write(lambda tx: record(tx, "restore", now, actor, f"Restored from {path.name}."))
    except OSError as error:
        raise StoreError(f"{path} could not be read: {error.strerror}. Nothing was restored.") from error
    finally:
        remove_file(ready)
    return Restored(backup, ())


def record(tx: Transaction, action: str, now: datetime, actor: str, reason: str) -> None:
    """Say in the audit trail what was done to the database as a whole."""
    request = uuid4().hex
    audit.record(tx, audit.Entry(request, request, actor, now, "database", "", action, None, None, reason))


def _while_free(database: Path, work: Callable[[int], list[Path]]) -> list[Path]:
    """Run `work` while nobody can open the database, with the number of its commits; raise `StoreBusy` if one has it.

    Whatever DuckDB cannot open, the app cannot either: a damaged database is what backups are for.
    """
    held: list[int] = []

    def hold(tx: Transaction) -> list[Path]:
        held.append(commit_number.newest(tx))
        return work(held[0])

    if not database.exists():
        return work(0)
    try:
        return read_file(database, hold)
    except StoreBusy as error:
        raise StoreBusy(f"{error} A restore replaces the database: end that BillingBot first.") from error
    except StoreError:
        if held:
            raise
        return work(0)


def _prepare(ready: Path, backup: Backup, now: datetime, actor: str) -> int:
    engine = DuckDBEngine(ready)
    try:
        migrate(engine, packaged_migrations())
        engine.write(lambda tx: tx.execute("drop schema backup cascade"))
        engine.write(lambda tx: record(tx, "restore", now, actor, f"Restored from {backup.path.name}."))
        number = engine.read(commit_number.newest)
        engine.seal()
    finally:
        engine.close()
    sync_file(ready)
    return number
