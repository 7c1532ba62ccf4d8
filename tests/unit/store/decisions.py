"""What operators decide for pax8, written straight into the tables."""

from collections.abc import Sequence
from typing import Any

from billingbot.store.engine import Engine
from tests.unit.store.refreshes import NOON


def link(
    engine: Engine, company_id: str, client_id: int, outcome: str = "confident", score: float | None = None
) -> None:
    engine.write(
        lambda tx: tx.execute(
            "insert into mapping"
            " (integration, company_id, client_id, outcome, score, reason, actor, created_at, version)"
            " values ('pax8', $1, $2, $3, $4, 'by hand', 'ann', $5, 1)",
            (company_id, client_id, outcome, score, NOON),
        )
    )


def unlink(engine: Engine, company_id: str) -> None:
    engine.write(
        lambda tx: tx.execute("delete from mapping where integration = 'pax8' and company_id = $1", (company_id,))
    )


def reject(engine: Engine, company_id: str, client_id: int) -> None:
    engine.write(
        lambda tx: tx.execute(
            "insert into rejected_pair (integration, company_id, client_id, actor, created_at, reason)"
            " values ('pax8', $1, $2, 'ann', $3, 'not the same')",
            (company_id, client_id, NOON),
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
