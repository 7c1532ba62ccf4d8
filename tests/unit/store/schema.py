"""What a database is made of, as one value."""

from typing import Any

from billingbot.store.engine import Engine
from tests.unit.store.decisions import select

_COLUMNS = """
select table_name, column_name, data_type, is_nullable, column_default
from information_schema.columns
where table_schema in ('main', 'public')
order by table_name, column_name
"""
_CONSTRAINTS = """
select table_name, constraint_type, count(*)
from information_schema.table_constraints
where table_schema in ('main', 'public') and constraint_type in ('PRIMARY KEY', 'UNIQUE')
group by table_name, constraint_type
order by table_name, constraint_type
"""


def schema(engine: Engine) -> list[tuple[Any, ...]]:
    """Return columns, keys, and the migrations that were applied."""
    journal = select(engine, "select name from schema_migration order by name")
    return [*select(engine, _COLUMNS), *select(engine, _CONSTRAINTS), *(("journal", name) for (name,) in journal)]
