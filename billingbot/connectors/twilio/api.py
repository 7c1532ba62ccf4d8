"""Reading from Twilio: one thing, or a list that is followed from page to page by the links that Twilio gives."""

from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import quote, urlencode

from billingbot.connectors.http import BasicAuth, Blame, Transport, reading
from billingbot.connectors.json_row import JsonRow, root
from billingbot.connectors.pages import LinkedListing, LinkedPage, walk_links
from billingbot.connectors.twilio.account import SOURCE, TwilioAccount
from billingbot.errors import Cause, UpstreamSchemaError
from billingbot.ports import PageSeen

_VERSION = "/2010-04-01"

Row = TypeVar("Row")


class TwilioApi:
    """Twilio's API as one account. Any number of threads may use it.

    Args:
        account: where, and as whom.
        transport: how.
        page_size: rows to ask for at a time; Twilio gives 1,000 at most.
    """

    def __init__(self, account: TwilioAccount, transport: Transport, page_size: int) -> None:
        self._base_url = account.base_url
        self._page_size = page_size
        self._auth = BasicAuth(transport, account.user, account.auth_token, _blame)

    def one(self, name: str) -> JsonRow:
        """Return what is at `/Accounts/AC…`, which must be an object. Raises `UpstreamError`."""
        return self._object(_path(name), name)

    def all(
        self,
        name: str,
        key: str,
        id_key: str,
        params: Mapping[str, str],
        read: Callable[[JsonRow], Row],
        seen: PageSeen,
    ) -> dict[str, Row]:
        """Return all rows of a list by id, in Twilio's order. Raises `UpstreamError`, and what `seen` raises.

        Args:
            name: of the list: `/Accounts`.
            key: under which a page has its rows.
            id_key: under which a row has what tells it from the others.
            params: of the first page; the links carry them on.
            read: makes something of a row.
            seen: hears of every page; Twilio promises no number of rows.
        """
        path = _path(name)

        def page(link: str, number: int) -> LinkedPage[str, Row]:
            answer = self._object(link, f"{name} page {number}")
            rows = [(row.text(id_key), read(row)) for row in answer.rows(key, id_key)]
            return LinkedPage(rows, _next_link(answer, path))

        first = f"{path}?{urlencode({**params, 'PageSize': str(self._page_size)})}"
        return walk_links(LinkedListing(SOURCE, name, first, page), seen)

    def _object(self, link: str, label: str) -> JsonRow:
        return root(self._auth.json(reading(f"{self._base_url}{link}", label)), SOURCE, label)


def _path(name: str) -> str:
    return f"{_VERSION}{quote(name)}.json"


def _next_link(answer: JsonRow, path: str) -> str | None:
    """Return the link to the next page. It must lead to the same list: our secret goes along."""
    link = answer.nullable_text("next_page_uri")
    if link is not None and link.partition("?")[0] != path:
        raise UpstreamSchemaError(f"{answer.place}: 'next_page_uri' does not lead to the same list.", source=SOURCE)
    return link


def _blame(status: int, words: str) -> Blame | None:
    """Explain the 404 of a foreign account: with an API key, the Account SID is nowhere but in the path."""
    return Blame(Cause.CLIENT, ("account_sid",)) if status == 404 and "requested resource" in words.lower() else None
