"""Pax8's Partner API: companies.

Source: https://devx.pax8.com (OpenAPI of the partner endpoints and of authentication), read November 2026.
Auth:   client credentials as JSON, with an audience; a token is good for a day.
Pages:  `page` from 0, `size` up to 200. `page.totalElements` counts all rows. `content` is missing when there are none.
Limits: 1,000 calls a minute are documented for usage; the same is assumed here.
Quirks: the order by id cannot be asked for; names are the nearest. Of a company, only id and name are certain to come.
        Deleted companies are listed among the others.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from billingbot.connectors.base_url import checked_url
from billingbot.connectors.credentials import completed, secrets
from billingbot.connectors.http import Patience, Policy, Request, SignedIn, Token, Transport, Wire, reading, token_for
from billingbot.connectors.json_row import JsonRow, root
from billingbot.connectors.kind import Connection, DistributorKind
from billingbot.connectors.pages import Listing, Page, walk
from billingbot.domain.credential import CredentialField
from billingbot.domain.party import Company
from billingbot.ports import PageSeen

SOURCE = "Pax8"
_WHERE = "Pax8 → Integrations → Integrations Hub → Pax8 API → Credentials"

FIELDS = (
    CredentialField("client_id", "Client ID", _WHERE),
    CredentialField("client_secret", "Client Secret", f"{_WHERE}; shown once, when it is created.", secret=True),
    CredentialField("base_url", "API URL", "As Pax8 documents it.", default="https://api.pax8.com/v1"),
    CredentialField("token_url", "Token URL", "As Pax8 documents it.", default="https://api.pax8.com/v1/token"),
    CredentialField("audience", "Audience", "As Pax8 documents it.", default="https://api.pax8.com"),
)

POLICY = Policy(rate_calls=1000, rate_window=60)


@dataclass(frozen=True, slots=True)
class Pax8Account:
    """Where Pax8's API is, and as whom to sign in."""

    base_url: str
    token_url: str
    audience: str
    client_id: str
    client_secret: str = field(repr=False)


class Pax8:
    """Pax8 as one partner. Any number of threads may use it; implements `billingbot.ports.Distributor`.

    Args:
        account: where, and as whom.
        transport: closed with this.
        page_size: rows to ask for at a time; Pax8 gives 200 at most.
    """

    key = "pax8"
    name = SOURCE

    def __init__(self, account: Pax8Account, transport: Transport, page_size: int = 200) -> None:
        self._account = account
        self._page_size = page_size
        self._transport = transport
        self._api = SignedIn(transport, self._sign_in)

    def check(self) -> None:
        """Sign in and read one company."""
        self._page(1, 1)

    def companies(self, seen: PageSeen) -> list[Company]:
        """Return every company, active or not, by id; deleted ones are not companies any more."""
        found = walk(
            Listing(SOURCE, "/companies", lambda number: self._page(number, self._page_size), rising=False), seen
        )
        return [company for _, company in sorted(found.items()) if company is not None]

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def _page(self, number: int, size: int) -> Page[str, Company | None]:
        asked = {"page": str(number - 1), "size": str(size), "sort": "name,asc"}
        label = f"/companies page {number}"
        answer = root(self._api.json(reading(f"{self._account.base_url}/companies", label, asked)), SOURCE, label)
        rows = answer.rows("content", "id") if "content" in answer.data else []
        return Page([(row.text("id"), _company(row)) for row in rows], answer.row("page").integer("totalElements"))

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


def connect(credentials: Mapping[str, str], *, allowed_hosts: frozenset[str] = frozenset()) -> Connection:
    """Return a connection to Pax8, as `Connect` says."""
    values = completed(SOURCE, FIELDS, credentials)
    account = Pax8Account(
        checked_url(values["base_url"], f"{SOURCE}: API URL", allowed_hosts),
        checked_url(values["token_url"], f"{SOURCE}: Token URL", allowed_hosts),
        values["audience"],
        values["client_id"],
        values["client_secret"],
    )
    wire = Wire(POLICY, allowed_hosts)
    return Pax8(account, Transport(SOURCE, wire, POLICY, secrets=secrets(FIELDS, values)))


KIND = DistributorKind("pax8", SOURCE, FIELDS, connect)


def _company(row: JsonRow) -> Company | None:
    """Return the company, or None for one that is deleted."""
    company = Company(row.text("id"), row.text("name"), row.optional_text("externalId"))
    return None if row.optional_text("status") == "Deleted" else company
