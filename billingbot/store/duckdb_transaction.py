"""One open transaction on a DuckDB cursor."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

import duckdb
import pandas as pd
import pyarrow as pa

from billingbot.store.values import series, storable_frame, storable_params

_AT_ONCE = 20_000


class DuckDBTransaction:
    """A `Transaction` on a cursor on which a transaction has begun."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    @property
    def dialect(self) -> Literal["duckdb", "postgres"]:
        """Return what the engine is."""
        return "duckdb"

    def clock(self) -> datetime:
        """Return what time it is now by the database's clock."""
        # This machine's. DuckDB itself only says when the transaction began, after its wait for other writers.
        return datetime.now(UTC)

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return what the query selects."""
        return self._cursor.execute(sql, storable_params(params)).fetchall()

    def frame(self, sql: str, params: Sequence[object] = ()) -> pd.DataFrame:
        """Return what the query selects as a frame; a bigint column with nulls becomes Int64, varchar becomes str."""
        # Not .df(): it hands out a bigint column with nulls as floats, which are wrong above 2**53.
        columns = self._cursor.execute(sql, storable_params(params)).fetchnumpy()
        return pd.DataFrame({name: series(values) for name, values in columns.items()})

    def execute(self, sql: str, params: Sequence[object] = ()) -> int:
        """Run the statement and return how many rows it inserted, updated or deleted."""
        cursor = self._cursor.execute(sql, storable_params(params))
        cursor.fetchall()
        return cursor.rowcount

    def stage(self, name: str, columns: Mapping[str, str], rows: pd.DataFrame) -> None:
        """Load the frame into a new temporary table that lives as long as the transaction."""
        definition = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        selection = ", ".join(f"cast({column} as {kind})" for column, kind in columns.items())
        self.execute(f"create temp table {name} ({definition})")
        self._cursor.register("staged_frame", storable_frame(rows[list(columns)]))
        self.execute(f"insert into {name} select {selection} from staged_frame")  # noqa: S608 - the code's own names
        self._cursor.unregister("staged_frame")

    def batches(self, table: str, columns: Mapping[str, str]) -> Iterator[pa.RecordBatch]:
        """Yield the table's rows, many at a time; read them to the end before anything else is asked."""
        reader = self._cursor.sql(f'select {_listed(columns)} from "{table}"').to_arrow_reader(_AT_ONCE)  # noqa: S608
        yield from reader

    def load(self, table: str, columns: Mapping[str, str], batches: Iterator[pa.RecordBatch]) -> None:
        """Add the rows to the table, exactly as they are."""
        listed = _listed(columns)
        for batch in batches:
            self._cursor.register("loaded_batch", pa.Table.from_batches([batch]))
            self.execute(f'insert into "{table}" ({listed}) select {listed} from loaded_batch')  # noqa: S608
            self._cursor.unregister("loaded_batch")

    def take_time(self) -> None:
        """Be patient with what comes: DuckDB is anyhow."""

    def advance(self, sequence: str, number: int) -> None:
        """Let a sequence that nobody has asked yet go on after this number."""
        self.rows(f"select max(nextval('{sequence}')) from range($1)", (number,))  # noqa: S608 - the catalogue's name


def _listed(columns: Mapping[str, str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
