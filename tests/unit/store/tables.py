"""Everything that is decided, as one value, to compare before and after."""

from typing import Any

from billingbot.store.engine import Engine
from tests.unit.store.decisions import select

_SETTINGS = """
select client_id, use_global, drop_azure, collapse_azure, drop_favorable_prorates, drop_zero_dollar,
    assignment, excluded, last_invoice_id, recurring_invoice_id
from client_settings
where integration = 'pax8'
order by client_id
"""
_NOTHING_DECIDED = (True, False, False, False, False, None, False, None, None)
_MAPPING = """
select company_id, client_id, outcome, score, reason, actor, created_at, linked_run
from mapping
where integration = 'pax8'
order by company_id
"""
_REJECTED = """
select company_id, client_id, actor, created_at, reason
from rejected_pair
where integration = 'pax8'
order by company_id, client_id
"""

Rows = list[tuple[Any, ...]]


def decided(engine: Engine) -> dict[str, Rows]:
    """Return settings that are not as if nobody had decided anything, mappings and rejections, without versions."""
    settings = [row for row in select(engine, _SETTINGS) if row[1:] != _NOTHING_DECIDED]
    return {"settings": settings, "mapping": select(engine, _MAPPING), "rejected": select(engine, _REJECTED)}


def counts(engine: Engine) -> tuple[int, int]:
    """Return how many audit rows there are, and the revision."""
    [(rows, number)] = select(engine, "select (select count(*) from audit), number from revision")
    return rows, number
