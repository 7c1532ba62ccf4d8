"""Rows of one list whose names have the same key: from the name alone nobody can say which of them is meant."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from billingbot.matching.names.name import Name


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that share a key, by position in their list, ascending."""

    key: str
    rows: list[int]


def groups_of(names: Sequence[Name], apart: Collection[int]) -> list[Group]:
    """Return the groups in the order of their first row; a name with an empty key is in none.

    A row of `apart` is a group of its own: it was rejected for a partner for which its namesakes were not.
    """
    groups: dict[tuple[str, int], Group] = {}
    for row, name in enumerate(names):
        if name.key:
            groups.setdefault((name.key, row if row in apart else -1), Group(name.key, [])).rows.append(row)
    return list(groups.values())


def rows_by_key(groups: Iterable[Group]) -> dict[str, list[int]]:
    """Return the rows of each key, whatever groups they are in."""
    rows: dict[str, list[int]] = {}
    for group in groups:
        rows.setdefault(group.key, []).extend(group.rows)
    return rows


def without(groups: Iterable[Group], rows: Collection[int]) -> list[Group]:
    """Return the groups whose first row is not among the rows; only groups of one row are ever linked."""
    return [group for group in groups if group.rows[0] not in rows]
