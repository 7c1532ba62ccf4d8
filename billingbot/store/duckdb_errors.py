"""DuckDB's exceptions as BillingBot's. The only place that reads DuckDB's messages."""

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
_TOO_NEW = re.compile(r"database file with version number")
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


def _store_error(error: duckdb.Error, path: Path) -> StoreError:
    text = str(error)
    if _LOCKED.search(text):
        return _busy(text, path)
    if _FULL.search(text):
        return StoreFull(f"There is no space left to write {path}. Nothing was saved; free some space and try again.")
    if _CORRUPT.search(text):
        return StoreCorrupt(f"{path} is damaged, or not a BillingBot database. It was left as it is. ({text})")
    if _TOO_NEW.search(text):
        return StoreTooNew(f"{path} was written by a newer version of DuckDB than this BillingBot has.")
    if is_conflict(error) or isinstance(error, duckdb.ConstraintException):
        return StoreConflict("Somebody else changed the same thing at the same time. Nothing was saved; try again.")
    if isinstance(error, duckdb.FatalException):
        return StoreError(f"The database {path} had to be reopened. Nothing was saved; try again.")
    return StoreError(f"The database {path} could not do that. Nothing was saved. ({text})")


def _busy(text: str, path: Path) -> StoreBusy:
    found = _HOLDER.search(text)
    holder = int(found[1]) if found else None
    who = f"process {holder}" if holder else "another process"
    return StoreBusy(
        f"{path} is held by {who}, and only one process at a time can use it. "
        "Work in that BillingBot, or stop it and try again.",
        holder=holder,
    )
