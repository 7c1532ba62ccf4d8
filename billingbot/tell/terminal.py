"""Foreign text and tables in a terminal: names cannot move the cursor, turn the line around or push columns aside."""

import sys
from collections.abc import Sequence
from unicodedata import bidirectional, category, east_asian_width

import click

_FROM_RIGHT = frozenset({"R", "AL", "AN"})
_ISOLATED = ("\u2068", "\u2069")
_LONGEST = 40


def say(text: str = "", *, error: bool = False) -> None:
    """Write a line. What the terminal's encoding lacks becomes a question mark: it must not end the command."""
    encoding = (sys.stderr if error else sys.stdout).encoding
    click.echo(text.encode(encoding, "replace").decode(encoding), err=error)


def shown(text: str) -> str:
    r"""Return foreign text as one line of what can be printed. Controls become blanks, also those that turn the text.

    What is written from right to left is set apart, so that figures beside it stay where they are.

    >>> shown("Acme\x1b[2J\u202eLtd\n")
    'Acme [2J Ltd'
    """
    return _set_apart(_printable(text))


def name_shown(name: str) -> str:
    """Return a name as `shown` does, cut to what a column can bear.

    >>> name_shown("x" * 50) == "x" * 39 + "…"
    True
    """
    line = _printable(name)
    return _set_apart(line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…")


def table(heading: Sequence[str], rows: Sequence[Sequence[str]], right: str = "") -> list[str]:
    """Return a table's lines, heading first.

    Args:
        heading: of the columns.
        rows: cells that are safe to show.
        right: `>` for each column that is set to the right, anything else for the others.

    >>> table(("Client", "Total"), [("Acme", "1.00")], "<>")
    ['Client  Total', 'Acme     1.00']
    """
    everything = [heading, *rows]
    widths = [max(map(_width, column)) for column in zip(*everything, strict=True)]
    sides = right.ljust(len(widths), "<")
    return [
        "  ".join(_cell(cell, width, side) for cell, width, side in zip(row, widths, sides, strict=True)).rstrip()
        for row in everything
    ]


def _printable(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _set_apart(line: str) -> str:
    turned = any(bidirectional(char) in _FROM_RIGHT for char in line)
    return f"{_ISOLATED[0]}{line}{_ISOLATED[1]}" if turned else line


def _cell(text: str, width: int, side: str) -> str:
    blanks = " " * (width - _width(text))
    return blanks + text if side == ">" else text + blanks


def _width(text: str) -> int:
    """Return how many columns the text takes: accents take none, most of East Asia's letters two."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(char) in ("W", "F") else 1
