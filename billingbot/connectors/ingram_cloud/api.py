"""The marketplace's API as one account: signing in, and pages of its lists."""

import json
from base64 import b64encode
from collections.abc import Mapping

from billingbot.connectors.http import Blame, Patience, Request, SignedIn, Token, Transport, token_for
from billingbot.connectors.ingram_cloud.account import SOURCE, IngramCloudAccount
from billingbot.connectors.json_row import JsonRow, root
from billingbot.connectors.pages import Listing, Page, walk
from billingbot.errors import Cause
from billingbot.ports import PageSeen

# The other of the two shapes that a token comes in.
_TOKEN_KEYS = ("token", "expiresInSeconds")


class Api:
    """Reads lists. Any number of threads may use it.

    Args:
        account: where, and as whom.
        transport: closed with this; must know the account's secrets.
        page_size: rows to ask for at a time.
    """

    def __init__(self, account: IngramCloudAccount, transport: Transport, page_size: int = 500) -> None:
        self._account = account
        self._page_size = page_size
        self._transport = transport
        self._signed_in = SignedIn(transport, self._sign_in, _blame)

    def all(self, path: str, seen: PageSeen, params: Mapping[str, str] | None = None) -> list[JsonRow]:
        """Return every row of a list: `/customers`. Raises `UpstreamError`."""

        def page(number: int) -> Page[str, JsonRow]:
            return self.page(path, number, self._page_size, params or {})

        return list(walk(Listing(SOURCE, path, page, rising=False), seen).values())

    def page(self, path: str, number: int, size: int, params: Mapping[str, str]) -> Page[str, JsonRow]:
        """Return a page, counted from 1. Raises `UpstreamError`."""
        label = f"{path} page {number}"
        asked = {**params, "offset": str((number - 1) * size), "limit": str(size)}
        request = Request(
            "GET", f"{self._account.base_url}{path}", label, repeatable=True, params=asked, headers=self._key()
        )
        answer = root(self._signed_in.json(request), SOURCE, label)
        rows = [(_id(row), row) for row in answer.rows("data", "id")]
        return Page(rows, answer.row("pagination").integer("total"))

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def _key(self) -> dict[str, str]:
        return {"X-Subscription-Key": self._account.subscription_key}

    def _sign_in(self, patience: Patience) -> Token:
        named = f"{self._account.username}:{self._account.password}"
        request = Request(
            "POST",
            f"{self._account.base_url}/token",
            "the sign-in",
            repeatable=True,
            headers={"Content-Type": "application/json", **self._key()},
            content=json.dumps({"marketplace": self._account.marketplace}).encode(),
            token=b64encode(named.encode()).decode(),
            scheme="Basic",
        )
        return token_for(self._transport, request, patience, _TOKEN_KEYS, _sign_in_blame)


def _id(row: JsonRow) -> str:
    """Return what tells a row apart: of products, it is not documented that the id alone does."""
    return f"{row.text('id')} {row.optional_text('mpn') or ''}".strip()


def _blame(status: int, words: str) -> Blame | None:  # noqa: ARG001 - an `Explain`
    """Explain what the gateway says of its key, before the marketplace sees anything."""
    return Blame(Cause.SECRET, ("subscription_key",)) if "subscription key" in words.lower() else None


def _sign_in_blame(status: int, words: str) -> Blame | None:
    if "marketplace" in words.lower():
        return Blame(Cause.TENANT, ("marketplace",))
    return _blame(status, words) or Blame(Cause.SIGN_IN, ("username", "password"))
