"""Opening a database: connect, bring its tables up to date, hand out the store."""

from pathlib import Path

from billingbot.errors import StoreError
from billingbot.store import run_writes, send_leases
from billingbot.store.database_store import DatabaseStore
from billingbot.store.duckdb_engine import DuckDBEngine
from billingbot.store.migrate import migrate, packaged_migrations
from billingbot.store.postgres_engine import PostgresEngine


def open_database(path: Path, url: str | None) -> DatabaseStore:
    """Return the store in the PostgreSQL database of the URL; without one, that in the DuckDB file.

    Raises what `open_postgres` and `open_duckdb` raise.
    """
    return open_postgres(url) if url else open_duckdb(path)


def open_postgres(url: str) -> DatabaseStore:
    """Return the store in the PostgreSQL database, which exists and may be empty.

    Other processes may have it open, and what runs in them goes on: only what has lost its lease ends here.

    Raises:
        StoreUnavailable: the server does not answer.
        StoreTooNew: a newer BillingBot wrote it.
        StoreError: it cannot be opened for another reason.
    """
    engine = PostgresEngine(url)
    try:
        migrate(engine, packaged_migrations())
        engine.write(run_writes.abandon_expired)
    except StoreError:
        engine.close()
        raise
    return DatabaseStore(engine)


def open_duckdb(path: Path) -> DatabaseStore:
    """Return the store in the DuckDB file; the file and its folder are created when they do not exist.

    Whoever has the file open is the only one: a refresh that is still running in it died with its process, and ends
    here; so did a sending, and its lease is free.

    Raises:
        StoreBusy: another process holds the file; `holder` says which.
        StoreCorrupt: the file is damaged or no database; it was not touched.
        StoreTooNew: a newer BillingBot wrote it.
        StoreError: it cannot be opened for another reason.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder {path.parent} cannot be created: {error.strerror}.") from error
    engine = DuckDBEngine(path)
    try:
        migrate(engine, packaged_migrations())
        engine.write(run_writes.abandon_all)
        engine.write(send_leases.release_all)
    except StoreError:
        engine.close()
        raise
    return DatabaseStore(engine)
