"""DuckDB's exceptions as BillingBot's. The only place that reads DuckDB's messages."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from billingbot.errors import StoreBusy, StoreConflict, StoreCorrupt, StoreError, StoreFull, StoreTooNew

_LOCKED = re.compile(r"Could not set lock on file")
_HOLDER = re.compile(r"\(PID (\d+)\)")
_FULL = re.compile(r"No space left on device|Disk quota exceeded|File too large|out of disk space", re.IGNORECASE)
_CORRUPT = re.compile(r"\bcorrupt|not a valid DuckDB database file|Could not read enough bytes", re.IGNORECASE)
_LOG_DAMAGED = re.compile(r"replaying WAL file")
_LOG_POSITION = re.compile(r"entry at byte position (\d+)")
_OPEN_HERE = re.compile(r"same database file with a different configuration")
_FORBIDDEN = re.compile(r"Permission denied|Read-only file system|Operation not permitted|read-only mode")
_TOO_NEW = re.compile(r"database file with version number")
_SAVED = re.compile(r"FATAL Error: Transaction COMMIT succeeded and is durable")
_CONFLICT = re.compile(r"conflict|constraint violation", re.IGNORECASE)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise a `StoreError` about the database file for any exception of DuckDB inside."""
    try:
        yield
    except duckdb.Error as error:
        raise _store_error(error, path) from error


def is_conflict(error: Exception) -> bool:
    """Say whether another writer got in between, so that the transaction may succeed when it is run again."""
    return isinstance(error, duckdb.TransactionException) and bool(_CONFLICT.search(str(error)))


def is_saved(error: duckdb.FatalException) -> bool:
    """Say whether a commit was saved nevertheless, and only moving the log to the file failed.

    Whoever comes later hears the same sentence as the reason why the database is out of use, not at the beginning.
    """
    return bool(_SAVED.match(str(error)))


def _store_error(error: duckdb.Error, path: Path) -> StoreError:
    text = str(error)
    if _LOCKED.search(text):
        return _busy(text, path)
    if _FULL.search(text):
        return StoreFull(f"There is no space left to write {path}. Nothing was saved; free some space and try again.")
    if _OPEN_HERE.search(text):
        return StoreBusy(f"This process has {path} open already.", holder=os.getpid())
    if _LOG_DAMAGED.search(text):
        return _damaged_log(text, path)
    if _CORRUPT.search(text):
        return StoreCorrupt(
            f"{path} is damaged, or not a BillingBot database. It was left as it is. "
            f"“python -m billingbot restore FILE” brings back a backup and keeps this file too. ({text})"
        )
    if _FORBIDDEN.search(text):
        return StoreError(
            f"{path} cannot be written to: the file, its folder or the disk is read-only for this user. Nothing was "
            "saved. Let the user that runs BillingBot write there, or name another file in BILLINGBOT_DATABASE."
        )
    if _TOO_NEW.search(text):
        return StoreTooNew(f"{path} was written by a newer version of DuckDB than this BillingBot has.")
    if is_conflict(error) or isinstance(error, duckdb.ConstraintException):
        return StoreConflict("Somebody else changed the same thing at the same time. Nothing was saved; try again.")
    if isinstance(error, duckdb.FatalException):
        return StoreError(f"The database {path} had to be reopened. Nothing was saved; try again.")
    return StoreError(f"The database {path} could not do that. Nothing was saved. ({text})")


def _damaged_log(text: str, path: Path) -> StoreCorrupt:
    found = _LOG_POSITION.search(text)
    log = path.with_name(f"{path.name}.wal")
    if not found:
        return StoreCorrupt(
            f"{log}, which holds the newest changes of {path.name}, is damaged. Both were left as they are. "
            f"“python -m billingbot restore FILE” brings back a backup. ({text})"
        )
    return StoreCorrupt(
        f"{log}, which holds the newest changes of {path.name}, is damaged at byte {int(found[1]):,} of "
        f"{log.stat().st_size if log.exists() else 0:,}. Both were left as they are. “python -m billingbot doctor "
        "--repair” keeps copies of both and goes on with all changes before the damage; “python -m billingbot restore "
        "FILE” brings back a backup.",
        log_position=int(found[1]),
    )


def _busy(text: str, path: Path) -> StoreBusy:
    found = _HOLDER.search(text)
    holder = int(found[1]) if found else None
    who = f"process {holder}" if holder else "another process"
    return StoreBusy(
        f"{path} is held by {who}, and only one process at a time can use it. "
        "Work in that BillingBot, or stop it and try again.",
        holder=holder,
    )
