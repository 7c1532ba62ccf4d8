"""The SQL statements that are too long to stand in code, and the shapes of some parameters."""

from collections.abc import Sequence
from importlib.resources import files


def statement(name: str) -> str:
    """Return the text of `sql/<name>.sql`."""
    return (files("billingbot.store") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def columns(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    """Return the rows, of which there is at least one, as one list a column: what a statement unnests.

    >>> columns([("c1", 1), ("c2", 2)])
    [['c1', 'c2'], [1, 2]]
    """
    return [list(column) for column in zip(*rows, strict=True)]


def like_pattern(text: str) -> str:
    r"""Return the pattern that is like whatever contains the text, with a backslash as the escape.

    >>> like_pattern("50 %"), like_pattern("")
    ('%50 \\%%', '%%')
    """
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
