"""Databases by where they are: the path of a file, or the URL of one on a server. Processes are told so."""

import shutil
from pathlib import Path

from billingbot.store import DatabaseStore, open_database
from billingbot.store.duckdb_engine import DuckDBEngine
from billingbot.store.engine import Engine
from billingbot.store.postgres_engine import PostgresEngine
from tests.postgres_server import databases


def is_url(where: str) -> bool:
    """Say whether it is on a server."""
    return where.startswith("postgresql:")


def open_store(where: str | Path) -> DatabaseStore:
    """Open it as the app does."""
    return open_database(Path(where), str(where) if is_url(str(where)) else None)


def open_engine(where: str) -> Engine:
    """Open it as it is, without migrations, and without ending what runs in it."""
    return PostgresEngine(where) if is_url(where) else DuckDBEngine(Path(where))


def copy_of(where: str, folder: Path) -> str:
    """Return where a copy of it is that nobody else has; a file's is in the folder."""
    return databases().copy(where) if is_url(where) else str(shutil.copy(where, folder / "billingbot.duckdb"))


def forget(where: str) -> None:
    """Drop it from the server; a file goes with its folder."""
    if is_url(where):
        databases().drop(where)
