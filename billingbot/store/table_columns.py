"""Which tables a database has, what their columns are, and what counts them up: said alike by every engine."""

import re
from dataclasses import dataclass

from billingbot.store.engine import Transaction

OF_THE_ENGINE = frozenset({"commit_number", "write_turn"})
"""Tables that are about the database itself, and stay when what is in it goes elsewhere."""
_TABLES = """
select table_name
from information_schema.tables
where table_schema = current_schema() and table_type = 'BASE TABLE'
"""
_COLUMNS = """
select table_name, column_name, lower(data_type), numeric_precision, numeric_scale, column_default
from information_schema.columns
where table_schema = current_schema()
order by table_name, ordinal_position
"""
_KINDS = {"character varying": "varchar", "double precision": "double", "timestamp with time zone": "timestamptz"}
_COUNTED = re.compile(r"nextval\('(\w+)'")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, its columns' types by their names, and the sequence that counts up one of them, if any."""

    name: str
    columns: dict[str, str]
    sequence: str = ""
    counted: str = ""


def tables(tx: Transaction) -> dict[str, Table]:
    """Return the tables with what BillingBot keeps, by name."""
    wanted = {name for (name,) in tx.rows(_TABLES)} - OF_THE_ENGINE
    found = {name: Table(name, {}) for name in sorted(wanted)}
    for table, column, kind, precision, scale, default in tx.rows(_COLUMNS):
        if table not in found:
            continue
        found[table].columns[column] = _kind(kind, precision, scale)
        if sequence := _COUNTED.search(default or ""):
            found[table] = Table(table, found[table].columns, sequence[1], column)
    return found


def _kind(kind: str, precision: int | None, scale: int | None) -> str:
    if kind.startswith(("decimal", "numeric")):
        return f"decimal({precision}, {scale})"
    return _KINDS.get(kind, kind)
