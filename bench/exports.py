"""How long exports of 10,000 clients take, beside what one would write without them.

Each export and its rival take turns on the same cells; the ratio of their best times is the figure. The rivals know
nothing of formulas, notes, widths or scripts: pandas writes CSV and Excel, fpdf2's own table the PDF.
`python -m bench.exports [rows]`.
"""

import itertools
import logging
import random
import sys
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pandas as pd
from fpdf import FPDF

from bench.aligned import aligned
from billingbot.exports.csv_file import csv_file
from billingbot.exports.excel_file import excel_file
from billingbot.exports.pdf.glyphs import REGULAR
from billingbot.exports.pdf_file import pdf_file
from billingbot.exports.table import Column, Kind, Table
from billingbot.sandbox.names import distinct_names
from billingbot.sandbox.oddities import ODDITIES

_PATIENCE = 15.0
"""Seconds for which a pair takes turns: many for CSV, one for PDF, of which the rival takes a minute."""
_TEXTS = {
    "Status": ("Mapped", "Review", "Suggested", "Unmapped"),
    "Reason": ("", "The names are the same apart from spelling.", "92.3 % alike; “Horizen” and “Horizon” differ."),
    "Assignment From": ("client", "default of Pax8"),
}
_TYPES = {Kind.TEXT: "str", Kind.WHOLE: "Int64", Kind.SCORE: "float64", Kind.FLAG: "bool"}
_COLUMNS = (
    Column("Halo Id", Kind.WHOLE, 8),
    Column("Halo Client", Kind.TEXT, 30),
    Column("Distributor Client", Kind.TEXT, 30),
    Column("Company Id", Kind.TEXT, 20),
    Column("Status", Kind.TEXT, 10),
    Column("Score", Kind.SCORE, 6),
    Column("Reason", Kind.TEXT, 34),
    Column("Last (# Invoice)", Kind.WHOLE, 9),
    Column("Recurring (# Invoice)", Kind.WHOLE, 9),
    *(Column(heading, Kind.FLAG, 6) for heading in ("New", "Last", "Recurring", "Exclude")),
    Column("Assignment From", Kind.TEXT, 12),
    *(Column(heading, Kind.FLAG, 8) for heading in ("Global Setting", "Drop Azure Lines", "Collapse Azure Lines")),
    *(Column(heading, Kind.FLAG, 9) for heading in ("Drop Favorable Prorates", "Drop Zero Dollar Lines")),
)


def main(size: int) -> None:
    """Print the times of each export and of its rival, and their ratio."""
    table = _table(size)
    # fpdf2 says which characters its table cannot draw.
    logging.disable(logging.WARNING)
    pairs = (
        ("CSV", lambda: csv_file(table, bom=False), lambda: _pandas_csv(table.rows), 1.2),
        ("Excel", lambda: excel_file(table), lambda: _pandas_excel(table.rows), 1.2),
        ("PDF", lambda: pdf_file(table).content, lambda: _fpdf_table(table.rows), 1.0),
    )
    rows = [_measured(*pair) for pair in pairs]
    print(f"{size:,} clients, {len(_COLUMNS)} columns, best times")
    print(aligned(["", "ours", "size", "rival", "size", "ratio", "goal", ""], rows))


def _measured(name: str, ours: Callable[[], bytes], rival: Callable[[], bytes], goal: float) -> list[str]:
    """Return a row of the answer, from taking turns."""
    times: list[tuple[float, float]] = []
    started = time.perf_counter()
    while not times or time.perf_counter() - started < _PATIENCE:
        mine, my_size = _timed(ours)
        theirs, their_size = _timed(rival)
        times.append((mine, theirs))
    mine, theirs = (min(side) for side in zip(*times, strict=True))
    verdict = "met" if mine / theirs <= goal else "NOT MET"
    cells = [f"{mine:.3f} s", _megabytes(my_size), f"{theirs:.3f} s", _megabytes(their_size)]
    return [name, *cells, f"{mine / theirs:.2f}", f"<= {goal}", verdict]


def _timed(work: Callable[[], bytes]) -> tuple[float, int]:
    started = time.perf_counter()
    content = work()
    return time.perf_counter() - started, len(content)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def _pandas_csv(rows: pd.DataFrame) -> bytes:
    return rows.to_csv(index=False).encode()


def _pandas_excel(rows: pd.DataFrame) -> bytes:
    out = BytesIO()
    rows.to_excel(out, engine="xlsxwriter", index=False)
    return out.getvalue()


def _fpdf_table(rows: pd.DataFrame) -> bytes:
    texts = [rows[heading].astype("object").where(rows[heading].notna(), "").map(str) for heading in rows]
    pdf = FPDF("landscape", "mm", "A4")
    pdf.add_font("plain", "", REGULAR.path)
    pdf.set_font("plain", size=6)
    pdf.add_page()
    with pdf.table(col_widths=[column.width for column in _COLUMNS], first_row_as_headings=False) as table:
        table.row([column.heading for column in _COLUMNS])
        for row in zip(*texts, strict=True):
            table.row(row)
    return bytes(pdf.output())


def _table(size: int) -> Table:
    """Return clients as a real list has them: a few per cent in other scripts, the oddities among them."""
    chance = random.Random(1)  # noqa: S311 (test data)
    names = list(itertools.islice(distinct_names(chance), size))
    for position, (client, _) in enumerate(ODDITIES):
        names[position * 7 % size] = client
    cells = {column.heading: pd.Series(_cells(column, names, chance), dtype=_TYPES[column.kind]) for column in _COLUMNS}
    notes = (("Integration", "Pax8"), ("Exported", "2026-11-26 10:00 UTC"), ("Filter", "all clients"))
    return Table("Client Management", notes, _COLUMNS, pd.DataFrame(cells))


def _cells(column: Column, names: list[str], chance: random.Random) -> list[Any]:
    count = range(len(names))
    if column.heading in ("Halo Client", "Distributor Client"):
        return names
    if column.heading == "Company Id":
        return [f"{chance.getrandbits(128):032x}" for _ in count]
    if column.heading == "Halo Id":
        return [*count]
    if column.kind is Kind.TEXT:
        return chance.choices(_TEXTS[column.heading], k=len(names))
    if column.kind is Kind.FLAG:
        return [chance.random() < 0.3 for _ in count]
    if column.kind is Kind.SCORE:
        return [chance.choice([100.0, 94.7, 91.2, None]) for _ in count]
    return [chance.choice([None, chance.randint(1, 99_999)]) for _ in count]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
