"""Pages of a list, right or wrong on purpose."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from billingbot.sandbox.faults import FaultKind
from billingbot.sandbox.wire import Row

T = TypeVar("T")


class LastView(Generic[T]):
    """Remembers what was made of a list for the last query, so that a walk of many pages sorts and filters once."""

    def __init__(self) -> None:
        self._made_of: object = None
        self._query: frozenset[tuple[str, str]] = frozenset()
        self._view: Sequence[T] = ()

    def of(self, made_of: object, query: frozenset[tuple[str, str]], make: Callable[[], Sequence[T]]) -> Sequence[T]:
        """Return what `make` returns; it is not called when it would be made of the same, for the query of last time.

        Args:
            made_of: what stays equal as long as the list does: its rows, or the number of its changes.
            query: what is asked for, without the page.
            make: filters and sorts.
        """
        if self._made_of != made_of or self._query != query:
            self._view = make()
            self._made_of, self._query = made_of, query
        return self._view


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page and the count that the list claims."""

    rows: list[Row]
    total: int


def page_of(
    items: Sequence[T],
    number: int,
    size: int,
    render: Callable[[T], Row],
    faults: frozenset[FaultKind],
    id_and_name: tuple[str, str] = ("id", "name"),
) -> Page:
    """Return a page.

    Args:
        items: the whole list, in order.
        number: of the page, from 1; a page behind the end is empty.
        size: rows a page.
        render: makes a row of an item; called for this page only.
        faults: what is to go wrong.
        id_and_name: the keys of a row that faults know as id and name.
    """
    items = _shifted(items, number, faults)
    first = 0 if FaultKind.LOOPING_PAGE in faults else (number - 1) * size
    rows = [render(item) for item in items[first : first + size]]
    if FaultKind.SHORT_PAGE in faults:
        rows = rows[:-1]
    if FaultKind.DUPLICATE_ROWS in faults:
        rows = rows[:-1] + rows[:1]
    if rows:
        rows[0] = _spoiled(rows[0], faults, *id_and_name)
    return Page(rows, len(items))


def _shifted(items: Sequence[T], number: int, faults: frozenset[FaultKind]) -> Sequence[T]:
    """Return the list as it is when this page is read: empty, halved, or moved by one row for each page before."""
    if FaultKind.EMPTY_LIST in faults:
        return items[:0]
    if FaultKind.HALF_LIST in faults:
        return items[: len(items) // 2]
    if FaultKind.ROW_REMOVED in faults:
        return items[number - 1 :]
    if FaultKind.ROW_INSERTED in faults:
        return [*(list(items[:1]) * (number - 1)), *items]
    return items


def _spoiled(row: Row, faults: frozenset[FaultKind], id_key: str, name_key: str) -> Row:
    keys = ((FaultKind.MISSING_ID, id_key), (FaultKind.MISSING_NAME, name_key))
    lacking = {key for kind, key in keys if kind in faults}
    row = {key: value for key, value in row.items() if key not in lacking}
    if FaultKind.WRONG_TYPE in faults and id_key in row:
        row[id_key] = str(row[id_key]) if isinstance(row[id_key], int) else 4711
    return row
