"""The database: migrations, SQL, and an adapter for each engine. The only package that speaks to a database."""

from billingbot.store.database_store import DatabaseStore
from billingbot.store.engine import Engine
from billingbot.store.guarded_store import guarded
from billingbot.store.open import open_database, open_duckdb, open_postgres

__all__ = ["DatabaseStore", "Engine", "guarded", "open_database", "open_duckdb", "open_postgres"]
