"""Calls to HaloPSA's API, signed in: pages of its lists, single rows, and rows that are written."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from billingbot.connectors.halo.account import SOURCE
from billingbot.connectors.halo.exact_json import exact_json
from billingbot.connectors.http import Request, SignedIn, reading
from billingbot.connectors.json_row import JsonRow, root
from billingbot.connectors.pages import Listing, Page, walk
from billingbot.errors import UpstreamOutcomeUnknown, UpstreamSchemaError
from billingbot.ports import PageSeen

Row = TypeVar("Row")
Read = Callable[[JsonRow], Row]

_JSON = {"Content-Type": "application/json; charset=utf-8"}


class HaloApi:
    """HaloPSA's API as one account. Any number of threads may use it.

    Args:
        url: of the API, which ends with `/api`.
        signed_in: how to call it.
        page_size: rows to ask for at a time; HaloPSA gives 100 at most.
    """

    def __init__(self, url: str, signed_in: SignedIn, page_size: int) -> None:
        self._url = url
        self._signed_in = signed_in
        self._page_size = page_size

    def all(self, path: str, key: str, params: Mapping[str, str], read: Read[Row], seen: PageSeen) -> list[Row]:
        """Return all rows of a list by id. Raises `UpstreamError`.

        Args:
            path: of the list: `/Client`.
            key: under which a page has its rows.
            params: besides those of the page.
            read: makes something of a row.
            seen: hears of every page.
        """
        listing = Listing(SOURCE, path, lambda number: self.page(path, key, params, number, read), rising=True)
        return list(walk(listing, seen).values())

    def page(self, path: str, key: str, params: Mapping[str, str], number: int, read: Read[Row]) -> Page[int, Row]:
        """Return a page, counted from 1. Raises `UpstreamError`."""
        request = page_request(self._url, path, number, self._page_size, params)
        answer = root(self._signed_in.json(request), SOURCE, request.label)
        rows = [(row.integer("id"), read(row)) for row in answer.rows(key, "id")]
        return Page(rows, answer.integer("record_count"))

    def one(self, path: str, what: str, row_id: int, read: Read[Row], params: Mapping[str, str] | None = None) -> Row:
        """Return the row of an id, as it is now. Raises `NotFound` when there is none, and `UpstreamError`.

        Args:
            path: of its list.
            what: it is, for sentences.
            row_id: its id.
            read: makes something of it.
            params: say how much of it is asked for.
        """
        label = f"{path}/{row_id}"
        gone = f"{SOURCE} has no {what} {row_id} any more."
        request = reading(f"{self._url}{label}", label, params or {})
        row = root(self._signed_in.json(request, missing=gone), SOURCE, label)
        if row.integer("id") != row_id:
            raise UpstreamSchemaError(f"{label} answered with {what} {row.integer('id')}.", source=SOURCE)
        return read(row)

    def create(self, path: str, what: str, body: Mapping[str, object]) -> int:
        """Create one row and return its id. It is never sent twice.

        Raises `UpstreamOutcomeUnknown` when it may have been created and HaloPSA's answer does not say so.
        """
        return self._written(path, body, f"the {what} was created")

    def update(self, path: str, what: str, row_id: int, body: Mapping[str, object]) -> None:
        """Change what `body` says of a row. It is never sent twice.

        Raises `UpstreamOutcomeUnknown` when it may have been changed and HaloPSA's answer does not say so.
        """
        answered = self._written(path, {"id": row_id, **body}, f"{what} {row_id} was changed")
        if answered != row_id:
            other = f"POST {path} of {what} {row_id} answered with {what} {answered}."
            raise UpstreamOutcomeUnknown(f"{other} It is not known what was changed.", source=SOURCE)

    def _written(self, path: str, body: Mapping[str, object], done: str) -> int:
        """Post one row and return the id that HaloPSA answers with; `done` says in words what it then has done."""
        label = f"POST {path}"
        content = exact_json([body]).encode()
        request = Request("POST", f"{self._url}{path}", label, repeatable=False, headers=_JSON, content=content)
        try:
            answer = self._signed_in.json(request)
            # One row is answered as an object; a list of it is taken too.
            only = answer[0] if isinstance(answer, list) and len(answer) == 1 else answer
            return root(only, SOURCE, label).integer("id")
        except UpstreamSchemaError as error:
            unread = f"{str(error).removeprefix(f'{SOURCE}: ')} It is not known whether {done}."
            raise UpstreamOutcomeUnknown(unread, source=SOURCE, status=error.status) from None


def page_request(url: str, path: str, number: int, size: int, params: Mapping[str, str]) -> Request:
    """Return what asks for a page, in the order of the ids."""
    asked = {
        "pageinate": "true",
        "page_size": str(size),
        "page_no": str(number),
        "order": "id",
        "orderdesc": "false",
        **params,
    }
    return reading(f"{url}{path}", f"{path} page {number}", asked)
