"""A table of Streamlit in which a click anywhere on a row, or an arrow key, picks it, and not only its box."""

from collections.abc import Sequence
from typing import Any


def picked_row(rows: Sequence[int], cells: Sequence[tuple[int, str]], before: int | None) -> int | None:
    """Return the row that a click has picked, None when it was picked already and is given up.

    Args:
        rows: those whose box is ticked, at most one.
        cells: those that are selected, at most one.
        before: the row that was picked.

    >>> picked_row([], [(3, "Who")], None), picked_row([3], [(5, "Who")], 3), picked_row([4], [(3, "Who")], 3)
    (3, 5, 4)
    >>> picked_row([], [(3, "Who")], 3) is None
    True
    """
    ticked = rows[0] if rows else None
    if ticked != before:
        return ticked
    return cells[0][0] if cells else before


def row_selection(row: int | None, cells: Sequence[tuple[int, str]] = ()) -> Any:
    """Return the state of a table in which a row is picked, and with it the selected cells that are in it."""
    rows = [] if row is None else [row]
    return {"selection": {"rows": rows, "columns": [], "cells": [cell for cell in cells if cell[0] == row]}}
