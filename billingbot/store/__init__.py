"""The database: migrations, SQL, and an adapter for each engine. The only package that speaks to a database."""

from billingbot.store.database_store import DatabaseStore
from billingbot.store.open import open_duckdb

__all__ = ["DatabaseStore", "open_duckdb"]
