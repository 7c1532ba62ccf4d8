"""Export the clients of an integration as a file that can be opened elsewhere."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from billingbot.domain.integration import Integration
from billingbot.exports.csv_file import csv_file
from billingbot.exports.excel_file import excel_file
from billingbot.exports.pdf_file import pdf_file
from billingbot.exports.table import Table
from billingbot.jobs.client_file import Heading
from billingbot.jobs.export_clients import client_table
from billingbot.ports import Store


class FileKind(StrEnum):
    """What a file can be, as its name ends."""

    EXCEL = "xlsx"
    PDF = "pdf"
    CSV = "csv"


def export_file(
    store: Store,
    integration: Integration,
    client_ids: Sequence[int] | None,
    filters: str,
    now: datetime,
    kind: FileKind,
    *,
    bom: bool = True,
) -> bytes:
    """Return the file; the arguments are those of `client_table`. `bom` is only asked for CSV."""
    return table_file(client_table(store, integration, client_ids, filters, now), kind, bom=bom)


def table_file(table: Table, kind: FileKind, *, bom: bool = True) -> bytes:
    """Return the table as a file. `bom` is only asked for CSV."""
    if kind is FileKind.CSV:
        return csv_file(table, bom=bom)
    return excel_file(table) if kind is FileKind.EXCEL else pdf_file(_on_paper(table)).content


def file_name(integration: Integration, now: datetime, kind: FileKind, what: str = "clients") -> str:
    """Name the file.

    >>> from datetime import UTC
    >>> file_name(Integration("pax8", "Pax8"), datetime(2026, 11, 26, tzinfo=UTC), FileKind.EXCEL)
    'pax8-clients-2026-11-26.xlsx'
    """
    return f"{integration.key}-{what}-{now:%Y-%m-%d}.{kind}"


def _on_paper(table: Table) -> Table:
    """Return the table without what only an import can read."""
    columns = tuple(column for column in table.columns if column.heading != Heading.CHECK)
    return replace(table, columns=columns, rows=table.rows[[column.heading for column in columns]])
