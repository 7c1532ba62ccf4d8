"""Reading a complete list, and making sure of what is missing from it."""

from collections.abc import Callable
from typing import TypeVar

from billingbot.ports import PageSeen

Row = TypeVar("Row")
Id = TypeVar("Id", int, str)


def read_list(
    read: Callable[[PageSeen], list[Row]], id_of: Callable[[Row], Id], known: frozenset[Id], seen: PageSeen
) -> tuple[list[Row], frozenset[Id]]:
    """Return all rows by id, and which known ids are really missing.

    When a known row is missing, the list is read once more, and only what is missing from both readings counts: a row
    that is inserted and another that is deleted while pages are read hide a third, and no count shows it.
    """
    rows = {id_of(row): row for row in read(seen)}
    if known - rows.keys():
        rows |= {id_of(row): row for row in read(seen)}
    return [rows[key] for key in sorted(rows)], known - rows.keys()
