"""Which rows are on which page, and drawing them: title and notes once, headings and page number on each page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from billingbot.exports.pdf.document import Document, Font
from billingbot.exports.pdf.fitting import fitted
from billingbot.exports.pdf.grid import Cell, Grid

MARGIN = 28.0
_FOOT = 14.0
"""Height at the bottom of a page for its number."""
_LINE, _PADDING = 1.2, 0.28
"""From one baseline to the next, and above and below the lines of a row; in em."""
_BASELINE = 0.92
"""Of the first line, in em from the top of the lines."""
_TITLE, _NOTE, _SMALL = Font(16, bold=True), Font(8.5), Font(7)
_INK, _GREY, _BAND, _HAIRLINE = (15, 23, 42), (90, 103, 122), (226, 232, 240), (214, 221, 230)

Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Content:
    """All that is drawn, as `drawable` text, in lines: what is above the rows, the rows, and what is below them."""

    title: str
    notes: Sequence[str]
    headings: Row
    rows: Sequence[Row]
    remarks: Sequence[str]


def note_lines(texts: Iterable[str], document: Document) -> list[str]:
    """Return the lines of notes or remarks: three for each at most, as wide as the page."""
    wide = document.w - 2 * MARGIN
    return [
        line for text in texts for line in fitted(text, wide, 3, lambda part: document.measure(part, _NOTE))[0] if line
    ]


def draw(document: Document, content: Content, on: Grid) -> None:
    """Draw the content on as many pages as it takes."""
    document.set_line_width(0.4)
    document.set_draw_color(*_HAIRLINE)
    pages = _paginate(document, content, on)
    for number, rows in enumerate(pages, 1):
        document.add_page()
        y = MARGIN
        if number == 1:
            y = _draw_above(document, content, y)
        y = _draw_headings(document, content.headings, on, y)
        for row in rows:
            y = _draw_row(document, row, Font(on.size), y)
            document.line(on.edges[0], y, on.edges[-1], y)
        document.set_text_color(*_GREY)
        if number == len(pages):
            _draw_lines(document, content.remarks, _NOTE, y + _NOTE.size)
        _draw_foot(document, content.title, f"{number} / {len(pages)}")


def _paginate(document: Document, content: Content, on: Grid) -> list[list[Row]]:
    """Return the rows of each page; the last one has room for the remarks."""
    bottom = document.h - MARGIN - _FOOT
    top = MARGIN + _row_height(content.headings, on.size)
    pages: list[list[Row]] = [[]]
    y = top + _height_above(content)
    for row in content.rows:
        height = _row_height(row, on.size)
        if y + height > bottom:
            pages.append([])
            y = top
        pages[-1].append(row)
        y += height
    if y + _NOTE.size + _lines_height(content.remarks, _NOTE) > bottom:
        pages.append([])
    return pages


def _row_height(row: Row, size: float) -> float:
    return (max(1, *(len(cell.lines) for cell in row)) * _LINE + 2 * _PADDING) * size


def _lines_height(lines: Sequence[str], font: Font) -> float:
    return len(lines) * _LINE * font.size


def _height_above(content: Content) -> float:
    return _lines_height([content.title], _TITLE) + _lines_height(content.notes, _NOTE) + _NOTE.size


def _draw_above(document: Document, content: Content, y: float) -> float:
    """Draw title and notes, and return where the table begins."""
    document.set_text_color(*_INK)
    _draw_lines(document, [content.title], _TITLE, y)
    document.set_text_color(*_GREY)
    _draw_lines(document, content.notes, _NOTE, y + _lines_height([content.title], _TITLE))
    return y + _height_above(content)


def _draw_headings(document: Document, headings: Row, on: Grid, y: float) -> float:
    document.set_fill_color(*_BAND)
    document.rect(on.edges[0], y, on.edges[-1] - on.edges[0], _row_height(headings, on.size), style="F")
    document.set_text_color(*_INK)
    # Text whose colour is also the colour for filling needs no colour of its own in the file.
    document.set_fill_color(*_INK)
    return _draw_row(document, headings, Font(on.size, bold=True), y)


def _draw_row(document: Document, row: Row, font: Font, y: float) -> float:
    """Draw the lines of a row's cells, and return where the next row begins."""
    first = y + (_PADDING + _BASELINE) * font.size
    for cell in row:
        for number, (x, line) in enumerate(cell.lines):
            document.write_at(x, first + number * _LINE * font.size, line, font)
    return y + _row_height(row, font.size)


def _draw_lines(document: Document, lines: Sequence[str], font: Font, y: float) -> None:
    for number, line in enumerate(lines):
        document.write_at(MARGIN, y + (number * _LINE + _BASELINE) * font.size, line, font)


def _draw_foot(document: Document, title: str, number: str) -> None:
    baseline = document.h - MARGIN
    document.write_at(MARGIN, baseline, title, _SMALL)
    document.write_at(document.w - MARGIN - document.measure(number, _SMALL), baseline, number, _SMALL)
