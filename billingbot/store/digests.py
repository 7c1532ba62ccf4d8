"""What tells whether two tables have the same rows: their number, and a hash that does not depend on their order.

Each engine computes it of what it has stored; the text of a row that is hashed is the same in all of them.
"""

from billingbot.store.engine import Transaction
from billingbot.store.table_columns import Table

_TEXT = "coalesce(cast(length({0}) as varchar) || ':' || {0}, '-')"
# Sixty bits of a row's hash, as a number.
_NUMBER = {
    "duckdb": "cast('0x' || substr(md5({0}), 1, 15) as bigint)",
    "postgres": "cast(cast('x0' || substr(md5({0}), 1, 15) as bit(64)) as bigint)",
}
# Texts that the engines do not write alike by themselves.
_VALUES = {
    ("duckdb", "timestamptz"): "cast(epoch_us({0}) as varchar)",
    ("postgres", "timestamptz"): "cast(cast(extract(epoch from {0}) * 1000000 as bigint) as varchar)",
    ("postgres", "double"): "regexp_replace(cast({0} as varchar), '^(-?[0-9]+)$', '\\1.0')",
}
_ANY = "cast({0} as varchar)"

Digest = tuple[int, str]
"""How many rows, and their hash."""


def digest(tx: Transaction, table: Table) -> Digest:
    """Return how many rows the table has, and their hash."""
    values = [
        _VALUES.get((tx.dialect, kind), _ANY).format(f'"{column}"') for column, kind in sorted(table.columns.items())
    ]
    row = " || ".join(_TEXT.format(value) for value in values)
    number = _NUMBER[tx.dialect].format(row)
    [(count, total)] = tx.rows(f'select count(*), sum({number}) from "{table.name}"')  # noqa: S608 - the catalogue's names
    return int(count), f"{int(total or 0):x}"
