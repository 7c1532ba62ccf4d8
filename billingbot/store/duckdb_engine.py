"""The embedded database: one DuckDB file, one process.

- One connection a process, one cursor an operation: threads that share a cursor get each other's rows.
- One writer at a time, so that writers in this process never conflict. Readers never wait.
- Results are read to their end: DuckDB streams, and silently drops what is not read before a commit.
- No `executemany` (10,000 rows take seconds): many rows go through a frame.
- The configuration is locked: SQL can reach no other file, no extension and no variable of the program.
- A fatal error makes DuckDB refuse everything until its last handle is closed: the connection is dropped and reopened.
"""

import os
import random
import threading
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TypeVar

import duckdb

from billingbot.errors import StoreBusy, StoreError
from billingbot.store.duckdb_errors import is_conflict, translated
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


class DuckDBEngine:
    """A DuckDB file as an `Engine`; the file is created when it does not exist.

    Args:
        path: of the file. Only one engine at a time can have it, in this process or another.
        backoff: how to wait after a conflict with a writer that is not this engine's.

    Raises:
        StoreBusy: the file is held.
        StoreCorrupt: it is damaged or no database.
        StoreError: it cannot be opened for another reason.
    """

    def __init__(self, path: Path, backoff: Backoff | None = None) -> None:
        self._path = path
        self._backoff = backoff or Backoff(time.sleep, random.random)
        self._writing = threading.Lock()
        self._connecting = threading.Lock()
        self._closed = False
        self._connection: duckdb.DuckDBPyConnection | None = _connect(path)

    def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` on one snapshot that cannot be written to, and return its result."""
        with translated(self._path):
            return self._run("begin transaction read only", work)

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction and commit; whatever it raises rolls everything back."""
        with translated(self._path):
            return retry(partial(self._write_once, work), duckdb.Error, is_conflict, self._backoff)

    def close(self) -> None:
        """Release the file, after a write that is under way. Closing twice is no error."""
        with self._writing, self._connecting, translated(self._path):
            self._closed = True
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _write_once(self, work: Callable[[Transaction], T]) -> T:
        with self._writing:
            return self._run("begin transaction", work)

    def _run(self, begin: str, work: Callable[[Transaction], T]) -> T:
        connection = self._opened()
        try:
            # Closing a cursor rolls back what it did not commit.
            with closing(connection.cursor()) as cursor:
                cursor.execute(begin)
                result = work(DuckDBTransaction(cursor))
                cursor.commit()
                return result
        except duckdb.FatalException:
            self._drop(connection)
            raise

    def _opened(self) -> duckdb.DuckDBPyConnection:
        with self._connecting:
            if self._closed:
                raise StoreError(f"The database {self._path} is closed.")
            if self._connection is None:
                self._connection = _connect(self._path)
            return self._connection

    def _drop(self, connection: duckdb.DuckDBPyConnection) -> None:
        with self._connecting:
            connection.close()
            if self._connection is connection:
                self._connection = None


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    with translated(path):
        connection = duckdb.connect(path)
        try:
            _lock_down(connection, path)
        except (duckdb.Error, StoreError):
            connection.close()
            raise
        return connection


def _lock_down(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    # Within one process, DuckDB hands out the same database again: a locked configuration tells that it is in use.
    if connection.execute("select current_setting('lock_configuration')").fetchall() == [(True,)]:
        raise StoreBusy(f"This process has {path} open already.", holder=os.getpid())
    for statement in _CONFIGURATION:
        connection.execute(statement).fetchall()
