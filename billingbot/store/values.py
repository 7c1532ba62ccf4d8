"""Values on their way into a database and out of it, the same for every engine."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from billingbot.store.text import storable


def storable_params(params: Sequence[object]) -> list[object]:
    """Return the parameters with their texts as every engine can store them."""
    return [_storable_value(value) for value in params]


def storable_frame(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with its texts as every engine can store them."""
    clean = {}
    for name in rows:
        column = rows[name]
        texts = pd.api.types.is_string_dtype(column) or pd.api.types.is_object_dtype(column)
        clean[name] = column.map(storable, na_action="ignore") if texts else column
    return pd.DataFrame(clean)


def series(values: Any) -> "pd.Series[Any]":
    """Return an array, of which some values may be masked, as a column: integers with nulls are Int64, texts str."""
    column = pd.Series(np.ma.getdata(values))
    mask = np.ma.getmaskarray(values)
    if column.dtype == object:
        return column.mask(mask).astype("str")
    if mask.any() and pd.api.types.is_integer_dtype(column):
        return column.astype("Int64").mask(mask)
    return column.mask(mask) if mask.any() else column


def _storable_value(value: object) -> object:
    if isinstance(value, list):
        return [_storable_value(item) for item in value]
    return storable(value) if isinstance(value, str) else value
