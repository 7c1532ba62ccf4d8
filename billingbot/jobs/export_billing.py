"""Put what a month comes to into tables that can be files: a row a client, or a row a charge."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

import pandas as pd

from billingbot.domain.billing import Billing, ClientBilling
from billingbot.domain.charge import Charge
from billingbot.domain.integration import Integration
from billingbot.exports.table import Column, Kind, Table
from billingbot.jobs.billing_rows import BillingRow

_SUMMARY = (
    Column("Halo Id", Kind.WHOLE, 9),
    Column("Halo Client", Kind.TEXT, 34),
    Column("Currency", Kind.TEXT, 9),
    Column("Lines", Kind.WHOLE, 7),
    Column("Cost", Kind.AMOUNT, 13),
    Column("Price", Kind.AMOUNT, 13),
    Column("Margin", Kind.AMOUNT, 13),
    Column("Margin %", Kind.NUMBER, 9),
    Column("Dropped Charges", Kind.WHOLE, 9),
    Column("Waiting Charges", Kind.WHOLE, 9),
    Column("Assignment", Kind.TEXT, 11),
    Column("Target", Kind.TEXT, 22),
    Column("State", Kind.TEXT, 16),
)
_DETAIL = (
    Column("Halo Id", Kind.WHOLE, 8),
    Column("Halo Client", Kind.TEXT, 24),
    Column("Company", Kind.TEXT, 24),
    Column("Charge", Kind.TEXT, 18),
    Column("Product", Kind.TEXT, 28),
    Column("SKU", Kind.TEXT, 14),
    Column("Kind", Kind.TEXT, 11),
    Column("From", Kind.TEXT, 10),
    Column("To", Kind.TEXT, 10),
    Column("Quantity", Kind.NUMBER, 9),
    Column("Cost", Kind.AMOUNT, 11),
    Column("Price", Kind.AMOUNT, 11),
    Column("Margin", Kind.AMOUNT, 11),
    Column("Currency", Kind.TEXT, 9),
    Column("Outcome", Kind.TEXT, 10),
    Column("Why", Kind.TEXT, 26),
    Column("Invoice Line", Kind.TEXT, 34),
)
_TYPES = {Kind.TEXT: "str", Kind.WHOLE: "Int64", Kind.AMOUNT: "object", Kind.NUMBER: "object"}
_Cells = tuple[str | int | Decimal | None, ...]


def summary_table(
    rows: Sequence[BillingRow], integration: Integration, billing: Billing, filters: str, now: datetime
) -> Table:
    """Return a row for each of the rows, in their order.

    Args:
        rows: of the month, all or some.
        integration: whose.
        billing: says which month it is.
        filters: says in words how they were chosen; "" when they were not.
        now: in UTC.
    """
    cells = [
        (
            *(row.client_id, row.client, row.currency, row.lines, row.cost, row.price, row.margin, row.margin_percent),
            *(row.dropped, row.waiting, row.assignment.capitalize(), row.target, str(row.standing)),
        )
        for row in rows
    ]
    notes = (*_notes(integration, billing, filters, now), ("Clients", f"{len({row.client_id for row in rows}):,}"))
    return Table("Ready to Invoice", notes, _SUMMARY, _frame(_SUMMARY, cells))


def detail_table(
    billing: Billing, client_ids: Sequence[int] | None, integration: Integration, filters: str, now: datetime
) -> Table:
    """Return a row for each charge with what became of it: a line, what dropped it, or what it waits for.

    Charges of the named clients, in the order of the clients; None is all of them, and then those without a client.
    """
    wanted = None if client_ids is None else set(client_ids)
    cells = [
        row
        for client in billing.clients
        if wanted is None or client.client.client_id in wanted
        for row in _charges(client)
    ]
    if wanted is None:
        cells += (
            _row(None, "", problem.charge, "Unassigned", problem.obstacle, "")
            for company in billing.unassigned
            for problem in company.problems
        )
    notes = (*_notes(integration, billing, filters, now), ("Charges", f"{len(cells):,}"))
    return Table("Ready to Invoice, charges", notes, _DETAIL, _frame(_DETAIL, cells))


def _notes(integration: Integration, billing: Billing, filters: str, now: datetime) -> tuple[tuple[str, str], ...]:
    return (
        ("Integration", integration.name),
        ("Month", str(billing.period)),
        ("Exported", f"{now:%Y-%m-%d %H:%M} UTC"),
        ("Filter", filters or "none"),
    )


def _charges(client: ClientBilling) -> Iterator[_Cells]:
    client_id, name = client.client.client_id, client.client.name
    for line in client.lines:
        for charge in line.members:
            yield _row(client_id, name, charge, "Line", "Collapsed" if line.collapsed else "", line.description)
    for dropped in client.dropped:
        yield _row(client_id, name, dropped.charge, "Dropped", dropped.rule, "")
    for problem in client.problems:
        yield _row(client_id, name, problem.charge, "Waiting", problem.obstacle, "")


def _row(client_id: int | None, client: str, charge: Charge, outcome: str, why: str, line: str) -> _Cells:
    start, end = ("" if day is None else day.isoformat() for day in (charge.start, charge.end))
    return (
        *(client_id, client, charge.company, charge.charge_id, charge.product, charge.sku, str(charge.kind)),
        *(start, end, charge.quantity, charge.cost, charge.price, charge.price - charge.cost, charge.currency),
        *(outcome, str(why), line),
    )


def _frame(columns: Sequence[Column], cells: Sequence[_Cells]) -> pd.DataFrame:
    by_column = zip(*cells, strict=True) if cells else [()] * len(columns)
    return pd.DataFrame(
        {
            column.heading: pd.Series(list(values), dtype=_TYPES[column.kind])
            for column, values in zip(columns, by_column, strict=True)
        }
    )
