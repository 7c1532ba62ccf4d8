"""The embedded database: one DuckDB file, one process.

- One connection a process, one cursor an operation: threads that share a cursor get each other's rows.
- One writer at a time, so that writers in this process never conflict. Readers never wait.
- Results are read to their end: DuckDB streams, and silently drops what is not read before a commit.
- No `executemany` (10,000 rows take seconds): many rows go through a frame.
- The configuration is locked: SQL can reach no other file, no extension and no variable of the program.
- A fatal error makes DuckDB refuse everything until its last handle is closed: the connection is dropped and reopened.
- Every commit is counted, and a file beside the database knows how many there were: DuckDB opens a database whose log
  was lost or cut short, and says nothing.
"""

import os
import random
import shutil
import threading
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TypeVar

import duckdb

from billingbot.errors import StoreBusy, StoreError, StoreFull
from billingbot.store import commit_number
from billingbot.store.commit_mark import CommitMark
from billingbot.store.duckdb_errors import is_conflict, is_saved, translated
from billingbot.store.duckdb_transaction import DuckDBTransaction
from billingbot.store.engine import Transaction
from billingbot.store.retry import Backoff, retry

T = TypeVar("T")

# In this order: nothing can be set after the last one. `global`, because cursors do not inherit what is set for one.
_CONFIGURATION = (
    "set allowed_directories = []",
    "set enable_external_access = false",
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set global TimeZone = 'UTC'",
    "set global python_enable_replacements = false",
    "set lock_configuration = true",
)


def _free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free


class DuckDBEngine:
    """A DuckDB file as an `Engine`; the file is created when it does not exist.

    Args:
        path: of the file. Only one engine at a time can have it, in this process or another.
        backoff: how to wait after a conflict with a writer that is not this engine's.
        free_bytes: says how much space a folder's disk has.
        marked: whether the file beside it that counts commits is heeded and kept; only a repair does without.

    Raises:
        StoreBusy: the file is held.
        StoreCorrupt: it is damaged or no database.
        StoreTailLost: changes that were saved in it are missing.
        StoreError: it cannot be opened for another reason.
    """

    def __init__(
        self,
        path: Path,
        backoff: Backoff | None = None,
        free_bytes: Callable[[Path], int] = _free_bytes,
        *,
        marked: bool = True,
    ) -> None:
        self._path = path
        self._backoff = backoff or Backoff(time.sleep, random.random)
        self._free_bytes = free_bytes
        self._writing = threading.Lock()
        self._connecting = threading.Lock()
        self._closed = False
        self._mark = CommitMark(path) if marked else None
        self._counted = False
        self._connection: duckdb.DuckDBPyConnection | None = _connect(path, self._mark)

    def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` on one snapshot that cannot be written to, and return its result."""
        with translated(self._path):
            return self._run("begin transaction read only", work)

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction and commit; whatever it raises rolls everything back."""
        with translated(self._path):
            return retry(partial(self._write_once, work), duckdb.Error, is_conflict, self._backoff)

    def free_bytes(self) -> int | None:
        """Return how much space is left where the file is."""
        return self._free_bytes(self._path.parent)

    def close(self) -> None:
        """Release the file, after a write that is under way. Closing twice is no error."""
        with self._writing, self._connecting, translated(self._path):
            self._closed = True
            if self._connection is not None:
                self._connection.close()
                self._connection = None
                if self._mark:
                    self._mark.close()

    def seal(self) -> None:
        """Close the file when it is whole by itself: everything is in it and nothing in its log any more.

        Closing alone does not tell: where there is no space to move the log to the file, DuckDB keeps both silently.

        Raises `StoreFull`, `StoreError`; the file is closed then too.
        """
        try:
            with self._writing, translated(self._path):
                self._opened().execute("checkpoint").fetchall()
        finally:
            self.close()
        if log_of(self._path).exists():
            raise StoreFull(f"There is no space left to write all of {self._path}; a part is in its log.")

    def _write_once(self, work: Callable[[Transaction], T]) -> T:
        with self._writing:
            result, number = self._run("begin transaction", partial(self._count, work))
            if number:
                self._counted = True
                if self._mark:
                    self._mark.note(number)
            return result

    def _count(self, work: Callable[[Transaction], T], tx: Transaction) -> tuple[T, int | None]:
        result = work(tx)
        return result, commit_number.advance(tx) if self._counted or commit_number.is_counted(tx) else None

    def _run(self, begin: str, work: Callable[[Transaction], T]) -> T:
        connection = self._opened()
        try:
            # Closing a cursor rolls back what it did not commit.
            with closing(connection.cursor()) as cursor:
                cursor.execute(begin)
                result = work(DuckDBTransaction(cursor))
                cursor.commit()
                return result
        except duckdb.FatalException as error:
            self._drop(connection)
            if is_saved(error):
                return result
            raise

    def _opened(self) -> duckdb.DuckDBPyConnection:
        with self._connecting:
            if self._closed:
                raise StoreError(f"The database {self._path} is closed.")
            if self._connection is None:
                self._connection = _connect(self._path, self._mark)
            return self._connection

    def _drop(self, connection: duckdb.DuckDBPyConnection) -> None:
        with self._connecting:
            connection.close()
            if self._connection is connection:
                self._connection = None


def log_of(path: Path) -> Path:
    """Return where the newest changes of a database file are.

    >>> log_of(Path("data/billingbot.duckdb")).as_posix()
    'data/billingbot.duckdb.wal'
    """
    return path.with_name(f"{path.name}.wal")


def read_file(path: Path, work: Callable[[Transaction], T]) -> T:
    """Run `work` on a file that is not written to, not even to tidy it up, and return its result.

    Raises `StoreBusy` when somebody has it, `StoreCorrupt`, `StoreError`.
    """
    with translated(path), closing(duckdb.connect(path, read_only=True)) as connection:
        _refuse_second(connection, path)
        for statement in _CONFIGURATION:
            connection.execute(statement).fetchall()
        connection.execute("begin transaction read only").fetchall()
        return work(DuckDBTransaction(connection))


def _connect(path: Path, mark: CommitMark | None) -> duckdb.DuckDBPyConnection:
    known = mark.number() if mark else None
    if not path.exists():
        commit_number.require(path, 0, known)
    with translated(path):
        connection = duckdb.connect(path)
        try:
            _refuse_second(connection, path)
            # Until it is known that nothing is missing, closing it must leave its files as they are.
            connection.execute("pragma disable_checkpoint_on_shutdown").fetchall()
            commit_number.require(path, commit_number.newest(DuckDBTransaction(connection)), known)
            connection.execute("pragma enable_checkpoint_on_shutdown").fetchall()
            for statement in _CONFIGURATION:
                connection.execute(statement).fetchall()
        except (duckdb.Error, StoreError):
            connection.close()
            raise
        return connection


def _refuse_second(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    # Within one process, DuckDB hands out the same database again: a locked configuration tells that it is in use.
    if connection.execute("select current_setting('lock_configuration')").fetchall() == [(True,)]:
        raise StoreBusy(f"This process has {path} open already.", holder=os.getpid())
