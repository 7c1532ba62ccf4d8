"""Connections to a PostgreSQL database: from its address to a pool of sessions that are all set up alike."""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import ConnectionPool

from billingbot.errors import StoreError


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for what, in seconds.

    A process that sleeps in a transaction keeps all writers waiting. It loses its session after `idle`, and those who
    wait get their turn, because `lock` is longer.
    """

    connection: float = 5.0
    idle: float = 30.0
    lock: float = 45.0
    statement: float = 60.0


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is. `name` is what it is called in messages, without user and password."""

    url: str
    name: str

    @classmethod
    def of(cls, url: str) -> "Address":
        """Return the address that the URL says. Raises `StoreError`, which tells nothing of the URL."""
        try:
            parts = conninfo_to_dict(url)
        except psycopg.ProgrammingError:
            parts = {}
        host = str(parts.get("host") or "localhost")
        if not url.startswith(("postgresql://", "postgres://")) or not parts or "@" in host:
            raise StoreError(
                "BILLINGBOT_DATABASE_URL is no PostgreSQL address. Write "
                "postgresql://user:password@host:5432/database, with %40 for an @ in the password, %3A for a colon "
                "and %2F for a slash."
            )
        return cls(url, f"The database {parts.get('dbname') or parts.get('user') or 'postgres'} at {host}")


def connected(address: Address, patience: Patience) -> psycopg.Connection[Any]:
    """Return a session of its own."""
    connection = psycopg.connect(address.url, **_connecting(patience))
    _set_up(connection, patience)
    return connection


def pool_of(address: Address, patience: Patience, most: int) -> "ConnectionPool[psycopg.Connection[Any]]":
    """Return an open pool of up to `most` sessions, each of which is known to live when it is handed out."""
    return ConnectionPool(
        address.url,
        kwargs=_connecting(patience),
        min_size=1,
        max_size=most,
        timeout=patience.connection,
        # After that long the pool gives up an attempt; the next one who asks makes a new one at once.
        reconnect_timeout=patience.connection / 2,
        configure=lambda connection: _set_up(connection, patience),
        check=ConnectionPool.check_connection,
        name="billingbot",
        open=True,
    )


def _connecting(patience: Patience) -> dict[str, Any]:
    return {
        "autocommit": True,  # transactions are begun and ended in words
        "connect_timeout": max(2, round(patience.connection)),
        "application_name": "billingbot",
        "client_encoding": "UTF8",
        # A host that vanished without a word is noticed after this many milliseconds.
        "tcp_user_timeout": round(patience.connection * 1000),
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        # A pooler in between may give each transaction another session; and a plan that is made for the values that
        # are asked for is better than one for all.
        "prepare_threshold": None,
    }


def _set_up(connection: psycopg.Connection[Any], patience: Patience) -> None:
    milliseconds = {
        "statement_timeout": patience.statement,
        "lock_timeout": patience.lock,
        "idle_in_transaction_session_timeout": patience.idle,
    }
    settings = "; ".join(f"set {name} = {round(seconds * 1000)}" for name, seconds in milliseconds.items())
    # How days are written is part of the hashes that compare two databases.
    connection.execute(f"set time zone 'UTC'; set datestyle = 'ISO, MDY'; {settings}".encode())
