"""What the store's SQL runs on: a database that gives transactions. DuckDB implements it; PostgreSQL can.

SQL is written once for both: `$1` parameters, explicit casts where a type cannot be inferred, portable types only.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol, TypeVar

import pandas as pd
import pyarrow as pa

T = TypeVar("T")


class Transaction(Protocol):
    """One open transaction. Every result is read to its end before a method returns, except for `batches`.

    `dialect` is for what the engines do not say alike, which is next to nothing.
    """

    @property
    def dialect(self) -> Literal["duckdb", "postgres"]:
        """Return what the engine is."""

    def clock(self) -> datetime:
        """Return what time it is now by the database's clock, which may be later than the transaction began."""

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return what the query selects."""

    def frame(self, sql: str, params: Sequence[object] = ()) -> pd.DataFrame:
        """Return what the query selects as a frame; a bigint column with nulls becomes Int64, varchar becomes str.

        Not for decimals: they would pass through a float.
        """

    def execute(self, sql: str, params: Sequence[object] = ()) -> int:
        """Run the statement and return how many rows it inserted, updated or deleted.

        Without parameters, `sql` may be several statements; the number is the last one's.
        """

    def stage(self, name: str, columns: Mapping[str, str], rows: pd.DataFrame) -> None:
        """Load the frame into a new temporary table that lives as long as the transaction.

        Args:
            name: of the table; an identifier that the code chose, never a text from outside.
            columns: name → SQL type, of those columns of `rows` that are wanted.
            rows: the data; missing values become null.
        """

    def batches(self, table: str, columns: Mapping[str, str]) -> Iterator[pa.RecordBatch]:
        """Yield the table's rows, many at a time; read them to the end before anything else is asked.

        Args:
            table: its name.
            columns: name → SQL type, of all columns.
        """

    def load(self, table: str, columns: Mapping[str, str], batches: Iterator[pa.RecordBatch]) -> None:
        """Add the rows to the table, exactly as they are."""

    def take_time(self) -> None:
        """Be patient with what comes: for whoever copies whole tables, one of which may take minutes."""

    def advance(self, sequence: str, number: int) -> None:
        """Let a sequence that nobody has asked yet go on after this number."""


class Engine(Protocol):
    """A database. Safe to use from many threads. All methods raise `StoreError`."""

    def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` on one snapshot that cannot be written to, and return its result."""

    def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in one transaction and commit; whatever it raises rolls everything back.

        `work` runs again, on a new snapshot, when another writer got in between.
        """

    def free_bytes(self) -> int | None:
        """Return how much space is left where the database is; None where that is not known."""

    def close(self) -> None:
        """Release the database, after a write that is under way."""
