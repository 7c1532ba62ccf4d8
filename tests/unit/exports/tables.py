"""Tables to export, as small as a test needs them."""

from collections.abc import Sequence

import pandas as pd

from billingbot.exports.table import Column, Kind, Table

NOTES = (("Integration", "Pax8"), ("Exported", "2026-11-26 10:00 UTC"), ("Filter", "Review; search: acme"))
COLUMNS = (
    Column("Halo Id", Kind.WHOLE, 8),
    Column("Halo Client", Kind.TEXT, 30),
    Column("Match Score", Kind.SCORE, 6),
    Column("Last (# Invoice)", Kind.WHOLE, 9),
    Column("Exclude", Kind.FLAG, 7),
)


def client_table(names: Sequence[str]) -> Table:
    """Return a row for each name: ids from 1, every second without score and invoice, every third excluded."""
    count = range(len(names))
    rows = pd.DataFrame(
        {
            "Halo Id": pd.Series([number + 1 for number in count], dtype="Int64"),
            "Halo Client": pd.Series(names, dtype="str"),
            "Match Score": pd.Series([None if number % 2 else 94.7 for number in count], dtype="float64"),
            "Last (# Invoice)": pd.Series([None if number % 2 else 1_234_567 for number in count], dtype="Int64"),
            "Exclude": pd.Series([number % 3 == 0 for number in count], dtype="bool"),
        }
    )
    return Table("Client Management", NOTES, COLUMNS, rows)


def text_table(columns: Sequence[Sequence[str]], width: int = 30) -> Table:
    """Return a table of text columns, all equally wide, headed Text 1, Text 2 and so on."""
    headings = [f"Text {number}" for number in range(1, len(columns) + 1)]
    rows = pd.DataFrame(
        {heading: pd.Series(texts, dtype="str") for heading, texts in zip(headings, columns, strict=True)}
    )
    return Table("Texts", (), tuple(Column(heading, Kind.TEXT, width) for heading in headings), rows)
