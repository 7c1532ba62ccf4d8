"""Everything that is in a database, as one value."""

import hashlib

from billingbot.store.engine import Engine
from tests.unit.store.decisions import select

_TABLES = """
select table_name
from information_schema.tables
where table_schema in ('main', 'public')
and table_type = 'BASE TABLE'
order by table_name
"""


def all_rows(engine: Engine) -> dict[str, str]:
    """Return a hash of the rows of each table."""
    tables = [name for (name,) in select(engine, _TABLES)]
    assert {"app_user", "audit", "mapping", "sign_in"} <= set(tables)
    return {name: _hash(select(engine, f"select * from {name}")) for name in tables}  # noqa: S608 - tables' names


def _hash(rows: list[tuple[object, ...]]) -> str:
    return hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()
