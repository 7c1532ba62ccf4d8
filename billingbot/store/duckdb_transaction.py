"""One open transaction on a DuckDB cursor."""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from billingbot.store.text import storable


class DuckDBTransaction:
    """A `Transaction` on a cursor on which a transaction has begun."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return what the query selects."""
        return self._cursor.execute(sql, _storable(params)).fetchall()

    def frame(self, sql: str, params: Sequence[object] = ()) -> pd.DataFrame:
        """Return what the query selects as a frame; a bigint column with nulls becomes Int64, varchar becomes str."""
        # Not .df(): it hands out a bigint column with nulls as floats, which are wrong above 2**53.
        columns = self._cursor.execute(sql, _storable(params)).fetchnumpy()
        return pd.DataFrame({name: _series(values) for name, values in columns.items()})

    def execute(self, sql: str, params: Sequence[object] = ()) -> int:
        """Run the statement and return how many rows it inserted, updated or deleted."""
        cursor = self._cursor.execute(sql, _storable(params))
        cursor.fetchall()
        return cursor.rowcount

    def stage(self, name: str, columns: Mapping[str, str], rows: pd.DataFrame) -> None:
        """Load the frame into a new temporary table that lives as long as the transaction."""
        definition = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        selection = ", ".join(f"cast({column} as {kind})" for column, kind in columns.items())
        self.execute(f"create temp table {name} ({definition})")
        self._cursor.register("staged_frame", _storable_frame(rows[list(columns)]))
        self.execute(f"insert into {name} select {selection} from staged_frame")  # noqa: S608 - the code's own names
        self._cursor.unregister("staged_frame")


def _storable(params: Sequence[object]) -> list[object]:
    return [_storable_value(value) for value in params]


def _storable_value(value: object) -> object:
    if isinstance(value, list):
        return [_storable_value(item) for item in value]
    return storable(value) if isinstance(value, str) else value


def _storable_frame(rows: pd.DataFrame) -> pd.DataFrame:
    clean = {}
    for name in rows:
        column = rows[name]
        texts = pd.api.types.is_string_dtype(column) or pd.api.types.is_object_dtype(column)
        clean[name] = column.map(storable, na_action="ignore") if texts else column
    return pd.DataFrame(clean)


def _series(values: Any) -> "pd.Series[Any]":
    series = pd.Series(np.ma.getdata(values))
    mask = np.ma.getmaskarray(values)
    if series.dtype == object:
        return series.mask(mask).astype("str")
    if mask.any() and pd.api.types.is_integer_dtype(series):
        return series.astype("Int64").mask(mask)
    return series.mask(mask) if mask.any() else series
