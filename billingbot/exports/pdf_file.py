"""A table as a PDF to print: A4 in landscape, in every script that there are fonts for; what is not shown is said."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from billingbot.exports.pdf.document import Document
from billingbot.exports.pdf.glyphs import REPLACEMENT, drawable
from billingbot.exports.pdf.grid import Cell, column_cells, grid, heading_cells
from billingbot.exports.pdf.pages import MARGIN, Content, draw, note_lines
from billingbot.exports.table import Kind, Table, Value, amount_text, number_text, values

_NAMED = 8
"""How many characters without a glyph are named in the PDF."""
_SHOWN: Mapping[Kind, Callable[[Value], str]] = {
    Kind.TEXT: str,
    Kind.WHOLE: lambda number: "" if number is None else str(number),
    Kind.SCORE: lambda score: "" if score is None else f"{score:.1f}",
    Kind.FLAG: lambda flag: "✓" if flag else "",
    Kind.AMOUNT: lambda amount: amount_text(amount) if isinstance(amount, Decimal) else "",
    Kind.NUMBER: lambda number: number_text(number) if isinstance(number, Decimal) else "",
}


@dataclass(frozen=True, slots=True)
class Pdf:
    """The file, and the characters that no font has a glyph for: sorted, each once."""

    content: bytes
    missing: str


def pdf_file(table: Table) -> Pdf:
    """Return the table as a PDF. Its last page says when a text is cut or a character has no glyph."""
    missing: set[str] = set()
    document = Document(table.title)
    on = grid(table.columns, document, MARGIN, document.w - MARGIN)
    columns = [
        column_cells((drawable(_SHOWN[column.kind](value), missing) for value in cells), at, column.kind, on, document)
        for at, (column, cells) in enumerate(zip(table.columns, values(table), strict=True))
    ]
    notes = note_lines([drawable(f"{label}: {note}", missing) for label, note in table.notes], document)
    remarks = note_lines(_remarks(columns, missing), document)
    headings = heading_cells(table.columns, on, document)
    draw(document, Content(table.title, notes, headings, [*zip(*columns, strict=True)], remarks), on)
    return Pdf(bytes(document.output()), "".join(sorted(missing)))


def _remarks(columns: list[list[Cell]], missing: set[str]) -> Iterator[str]:
    """Yield what has to be said below the rows."""
    if not columns or not columns[0]:
        yield "No rows."
    if any(cell.cut for column in columns for cell in column):
        yield "Texts that end in … are cut to two lines; the Excel and CSV exports hold them whole."
    if missing:
        named = [f"U+{ord(char):04X} {unicodedata.name(char, '')}".rstrip() for char in sorted(missing)]
        more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
        yield f"No glyph for {', '.join(named[:_NAMED])}{more}: shown as {REPLACEMENT}."
