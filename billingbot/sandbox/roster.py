"""One list that can change while the server runs: rows are renamed, go, come back and are added."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import Generic, TypeVar

from billingbot.errors import NotFound
from billingbot.sandbox.dataset import HaloClient, Pax8Company

Id = TypeVar("Id", bound=Hashable)
Party = TypeVar("Party", bound=HaloClient | Pax8Company)


class Roster(Generic[Id, Party]):
    """The rows that are there now, in a stable order, by id.

    Changes replace `rows`, never alter it: a request that reads on another thread sees the old list or the new one.
    """

    def __init__(self, rows: Iterable[Party], id_of: Callable[[Party], Id]) -> None:
        self._id_of = id_of
        self._removed: dict[Id, tuple[int, Party]] = {}
        self._set(tuple(rows))

    def get(self, row_id: Id) -> Party | None:
        """Return the row, or None when there is none now."""
        return self._by_id.get(row_id)

    def numbered(self, number: int) -> Party | None:
        """Return the row of this place in the data set, or None when there is none now."""
        return self._by_number.get(number)

    def rename(self, row_id: Id, name: str) -> None:
        """Give a row another name. Raises `NotFound`."""
        old = self._required(row_id)
        new = replace(old, name=name)
        self._set(tuple(new if row is old else row for row in self.rows))

    def remove(self, row_id: Id) -> None:
        """Take a row away; `restore` brings it back. Raises `NotFound`."""
        row = self._required(row_id)
        self._removed[row_id] = (self.rows.index(row), row)
        self._set(tuple(other for other in self.rows if other is not row))

    def restore(self, row_id: Id) -> None:
        """Bring a removed row back to its place. Raises `NotFound`."""
        if row_id not in self._removed:
            raise NotFound(f"No removed row {row_id}.")
        place, row = self._removed.pop(row_id)
        self._set((*self.rows[:place], row, *self.rows[place:]))

    def add(self, row: Party) -> None:
        """Append a new row."""
        self._set((*self.rows, row))

    def _required(self, row_id: Id) -> Party:
        row = self.get(row_id)
        if row is None:
            raise NotFound(f"No row {row_id}.")
        return row

    def _set(self, rows: tuple[Party, ...]) -> None:
        self._by_id = {self._id_of(row): row for row in rows}
        self._by_number = {row.number: row for row in rows}
        self.rows: tuple[Party, ...] = rows
