"""Pax8's lists, signed in: a page, or all rows."""

import json
from collections.abc import Callable, Mapping

from billingbot.connectors.http import Patience, Request, SignedIn, Token, Transport, reading, token_for
from billingbot.connectors.json_row import JsonRow, root
from billingbot.connectors.pages import Listing, Page, walk
from billingbot.connectors.pax8.account import SOURCE, Pax8Account
from billingbot.ports import PageSeen

KeyOf = Callable[[JsonRow, int], str]
"""Tells the rows of a list apart, by the row and its place in the list."""


def own_id(row: JsonRow, place: int) -> str:  # noqa: ARG001 - a `KeyOf`
    """Return the row's id."""
    return row.text("id")


def id_or_place(row: JsonRow, place: int) -> str:
    """Return the row's id, or its place where rows need not have an id."""
    return row.optional_text("id") or f"place {place}"


class Pax8Lists:
    """Pax8 as one partner. Any number of threads may use it.

    Args:
        account: where, and as whom.
        transport: not closed with this.
        page_size: rows to ask for at a time; Pax8 gives 200 at most.
    """

    def __init__(self, account: Pax8Account, transport: Transport, page_size: int) -> None:
        self._account = account
        self._page_size = page_size
        self._transport = transport
        self._api = SignedIn(transport, self._sign_in)

    def every(self, path: str, asked: Mapping[str, str], seen: PageSeen, key_of: KeyOf = own_id) -> list[JsonRow]:
        """Return all rows of a list in Pax8's order, complete and each once. Raise `UpstreamError`.

        Args:
            path: of the list: `/companies`.
            asked: parameters besides page and size.
            seen: hears of every page.
            key_of: tells the rows apart.
        """

        def page(number: int) -> Page[str, JsonRow]:
            rows, promised = self.page(path, asked, number, self._page_size)
            first = (number - 1) * self._page_size
            return Page([(key_of(row, first + place), row) for place, row in enumerate(rows)], promised)

        return list(walk(Listing(SOURCE, path, page, rising=False), seen).values())

    def page(self, path: str, asked: Mapping[str, str], number: int, size: int) -> tuple[list[JsonRow], int]:
        """Return the rows of a page, of which the first is 1, and how many rows Pax8 promises in all."""
        label = f"{path} page {number}"
        params = {"page": str(number - 1), "size": str(size), **asked}
        answer = root(self._api.json(reading(f"{self._account.base_url}{path}", label, params)), SOURCE, label)
        rows = answer.rows("content", "id") if "content" in answer.data else []
        return rows, answer.row("page").integer("totalElements")

    def _sign_in(self, patience: Patience) -> Token:
        body = {
            "client_id": self._account.client_id,
            "client_secret": self._account.client_secret,
            "audience": self._account.audience,
            "grant_type": "client_credentials",
        }
        request = Request(
            "POST",
            self._account.token_url,
            "the sign-in",
            repeatable=True,
            headers={"Content-Type": "application/json"},
            content=json.dumps(body).encode(),
        )
        return token_for(self._transport, request, patience)


def after(seen: PageSeen, rows: int) -> PageSeen:
    """Return what tells `seen` of a further list, when so many rows of earlier ones were read."""
    return lambda done, total: seen(rows + done, rows + total)
