"""A table as CSV that can be edited and imported again: UTF-8, RFC 4180, headings first, nothing above them.

A spreadsheet runs a cell that starts with = + - @ (also behind blanks, also full-width), a tab or a line break. Such a
text gets an apostrophe in front. So does one that has apostrophes before that already: else nobody could tell whose
apostrophe it is. `plain_cell` takes exactly this one away again.
"""

import csv
import re
from decimal import Decimal
from io import StringIO

import pandas as pd

from billingbot.exports.table import Kind, Table, Value, amount_text, number_text, values

_BLANK = r"[\x00-\x20\x7f-\xa0" + "\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]"
_FORMULA = f"'*{_BLANK}*[\t\r\n=+@＝＋－＠-]"
_formula = re.compile(_FORMULA)


def csv_file(table: Table, *, bom: bool) -> bytes:
    """Return the table as CSV. Flags are TRUE and FALSE; what is missing is empty.

    Args:
        table: what is written; its title and notes are not.
        bom: whether a byte order mark comes first; Excel takes the file for the local code page without one.
    """
    columns = [
        _written(cells, column.kind, table.rows.iloc[:, position])
        for position, (column, cells) in enumerate(zip(table.columns, values(table), strict=True))
    ]
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(column.heading for column in table.columns)
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue().encode("utf-8-sig" if bom else "utf-8")


def plain_cell(cell: str) -> str:
    """Return the text that `csv_file` wrote as this cell.

    >>> plain_cell("'=cmd()"), plain_cell("'t Hooft"), plain_cell("=cmd()")
    ('=cmd()', "'t Hooft", '=cmd()')
    """
    return cell[1:] if cell.startswith("'") and _formula.match(cell[1:]) else cell


def _written(cells: list[Value], kind: Kind, column: "pd.Series[str]") -> list[Value]:
    """Return the cells as they are written. `column` is the same cells, for what is done to all of them at once."""
    if kind is Kind.FLAG:
        return ["TRUE" if cell else "FALSE" for cell in cells]
    if kind in (Kind.AMOUNT, Kind.NUMBER):
        text = amount_text if kind is Kind.AMOUNT else number_text
        return [text(cell).replace(",", "") if isinstance(cell, Decimal) else "" for cell in cells]
    if kind is Kind.TEXT:
        for row in column.str.match(_FORMULA).to_numpy(dtype=bool, na_value=False).nonzero()[0]:
            cells[row] = f"'{cells[row]}"
    return cells
