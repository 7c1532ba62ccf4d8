"""One open transaction on a PostgreSQL cursor."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, cast

import numpy as np
import pandas as pd
import psycopg
import pyarrow as pa

from billingbot.store.arrow_types import arrow_type
from billingbot.store.values import series, storable_frame, storable_params

# What the catalogue of types says, which is the same in every database.
_BOOLEAN = 16
_INTEGERS = {20, 21, 23}
_FLOATS = {700, 701}
_MOMENTS = {1082, 1114, 1184}
_AT_ONCE = 20_000


class PostgresTransaction:
    """A `Transaction` on a connection on which a transaction has begun."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        # A raw cursor leaves `$1` to the server, and a `%` in the text alone.
        self._connection = connection
        self._cursor = psycopg.RawCursor(connection)

    @property
    def dialect(self) -> Literal["duckdb", "postgres"]:
        """Return what the engine is."""
        return "postgres"

    def clock(self) -> datetime:
        """Return what time it is now by the database's clock."""
        # Not `current_timestamp`: the transaction began before it waited for its turn.
        [(now,)] = self.rows("select clock_timestamp()")
        return cast(datetime, now)

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return what the query selects."""
        self._run(sql, params)
        return self._cursor.fetchall()

    def frame(self, sql: str, params: Sequence[object] = ()) -> pd.DataFrame:
        """Return what the query selects as a frame; a bigint column with nulls becomes Int64, varchar becomes str."""
        rows = self.rows(sql, params)
        described = self._cursor.description or []
        columns = zip(*rows, strict=True) if rows else [() for _ in described]
        return pd.DataFrame(
            {
                column.name: series(_array(column.type_code, values))
                for column, values in zip(described, columns, strict=True)
            }
        )

    def execute(self, sql: str, params: Sequence[object] = ()) -> int:
        """Run the statement and return how many rows it inserted, updated or deleted."""
        self._run(sql, params)
        while self._cursor.nextset():
            pass
        return self._cursor.rowcount

    def stage(self, name: str, columns: Mapping[str, str], rows: pd.DataFrame) -> None:
        """Load the frame into a new temporary table that lives as long as the transaction."""
        definition = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        self.execute(f"create temp table {name} ({definition}) on commit drop")
        clean = storable_frame(rows[list(columns)])
        values = [_python_values(clean[column], kind) for column, kind in columns.items()]
        with self._cursor.copy(f"copy {name} ({', '.join(columns)}) from stdin") as copy:
            for row in zip(*values, strict=True):
                copy.write_row(row)
        # It has no statistics, and the next statement joins it.
        self.execute(f"analyze {name}")

    def batches(self, table: str, columns: Mapping[str, str]) -> Iterator[pa.RecordBatch]:
        """Yield the table's rows, many at a time; read them to the end before anything else is asked."""
        kinds = [arrow_type(kind) for kind in columns.values()]
        with psycopg.RawServerCursor(self._connection, "batches") as cursor:
            cursor.execute(f'select {_listed(columns)} from "{table}"'.encode())  # noqa: S608 - the catalogue's names
            while rows := cursor.fetchmany(_AT_ONCE):
                values = [pa.array(column, kind) for column, kind in zip(zip(*rows, strict=True), kinds, strict=True)]
                yield pa.RecordBatch.from_arrays(values, list(columns))

    def load(self, table: str, columns: Mapping[str, str], batches: Iterator[pa.RecordBatch]) -> None:
        """Add the rows to the table, exactly as they are."""
        with self._cursor.copy(f'copy "{table}" ({_listed(columns)}) from stdin'.encode()) as copy:
            for batch in batches:
                for row in zip(*(batch[column].to_pylist() for column in columns), strict=True):
                    copy.write_row(row)

    def take_time(self) -> None:
        """Be patient with what comes, until the transaction ends."""
        self.execute("set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0")

    def advance(self, sequence: str, number: int) -> None:
        """Let a sequence that nobody has asked yet go on after this number."""
        self.rows(f"select setval('{sequence}', $1)", (number,))

    def _run(self, sql: str, params: Sequence[object]) -> None:
        # Without parameters it may be several statements, which the server takes in one message only.
        self._cursor.execute(sql.encode(), storable_params(params) or None)


def _array(kind: int, values: Sequence[Any]) -> Any:
    mask = [value is None for value in values]
    if kind in _INTEGERS:
        return _masked(values, mask, 0, np.int64)
    if kind in _FLOATS:
        return _masked(values, mask, 0.0, np.float64)
    if kind == _BOOLEAN:
        return _masked(values, mask, False, np.bool_)
    if kind in _MOMENTS:
        moments = [None if value is None else np.datetime64(pd.Timestamp(value).tz_localize(None)) for value in values]
        return np.ma.MaskedArray(np.array(moments, dtype="datetime64[us]"), mask)
    return _masked(values, mask, "", object)


def _masked(values: Sequence[Any], mask: list[bool], filler: Any, dtype: Any) -> Any:
    filled = [filler if absent else value for value, absent in zip(values, mask, strict=True)]
    return np.ma.MaskedArray(np.array(filled, dtype=dtype), mask)


def _python_values(column: "pd.Series[Any]", kind: str) -> list[Any]:
    convert: Callable[[Any], Any] = int if kind == "bigint" else lambda value: value
    absent = column.isna().tolist()
    return [None if gone else convert(value) for value, gone in zip(column.tolist(), absent, strict=True)]


def _listed(columns: Mapping[str, str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
