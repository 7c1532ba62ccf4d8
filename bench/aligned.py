"""Tables of plain text."""

from collections.abc import Sequence


def aligned(header: Sequence[str], rows: Sequence[Sequence[str]], words: int = 1) -> str:
    """Return header and rows as aligned lines: the first `words` columns to the left, the rest to the right.

    >>> print(aligned(["rule", "wrong"], [["equal keys", "11"]]))
    rule        wrong
    equal keys     11
    """
    widths = [max(len(cell) for cell in column) for column in zip(header, *rows, strict=True)]
    return "\n".join(_line(row, widths, words) for row in [header, *rows])


def _line(row: Sequence[str], widths: Sequence[int], words: int) -> str:
    cells = [
        cell.ljust(width) if column < words else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()
