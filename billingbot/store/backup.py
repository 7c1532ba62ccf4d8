"""A backup: one DuckDB file with everything that a database has, and with a manifest that proves that it is whole.

It is made beside its place, closed, opened again read-only and compared with what it was made of; then it gets its
name. Whatever has the name of a backup is a whole one, wherever the process that made it died.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from billingbot.errors import BackupUnfit, StoreBusy, StoreError, StoreFull, StoreTooNew
from billingbot.store import commit_number
from billingbot.store.commit_mark import mark_of
from billingbot.store.digests import Digest
from billingbot.store.duckdb_engine import DuckDBEngine, log_of, read_file
from billingbot.store.durable import move_durably, sync_file
from billingbot.store.engine import Engine, Transaction
from billingbot.store.table_copy import Seen, copy_database, digests, unequal, unheard

_FORMAT = 1
_MANIFEST = "create schema backup; create table backup.manifest (content varchar not null)"


@dataclass(frozen=True, slots=True)
class Backup:
    """What is known of a backup.

    `data` is what the database is for, `version` which BillingBot wrote the backup, and `commit` up to which change at
    least it goes. `tables` has how many rows each table has, and their hash.
    """

    path: Path
    made_at: datetime
    version: str
    data: str
    commit: int
    tables: Mapping[str, Digest]

    @property
    def rows(self) -> int:
        """Return how many rows there are."""
        return sum(count for count, _ in self.tables.values())


def make_backup(engine: Engine, path: Path, now: datetime, version: str, seen: Seen = unheard) -> Backup:
    """Make a backup of what is in the database now; others may write to it meanwhile.

    Raises:
        BackupUnfit: there is a file of that name, or the backup is not equal to the database.
        StoreError: there is no space, or the folder cannot be written to. No backup is left, and no half of one.
    """
    if path.exists():
        raise BackupUnfit(f"{path} exists already. Nothing was written; choose another name.")
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        remove_file(part)
        backup = _write(engine, part, path, now, version, seen)
        if different := unequal(backup.tables, read_backup(part).tables):
            raise BackupUnfit(f"The backup is not equal to the database in {', '.join(different)}. It was not kept.")
        sync_file(part)
        move_durably(part, path)
    except OSError as error:
        raise StoreError(f"No backup could be written to {path.parent}: {error.strerror}. None was made.") from error
    except StoreFull as error:
        raise StoreFull(f"There is no space left in {path.parent} for a backup. None was made.") from error
    finally:
        with suppress(OSError):  # it is only a remainder then
            remove_file(part)
    return backup


def copy_into_file(engine: Engine, path: Path, seen: Seen = unheard) -> dict[str, Digest]:
    """Copy the database into a new file, which is a database to work with. Raises `BackupUnfit`, `StoreError`."""
    if path.exists():
        raise BackupUnfit(f"{path} exists already. Nothing was copied; name a new file.")
    part = path.with_name(f".{path.name}.part")
    try:
        remove_file(part)
        target = DuckDBEngine(part)
        try:
            copied = copy_database(engine, target, seen)
            target.seal()
        finally:
            target.close()
        if different := unequal(copied, read_file(part, digests)):
            raise BackupUnfit(f"The copy is not equal to the database in {', '.join(different)}. It was not kept.")
        sync_file(part)
        move_durably(part, path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}. Nothing was copied.") from error
    except StoreFull as error:
        raise StoreFull(f"There is no space left in {path.parent} for a copy. Nothing was copied.") from error
    finally:
        with suppress(OSError):  # it is only a remainder then
            remove_file(part)
    return copied


def read_backup(path: Path) -> Backup:
    """Open a backup, read all of it and return what it says of itself, when that is true.

    Raises:
        BackupUnfit: it is no backup, or not a whole one.
        StoreTooNew: a newer BillingBot wrote it.
    """
    if not path.is_file():
        raise BackupUnfit(f"There is no file {path}.")
    try:
        backup, found = read_file(path, lambda tx: (_manifest(tx, path), digests(tx)))
    except (BackupUnfit, StoreBusy, StoreTooNew):
        raise
    except StoreError as error:
        raise BackupUnfit(f"{path} is damaged or no backup of BillingBot. ({error})") from error
    if different := unequal(backup.tables, found):
        raise BackupUnfit(f"{path} is damaged: it does not have what it says it has in {', '.join(different)}.")
    return backup


def remove_file(path: Path) -> None:
    """Remove a database file that nobody needs, and what belongs to it. Raises `OSError`."""
    for file in (path, log_of(path), mark_of(path)):
        file.unlink(missing_ok=True)


def _write(engine: Engine, part: Path, path: Path, now: datetime, version: str, seen: Seen) -> Backup:
    commit = engine.read(commit_number.newest)
    data = engine.read(lambda tx: tx.rows("select data from origin"))
    target = DuckDBEngine(part)
    try:
        tables = copy_database(engine, target, seen)
        backup = Backup(path, now, version, data[0][0] if data else "", commit, tables)
        target.write(lambda tx: _write_manifest(tx, backup))
        target.seal()
    finally:
        target.close()
    return backup


def _write_manifest(tx: Transaction, backup: Backup) -> None:
    content = {
        "format": _FORMAT,
        "made_at": backup.made_at.isoformat(),
        "version": backup.version,
        "data": backup.data,
        "commit": backup.commit,
        "tables": {name: list(digest) for name, digest in backup.tables.items()},
    }
    tx.execute(_MANIFEST)
    tx.execute("insert into backup.manifest values ($1)", (json.dumps(content),))


def _manifest(tx: Transaction, path: Path) -> Backup:
    if not tx.rows("select 1 from information_schema.tables where table_schema = 'backup'"):
        raise BackupUnfit(f"{path} is a database, but no backup: “python -m billingbot backup” makes one.")
    [(text,)] = tx.rows("select content from backup.manifest")
    content = json.loads(text)
    if content["format"] != _FORMAT:
        raise BackupUnfit(f"{path} was made by a newer BillingBot. Restore it with that one.")
    return Backup(
        path,
        datetime.fromisoformat(content["made_at"]),
        content["version"],
        content["data"],
        content["commit"],
        {name: (count, total) for name, (count, total) in content["tables"].items()},
    )
