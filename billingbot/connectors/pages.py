"""Walking a list page by page, believing only what was seen.

A list is returned when, on one walk: every id came once; every page promised the same number of rows in all, and that
number came; and, where the source sorts by id, the ids rise. Anything else means that the list changed under the walk
or that the source repeats itself: the walk is repeated once, from the start, and then given up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from billingbot.errors import UpstreamListUnstable, UpstreamSchemaError
from billingbot.ports import PageSeen

Row = TypeVar("Row")
Id = TypeVar("Id", int, str)

_WALKS = 2


@dataclass(frozen=True, slots=True)
class Page(Generic[Id, Row]):
    """Rows with their ids, in the source's order, and how many the source promises in all."""

    rows: Sequence[tuple[Id, Row]]
    promised: int


@dataclass(frozen=True, slots=True)
class Listing(Generic[Id, Row]):
    """A list as a source offers it.

    Args:
        source: the vendor as users know it.
        name: the list in sentences: `/companies`.
        page: returns a page; the first is 1.
        rising: whether the source promises to sort by id.
        most_pages: where a walk ends at the latest.
    """

    source: str
    name: str
    page: Callable[[int], Page[Id, Row]]
    rising: bool
    most_pages: int = 2000


def walk(listing: Listing[Id, Row], seen: PageSeen) -> dict[Id, Row]:
    """Return all rows by id, in the source's order.

    Raises `UpstreamListUnstable`, `UpstreamSchemaError` when there is no end, and what `page` and `seen` raise.
    """
    contradiction = ""
    for _ in range(_WALKS):
        outcome = _walk_once(listing, seen)
        if not isinstance(outcome, str):
            return outcome
        contradiction = outcome
    raise UpstreamListUnstable(
        f"{listing.name} changed while it was read, {_WALKS} times in a row: {contradiction}.", source=listing.source
    )


def _walk_once(listing: Listing[Id, Row], seen: PageSeen) -> dict[Id, Row] | str:
    """Return all rows, or what contradicts them."""
    rows: dict[Id, Row] = {}
    promised: int | None = None
    for number in range(1, listing.most_pages + 1):
        page = listing.page(number)
        if promised is not None and page.promised != promised:
            return f"page {number} promises {page.promised} rows in all, earlier ones {promised}"
        contradiction = _add(rows, page, listing.rising)
        if contradiction is not None:
            return f"page {number} {contradiction}"
        promised = page.promised
        seen(len(rows), promised)
        if len(rows) == promised:
            return rows
    raise UpstreamSchemaError(f"{listing.name} has no end after {listing.most_pages} pages.", source=listing.source)


def _add(rows: dict[Id, Row], page: Page[Id, Row], rising: bool) -> str | None:
    """Add the page's rows; return what is wrong with them, if anything."""
    if not page.rows and len(rows) != page.promised:
        return f"is empty, after {len(rows)} of {page.promised} rows"
    newest = next(reversed(rows), None)
    for row_id, row in page.rows:
        if row_id in rows:
            return f"brings row {row_id} again"
        if rising and newest is not None and row_id < newest:
            return f"brings row {row_id} after {newest}"
        rows[row_id] = row
        newest = row_id
    if len(rows) > page.promised:
        return f"brings more than the promised {page.promised} rows"
    return None
