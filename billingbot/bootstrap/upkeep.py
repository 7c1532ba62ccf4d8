"""What an administrator does to the database as a whole: back it up, restore it, examine and repair it, move it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from billingbot import __version__
from billingbot.bootstrap.asked_work import AskedWork, Told, Work
from billingbot.bootstrap.backup_folder import new_path
from billingbot.bootstrap.backups import Backups
from billingbot.bootstrap.clock import now
from billingbot.bootstrap.surroundings import keys_in
from billingbot.bootstrap.workspaces import Workspaces
from billingbot.config import Settings, read_settings
from billingbot.errors import BackupUnfit, SecretUnreadable, StoreBusy, StoreError
from billingbot.store import DatabaseStore, Engine, open_database
from billingbot.store.backup import Backup, copy_into_file, make_backup, read_backup
from billingbot.store.checks import Finding
from billingbot.store.digests import Digest
from billingbot.store.doctor import Repair, examine_engine, examine_file, repair_file
from billingbot.store.durable import copy_durably
from billingbot.store.postgres_engine import PostgresEngine
from billingbot.store.restore import Restored, restore_file, restore_into
from billingbot.store.set_aside import files_of
from billingbot.store.table_copy import Seen, copy_database
from billingbot.vault import Vault, key_file_of, read_key_file


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found; `asked` says that the running app looked."""

    findings: list[Finding]
    asked: bool = False


def backups_of(workspaces: Workspaces, environ: Mapping[str, str]) -> Backups:
    """Return what makes the backups of the app on real data."""
    return Backups(lambda: engine_of(workspaces.real().store), lambda: read_settings(environ))


def engine_of(store: object) -> Engine:
    """Return the database that the store is on."""
    if not isinstance(store, DatabaseStore):
        raise TypeError(f"{type(store).__name__} has no database of its own")
    return store.engine


def backup_database(environ: Mapping[str, str], to: Path | None, seen: Seen, told: Told) -> Backup:
    """Make a backup, or let the running app make it.

    Args:
        environ: the environment.
        to: the folder or the file; None: the usual folder.
        seen: hears which table is copied.
        told: hears how far the running app is.

    Raises `StoreError`, `ConfigError`.
    """
    settings = read_settings(environ)
    path = _wanted(to or settings.backups, settings.database)
    try:
        with _opened(settings) as store:
            return make_backup(store.engine, path, now(), __version__, seen)
    except StoreBusy:
        made = Path(AskedWork(settings.backups, settings.database).ask(Work.BACKUP, told)["path"])
    if to is None:
        return read_backup(made)
    if path.exists():
        raise BackupUnfit(f"{path} exists already. The backup is {made}.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        copy_durably(made, path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}. The backup is {made}.") from error
    return read_backup(path)


def restore_database(environ: Mapping[str, str], file: Path, actor: str) -> tuple[Restored, list[str]]:
    """Put the backup in the place of the database; return also whose secrets no key here opens.

    Raises `StoreError`, `ConfigError`.
    """
    settings = read_settings(environ)
    backup = read_backup(file)
    wanted = "sandbox data" if settings.sandbox_url else "real data"
    if backup.data not in ("", wanted):
        raise BackupUnfit(f"{file} is a backup of {backup.data}, and this database is for {wanted}. Nothing changed.")
    if settings.database_url:
        engine = PostgresEngine(settings.database_url)
        try:
            restored = restore_into(file, engine, now(), actor)
        finally:
            engine.close()
    else:
        restored = restore_file(file, settings.database, now(), actor)
    with _opened(settings) as store:
        return restored, _unreadable(store, environ, settings)


def examine_database(environ: Mapping[str, str], told: Told) -> Examined:
    """Look whether the database is well, or let the running app look. Raises `StoreError`, `ConfigError`."""
    settings = read_settings(environ)
    if settings.database_url:
        with _opened(settings) as store:
            return Examined(examine_engine(store.engine))
    try:
        return Examined(examine_file(settings.database))
    except StoreBusy:
        found = AskedWork(settings.backups, settings.database).ask(Work.DOCTOR, told)["findings"]
        return Examined([Finding(**finding) for finding in found], asked=True)


def repair_database(environ: Mapping[str, str], actor: str) -> Repair:
    """Let a damaged database file open again, as `repair_file` does. Raises `StoreError`, `ConfigError`."""
    settings = read_settings(environ)
    return Repair("") if settings.database_url else repair_file(settings.database, now(), actor)


def copy_to(environ: Mapping[str, str], target: str, seen: Seen) -> dict[str, Digest]:
    """Copy the database into another one, which is empty: a PostgreSQL URL, or a new DuckDB file.

    Raises `StoreError`, `ConfigError`.
    """
    with _opened(read_settings(environ)) as store:
        if "://" not in target:
            return copy_into_file(store.engine, Path(target), seen)
        engine = PostgresEngine(target)
        try:
            return copy_database(store.engine, engine, seen)
        finally:
            engine.close()


@contextmanager
def _opened(settings: Settings) -> Iterator[DatabaseStore]:
    if not settings.database_url and not files_of(settings.database):
        raise StoreError(f"There is no database {settings.database}.")
    store = open_database(settings.database, settings.database_url)
    try:
        yield store
    finally:
        store.close()


def _wanted(to: Path, database: Path) -> Path:
    return to if to.suffix == ".duckdb" and not to.is_dir() else new_path(to, database, now())


def _unreadable(store: DatabaseStore, environ: Mapping[str, str], settings: Settings) -> list[str]:
    sealed = [row for row in store.credentials() if row.sealed]
    if not sealed:
        return []
    keys = keys_in(environ) or (() if settings.database_url else read_key_file(key_file_of(settings.database)))
    return sorted({row.vendor for row in sealed if not _opens(keys, row.vendor, row.name, row.value)})


def _opens(keys: Sequence[str], vendor: str, name: str, sealed: str) -> bool:
    try:
        return bool(keys) and bool(Vault(keys).open(vendor, name, sealed))
    except SecretUnreadable:
        return False
