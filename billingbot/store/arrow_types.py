"""The types of columns in Arrow, which carries many rows from one engine to another without losing any of them."""

import re

import pyarrow as pa

_TYPES = {
    "bigint": pa.int64(),
    "varchar": pa.string(),
    "boolean": pa.bool_(),
    "double": pa.float64(),
    "date": pa.date32(),
    "timestamptz": pa.timestamp("us", tz="UTC"),
}
_DECIMAL = re.compile(r"decimal\((\d+), (\d+)\)")


def arrow_type(kind: str) -> pa.DataType:
    """Return the Arrow type of a column of this SQL type.

    >>> arrow_type("decimal(28, 10)")
    Decimal128Type(decimal128(28, 10))
    """
    if found := _DECIMAL.fullmatch(kind):
        return pa.decimal128(int(found[1]), int(found[2]))
    return _TYPES[kind]
