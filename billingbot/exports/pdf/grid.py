"""Where the cells of a table stand: the size of the letters, the columns, the lines in each cell. Units are points."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from billingbot.exports.pdf.document import Document, Font
from billingbot.exports.pdf.fitting import fitted
from billingbot.exports.table import Column, Kind

_CELL_LINES, _HEADING_LINES = 2, 3
_LARGEST, _SMALLEST = 9.0, 5.5
_CHARACTER = 0.47
"""How wide a character of a column's width is, in em: an average of names and numbers."""
_GAP = 0.45
"""Left and right in a cell, in em."""
_ROUNDING = 0.01
_SIDE = {
    Kind.TEXT: 0.0,
    Kind.FLAG: 0.5,
    Kind.WHOLE: 1.0,
    Kind.SCORE: 1.0,
    Kind.AMOUNT: 1.0,
    Kind.NUMBER: 1.0,
}
"""How much of the space that a line leaves is on its left."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns side by side: the left edge of each and the right edge of the last."""

    size: float
    edges: Sequence[float]


@dataclass(frozen=True, slots=True)
class Cell:
    """The lines of a cell, each with the x where it starts. `cut`: there is more text than they show."""

    lines: tuple[tuple[float, str], ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class _Slot:
    """The room for a cell's text."""

    left: float
    right: float
    side: float
    lines: int
    font: Font


def grid(columns: Sequence[Column], document: Document, left: float, right: float) -> Grid:
    """Return columns that fill the width in proportion to theirs, with letters as large as this allows.

    A column is at least as wide as its heading needs. Below the smallest size the columns get narrower.
    """
    wide = [max(column.width * _CHARACTER, _heading_width(column, document)) + 2 * _GAP for column in columns]
    scale = (right - left) / sum(wide)
    edges = [left]
    for em in wide:
        edges.append(edges[-1] + em * scale)
    return Grid(min(_LARGEST, max(_SMALLEST, scale)), edges)


def _heading_width(column: Column, document: Document) -> float:
    """Return the least width, in em, at which the heading is not cut."""

    def measure(text: str) -> float:
        return document.measure(text, Font(1, bold=True))

    words = column.heading.split()
    parts = [" ".join(words[first:end]) for first, end in combinations(range(len(words) + 1), 2)]
    widths = sorted(map(measure, parts))
    return next((width for width in widths if not fitted(column.heading, width, _HEADING_LINES, measure)[1]), 0)


def heading_cells(columns: Sequence[Column], on: Grid, document: Document) -> list[Cell]:
    """Return the cells of the row of headings."""
    font = Font(on.size, bold=True)
    return [
        _cell(column.heading, _slot(on, at, column.kind, _HEADING_LINES, font), document)
        for at, column in enumerate(columns)
    ]


def column_cells(texts: Iterable[str], at: int, kind: Kind, on: Grid, document: Document) -> list[Cell]:
    """Return the cells of the column at this position; equal texts are laid out once."""
    texts = list(texts)
    slot = _slot(on, at, kind, _CELL_LINES, Font(on.size))
    made = {text: _cell(text, slot, document) for text in set(texts)}
    return [made[text] for text in texts]


def _slot(on: Grid, at: int, kind: Kind, lines: int, font: Font) -> _Slot:
    gap = _GAP * on.size
    return _Slot(on.edges[at] + gap, on.edges[at + 1] - gap, _SIDE[kind], lines, font)


def _cell(text: str, slot: _Slot, document: Document) -> Cell:
    def measure(part: str) -> float:
        return document.measure(part, slot.font)

    lines, cut = fitted(text, slot.right - slot.left + _ROUNDING, slot.lines, measure)
    placed = [(slot.left + (slot.right - slot.left - measure(line)) * slot.side, line) for line in lines if line]
    return Cell(tuple(placed), cut)
