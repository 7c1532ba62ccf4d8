"""A table as an Excel workbook: title and notes, then the rows under a heading that stays, with filters.

Texts are strings whatever they look like, so that nothing in the file is a formula or a link. Rows go to disk while
they are written: memory does not grow with them.
"""

import re
import textwrap
from collections.abc import Iterable, Mapping
from io import BytesIO

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from billingbot.exports.table import Column, Kind, Table, Value, values

_LONGEST = 32_767
"""UTF-16 units in a cell; Excel refuses a file that has more."""
_CUT = " … [cut: {} characters]"
_PAPER_A4 = 9
_LINE_HEIGHT, _TITLE_HEIGHT = 15, 24  # points, of Excel's default font and of the title's
_BUTTON = 3
"""Characters that the button of a filter takes, and the space around a text."""
_Look = Mapping[str, str | int | bool]
_LOOKS: Mapping[Kind, _Look] = {
    Kind.TEXT: {"num_format": "@", "align": "left", "indent": 1},
    Kind.WHOLE: {"num_format": "0", "align": "right"},
    Kind.SCORE: {"num_format": "0.0", "align": "right"},
    Kind.FLAG: {"align": "center"},
    Kind.AMOUNT: {"num_format": "#,##0.00##", "align": "right"},
    Kind.NUMBER: {"num_format": "General", "align": "right"},
}
_FALSE: _Look = {"font_color": "#B6C2D1"}  # pale, so that the eye finds what is true
_HEADING: _Look = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E2E8F0", "bottom": 1}


def excel_file(table: Table) -> bytes:
    """Return the table as a workbook of one sheet. A text too long for a cell says at its end that it is cut."""
    out = BytesIO()
    with Workbook(out, {"constant_memory": True}) as book:
        book.set_properties({"title": table.title})
        sheet = book.add_worksheet(_sheet_name(table.title))
        for position, column in enumerate(table.columns):
            sheet.set_column(position, position, _width(column) + _BUTTON, book.add_format(_LOOKS[column.kind]))
        heading = _write_notes(book, sheet, table)
        _write_heading(book, sheet, table.columns, heading)
        false = book.add_format({**_LOOKS[Kind.FLAG], **_FALSE})
        for row, cells in enumerate(zip(*values(table), strict=True), heading + 1):
            _write_row(sheet, row, table.columns, cells, false)
        _set_up(sheet, heading, heading + len(table.rows), len(table.columns) - 1)
    return out.getvalue()


def _sheet_name(title: str) -> str:
    """Return the title without what Excel refuses in the name of a sheet."""
    return re.sub(r"[\[\]:*?/\\']", " ", title)[:31]


def _width(column: Column) -> int:
    return max(column.width, *map(len, column.heading.split()))


def _write_notes(book: Workbook, sheet: Worksheet, table: Table) -> int:
    """Write title and notes, and return the row for the headings."""
    left = {"num_format": "@", "align": "left"}
    _write_text(sheet, 0, 0, table.title, book.add_format({**left, "bold": True, "font_size": 16}))
    sheet.set_row(0, _TITLE_HEIGHT)
    grey = book.add_format({**left, "font_color": "#475569"})
    for row, (label, note) in enumerate(table.notes, 1):
        # In one cell, from where it runs on over its neighbours: the first column may be narrow.
        _write_text(sheet, row, 0, f"{label}: {note}", grey)
    return len(table.notes) + 2


def _write_heading(book: Workbook, sheet: Worksheet, columns: Iterable[Column], row: int) -> None:
    lines = 1
    for position, column in enumerate(columns):
        _write_text(sheet, row, position, column.heading, book.add_format({**_LOOKS[column.kind], **_HEADING}))
        lines = max(lines, len(textwrap.wrap(column.heading, _width(column))))
    sheet.set_row(row, lines * _LINE_HEIGHT)


def _write_row(sheet: Worksheet, row: int, columns: Iterable[Column], cells: Iterable[Value], false: Format) -> None:
    """Write a row; its cells look as their column says, but for what is false."""
    for position, (column, cell) in enumerate(zip(columns, cells, strict=True)):
        if cell is None or cell == "":
            continue
        if column.kind is Kind.TEXT:
            _write_text(sheet, row, position, str(cell))
        elif column.kind is Kind.FLAG:
            sheet.write_boolean(row, position, cell, None if cell else false)
        else:
            sheet.write_number(row, position, cell)


def _write_text(sheet: Worksheet, row: int, position: int, text: str, look: Format | None = None) -> None:
    if len(text) > _LONGEST // 2:
        text = _cut(text)
    if text.startswith("<r>") and text.endswith("</r>"):
        # xlsxwriter takes this for its own markup of rich text and would write it unescaped; in pieces it does not.
        sheet.write_rich_string(row, position, *text[:2], text[2:], *([look] if look else []))
    else:
        sheet.write_string(row, position, text, look)


def _cut(text: str) -> str:
    """Return as much of the text as a cell holds, with how long it is."""
    units = text.encode("utf-16-le")
    if len(units) // 2 <= _LONGEST:
        return text
    said = _CUT.format(f"{len(text):,}")
    return units[: (_LONGEST - len(said)) * 2].decode("utf-16-le", errors="ignore") + said


def _set_up(sheet: Worksheet, heading: int, last_row: int, last_column: int) -> None:
    """Freeze and filter the headings, and make it print: landscape, as wide as a page, headings on each."""
    sheet.freeze_panes(heading + 1, 0)
    sheet.autofilter(heading, 0, last_row, last_column)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last_row + 1}"})
    sheet.set_landscape()
    sheet.set_paper(_PAPER_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&R&P / &N")
