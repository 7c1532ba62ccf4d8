"""Put the clients of an integration into a table that can be a file."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
import pandas as pd

from billingbot.domain.integration import Integration
from billingbot.exports.table import Column, Kind, Table
from billingbot.jobs.client_file import DEFAULT, Heading, row_check
from billingbot.jobs.client_values import standings
from billingbot.ports import Store

_COLUMNS = (
    Column(Heading.INTEGRATION, Kind.TEXT, 12),
    Column(Heading.CLIENT_ID, Kind.WHOLE, 9),
    Column(Heading.CLIENT, Kind.TEXT, 30),
    Column(Heading.STATUS, Kind.TEXT, 11),
    Column(Heading.COMPANIES, Kind.TEXT, 30),
    Column(Heading.COMPANY_IDS, Kind.TEXT, 44),
    Column(Heading.SCORE, Kind.SCORE, 8),
    Column(Heading.REASON, Kind.TEXT, 40),
    Column(Heading.LAST_INVOICE, Kind.WHOLE, 11),
    Column(Heading.RECURRING_INVOICE, Kind.WHOLE, 11),
    Column(Heading.ASSIGNMENT, Kind.TEXT, 12),
    Column(Heading.EFFECTIVE_ASSIGNMENT, Kind.TEXT, 12),
    Column(Heading.MISSING_TARGET, Kind.FLAG, 9),
    Column(Heading.EXCLUDED, Kind.FLAG, 9),
    Column(Heading.USE_GLOBAL, Kind.FLAG, 9),
    Column(Heading.DROP_AZURE, Kind.FLAG, 9),
    Column(Heading.COLLAPSE_AZURE, Kind.FLAG, 9),
    Column(Heading.DROP_FAVORABLE_PRORATES, Kind.FLAG, 10),
    Column(Heading.DROP_ZERO_DOLLAR, Kind.FLAG, 10),
    Column(Heading.CHECK, Kind.TEXT, 13),
)


def client_table(
    store: Store, integration: Integration, client_ids: Sequence[int] | None, filters: str, now: datetime
) -> Table:
    """Return the named clients in that order, or all of them by name, with every column of `Heading`.

    Args:
        store: what is exported is what it holds now.
        integration: whose companies and settings.
        client_ids: which clients; those that do not exist are left out. None is all.
        filters: says in words how they were chosen; "" when they were not.
        now: in UTC.

    Raises:
        NotFound: no such integration.
    """
    rows = store.client_rows(integration.key, client_ids)
    if client_ids is not None:
        rows = _in_order(rows, client_ids)
    return table_of(rows, integration, filters, now)


def table_of(rows: pd.DataFrame, integration: Integration, filters: str, now: datetime) -> Table:
    """Return rows of `Store.client_rows` as `client_table` does."""
    notes = (
        ("Integration", integration.name),
        ("Exported", f"{now:%Y-%m-%d %H:%M} UTC"),
        ("Filter", filters or "none"),
        ("Clients", f"{len(rows):,}"),
    )
    return Table("Client Management", notes, _COLUMNS, _file_rows(rows, integration))


def _in_order(rows: pd.DataFrame, client_ids: Sequence[int]) -> pd.DataFrame:
    places = {client_id: place for place, client_id in enumerate(client_ids)}
    return rows.iloc[np.argsort(rows["client_id"].map(places).to_numpy(), kind="stable")].reset_index(drop=True)


def _file_rows(rows: pd.DataFrame, integration: Integration) -> pd.DataFrame:
    effective = rows["assignment"].str.title()
    checks = [row_check(now.client_id, now.company_ids, now.settings) for now in standings(rows)]
    columns = {
        Heading.INTEGRATION: pd.Series(integration.name, index=rows.index, dtype="str"),
        Heading.CLIENT_ID: rows["client_id"].astype("Int64"),
        Heading.CLIENT: rows["client"],
        Heading.STATUS: rows["status"],
        Heading.COMPANIES: rows["companies"],
        Heading.COMPANY_IDS: rows["company_ids"],
        # Never rounded up: 100 means all of it.
        Heading.SCORE: np.floor(rows["score"] * 10 + 1e-6) / 10,
        Heading.REASON: rows["reason"],
        Heading.LAST_INVOICE: rows["last_invoice_id"],
        Heading.RECURRING_INVOICE: rows["recurring_invoice_id"],
        Heading.ASSIGNMENT: effective.mask(rows["inherited"], DEFAULT),
        Heading.EFFECTIVE_ASSIGNMENT: effective,
        Heading.MISSING_TARGET: rows["missing_target"],
        Heading.EXCLUDED: rows["excluded"],
        Heading.USE_GLOBAL: rows["use_global"],
        Heading.DROP_AZURE: rows["drop_azure"],
        Heading.COLLAPSE_AZURE: rows["collapse_azure"],
        Heading.DROP_FAVORABLE_PRORATES: rows["drop_favorable_prorates"],
        Heading.DROP_ZERO_DOLLAR: rows["drop_zero_dollar"],
        Heading.CHECK: pd.Series(checks, index=rows.index, dtype="str"),
    }
    return pd.DataFrame({heading.value: values for heading, values in columns.items()})
