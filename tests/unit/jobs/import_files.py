"""A client file as an operator edits it: exported from a desk, changed cell by cell, and given back as bytes."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO

from billingbot.exports.csv_file import csv_file
from billingbot.jobs.export_clients import client_table
from billingbot.jobs.import_clients import review_import
from billingbot.jobs.plan_import import ImportPlan
from billingbot.jobs.read_import import read_import
from tests.unit.jobs.conftest import Desk

NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)


@dataclass
class ClientFile:
    """The rows of a file: headings and cells as texts."""

    headings: list[str]
    rows: list[list[str]]

    def edit(self, client_id: int, **cells: str) -> None:
        """Type into the row of a client; `Row_Check` stands for the heading `Row Check`."""
        for name, cell in cells.items():
            self.row(client_id)[self.headings.index(name.replace("_", " "))] = cell

    def set(self, client_id: int, heading: str, cell: str) -> None:
        """Type into one cell."""
        self.row(client_id)[self.headings.index(heading)] = cell

    def row(self, client_id: int) -> list[str]:
        """Return the row of a client, to be changed."""
        place = self.headings.index("Halo Id")
        return next(row for row in self.rows if row[place] == str(client_id))

    def content(self, delimiter: str = ",", line_end: str = "\r\n", encoding: str = "utf-8") -> bytes:
        """Return the file as a spreadsheet saves it."""
        out = StringIO(newline="")
        writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end)
        writer.writerows([self.headings, *self.rows])
        return out.getvalue().encode(encoding)


def exported_file(desk: Desk, client_ids: Sequence[int] | None = None) -> ClientFile:
    """Return the file of a desk's clients as it is exported now."""
    table = client_table(desk.store, desk.store.integrations()[0], client_ids, "", NOW)
    headings, *rows = csv.reader(StringIO(csv_file(table, bom=False).decode(), newline=""))
    return ClientFile(headings, rows)


def review(desk: Desk, content: bytes) -> ImportPlan:
    """Return what importing a file at the desk would do."""
    return review_import(desk.store, desk.halo, desk.store.integrations()[0], read_import(content))
