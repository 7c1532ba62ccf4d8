"""What operators decide, written straight into the tables."""

from collections.abc import Sequence
from typing import Any

from billingbot.store.engine import Engine
from tests.unit.store.refreshes import NOON


def link(engine: Engine, company_id: str, client_id: int, integration: str = "pax8") -> None:
    engine.write(
        lambda tx: tx.execute(
            "insert into mapping (integration, company_id, client_id, outcome, reason, actor, created_at, version)"
            " values ($1, $2, $3, 'confident', 'by hand', 'ann', $4, 1)",
            (integration, company_id, client_id, NOON),
        )
    )


def unlink(engine: Engine, company_id: str, integration: str = "pax8") -> None:
    engine.write(
        lambda tx: tx.execute(
            "delete from mapping where integration = $1 and company_id = $2", (integration, company_id)
        )
    )


def reject(engine: Engine, company_id: str, client_id: int, integration: str = "pax8") -> None:
    engine.write(
        lambda tx: tx.execute(
            "insert into rejected_pair (integration, company_id, client_id, actor, created_at, reason)"
            " values ($1, $2, $3, 'ann', $4, 'not the same')",
            (integration, company_id, client_id, NOON),
        )
    )


def configure_client(
    engine: Engine,
    client_id: int,
    assignment: str | None = None,
    excluded: bool = False,
    last_invoice_id: int | None = None,
    recurring_invoice_id: int | None = None,
) -> None:
    engine.write(
        lambda tx: tx.execute(
            "insert into client_settings (integration, client_id, use_global, drop_azure, collapse_azure,"
            " drop_favorable_prorates, drop_zero_dollar, assignment, excluded, last_invoice_id,"
            " recurring_invoice_id, version)"
            " values ('pax8', $1, true, false, false, false, false, $2, $3, $4, $5, 3)",
            (client_id, assignment, excluded, last_invoice_id, recurring_invoice_id),
        )
    )


def select(engine: Engine, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    return engine.read(lambda tx: tx.rows(sql, params))
