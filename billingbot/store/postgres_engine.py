"""The database of several processes: PostgreSQL.

- Snapshots, as in DuckDB: REPEATABLE READ, so that no update is lost.
- One writer at a time, in all processes, so that writers do not conflict. Readers never wait. The turn is a lock on a
  table, which a transaction can wait for before it has a snapshot; a query for an advisory lock would fix the snapshot
  before the wait, and every writer who had to wait would fail. The table `write_turn` has no columns and no rows, so
  that the server never vacuums it: on a table that changes, its vacuum would make writers wait. The engine makes it
  itself, because the first migration is a write already.
- Writers of one process wait outside, and have a connection of their own: neither they nor those who read take it from
  the others.
- A connection that ended is replaced, and what it was used for is done again, unless it may have been saved.
"""

import random
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import psycopg
from psycopg.pq import TransactionStatus

from billingbot.errors import StoreError, StoreUnavailable
from billingbot.store.engine import Transaction
from billingbot.store.postgres_connections import Address, Patience, connected, pool_of
from billingbot.store.postgres_errors import MAYBE_SAVED, is_conflict, is_lost, translated, translated_connecting
from billingbot.store.postgres_transaction import PostgresTransaction
from billingbot.store.postgres_turn import Turn
from billingbot.store.retry import Backoff, retry

T = TypeVar("T")

_READERS = 10
_READ = b"begin isolation level repeatable read, read only"
_WRITE = b"begin isolation level repeatable read; lock table write_turn in share row exclusive mode"
_MAKING = 7_310_914  # an advisory lock of ours: two processes at once cannot make the same table, even if it exists


class PostgresEngine:
    """A PostgreSQL database as an `Engine`. Any number of engines, in any number of processes, can have it.

    Args:
        url: of the database, which exists and may be empty.
        backoff: how to wait after a conflict, or a connection that ended.
        patience: how long to wait for what.

    Raises:
        StoreUnavailable: the server does not answer.
        StoreError: the URL is none, or the server refuses it.
    """

    def __init__(self, url: str, backoff: Backoff | None = None, patience: Patience | None = None) -> None:
        patience = patience or Patience()
        address = Address.of(url)
        self._name = address.name
        self._backoff = backoff or Backoff(time.sleep, random.random)
        self._turn = Turn(patience.lock, address.name)
        with translated(self._name):
            _make_turn(address, patience)
            self._writing = pool_of(address, patience, 1)
            self._reading = pool_of(address, patience, _READERS)

    def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` on one snapshot that cannot be written to, and return its result."""
        with translated(self._name):
            return retry(partial(self._run, _READ, work), psycopg.Error, is_lost, self._backoff)

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction and commit; whatever it raises rolls everything back."""
        with translated(self._name):
            return retry(partial(self._write_once, work), psycopg.Error, _is_repeatable, self._backoff)

    def free_bytes(self) -> int | None:
        """Return None: the server knows it alone."""
        return None

    def close(self) -> None:
        """Release the connections, after a write that is under way. Closing twice is no error."""
        with self._turn.taken():
            try:
                self._writing.close()
            finally:
                self._reading.close()

    def _write_once(self, work: Callable[[Transaction], T]) -> T:
        with self._turn.taken():
            return self._run(_WRITE, work)

    def _run(self, begin: bytes, work: Callable[[Transaction], T]) -> T:
        pool = self._writing if begin is _WRITE else self._reading
        connection = pool.getconn()
        try:
            connection.execute(begin)
            result = work(PostgresTransaction(connection))
            self._commit(connection, saving=begin is _WRITE)
            return result
        finally:
            _roll_back(connection)
            pool.putconn(connection)

    def _commit(self, connection: psycopg.Connection[Any], *, saving: bool) -> None:
        try:
            answer = connection.execute(b"commit").statusmessage
        except psycopg.Error as error:
            if saving and is_lost(error):
                raise StoreUnavailable(MAYBE_SAVED.format(name=self._name)) from error
            raise
        if answer != "COMMIT":  # the server rolls a transaction back in which a statement has failed
            raise StoreError(f"{self._name} could not do that. Nothing was saved.")


def _is_repeatable(error: Exception) -> bool:
    return is_conflict(error) or is_lost(error)


def _roll_back(connection: psycopg.Connection[Any]) -> None:
    if connection.info.transaction_status in {TransactionStatus.INTRANS, TransactionStatus.INERROR}:
        try:
            connection.execute(b"rollback")
        except psycopg.Error:
            connection.close()  # which rolls back, too


def _make_turn(address: Address, patience: Patience) -> None:
    with translated_connecting(address.name):
        connection = connected(address, patience)
    with connection:
        connection.execute(b"select pg_advisory_lock(%d)" % _MAKING)
        [(found,)] = connection.execute(b"select to_regclass('write_turn')").fetchall()
        if found is None:
            connection.execute(b"create table write_turn ()")
