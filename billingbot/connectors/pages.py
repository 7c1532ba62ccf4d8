"""Walking a list page by page, believing only what was seen.

A list is returned when, on one walk: every id came once; every page promised the same number of rows in all, and that
number came; and, where the source sorts by id, the ids rise. Where a source promises no number, each page leads to the
next one, and the list ends with the page that leads nowhere. Anything else means that the list changed under the walk
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


@dataclass(frozen=True, slots=True)
class LinkedPage(Generic[Id, Row]):
    """Rows with their ids, in the source's order, and the link to the next page, None on the last one."""

    rows: Sequence[tuple[Id, Row]]
    next_link: str | None


@dataclass(frozen=True, slots=True)
class LinkedListing(Generic[Id, Row]):
    """A list whose pages lead to each other; how many rows there are is not promised.

    Args:
        source: the vendor as users know it.
        name: the list in sentences: `/Accounts`.
        first_link: where it begins.
        page: returns the page at a link; its number, from 1, is for sentences.
        most_pages: where a walk ends at the latest.
    """

    source: str
    name: str
    first_link: str
    page: Callable[[str, int], LinkedPage[Id, Row]]
    most_pages: int = 2000


def walk(listing: Listing[Id, Row], seen: PageSeen) -> dict[Id, Row]:
    """Return all rows by id, in the source's order.

    Raises `UpstreamListUnstable`, `UpstreamSchemaError` when there is no end, and what `page` and `seen` raise.
    """
    return _agreed(listing.source, listing.name, lambda: _walk_once(listing, seen))


def walk_links(listing: LinkedListing[Id, Row], seen: PageSeen) -> dict[Id, Row]:
    """Return all rows by id, in the source's order; `seen` hears a total of 0.

    Raises `UpstreamListUnstable`, `UpstreamSchemaError` when there is no end, and what `page` and `seen` raise.
    """
    return _agreed(listing.source, listing.name, lambda: _walk_links_once(listing, seen))


def _agreed(source: str, name: str, walk_once: Callable[[], dict[Id, Row] | str]) -> dict[Id, Row]:
    """Return the rows of the first walk that does not contradict itself."""
    contradiction = ""
    for _ in range(_WALKS):
        outcome = walk_once()
        if not isinstance(outcome, str):
            return outcome
        contradiction = outcome
    sentence = f"{name} changed while it was read, {_WALKS} times in a row: {contradiction}."
    raise UpstreamListUnstable(sentence, source=source)


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
    raise _endless(listing)


def _walk_links_once(listing: LinkedListing[Id, Row], seen: PageSeen) -> dict[Id, Row] | str:
    """Return all rows, or what contradicts them."""
    rows: dict[Id, Row] = {}
    followed: set[str] = set()
    link = listing.first_link
    for number in range(1, listing.most_pages + 1):
        followed.add(link)
        page = listing.page(link, number)
        for row_id, row in page.rows:
            if row_id in rows:
                return f"page {number} brings row {row_id} again"
            rows[row_id] = row
        seen(len(rows), 0)
        if page.next_link is None:
            return rows
        link = page.next_link
        if link in followed:
            return f"page {number} leads back to an earlier one"
    raise _endless(listing)


def _endless(listing: Listing[Id, Row] | LinkedListing[Id, Row]) -> UpstreamSchemaError:
    sentence = f"{listing.name} has no end after {listing.most_pages} pages."
    return UpstreamSchemaError(sentence, source=listing.source)


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


def unheard(done: int, total: int) -> None:
    """Hear of a page of a list of which nobody needs to hear."""
