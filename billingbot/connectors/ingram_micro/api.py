"""Calls to Ingram Micro's reseller endpoints: sign-in, headers, and pages of its lists."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from billingbot.connectors.http import Blame, Patience, Request, SignedIn, Token, Transport, token_for
from billingbot.connectors.ingram_micro.account import SOURCE, IngramMicroAccount
from billingbot.connectors.json_row import JsonRow, root
from billingbot.connectors.pages import Page
from billingbot.errors import Cause

Row = TypeVar("Row")
Query = Sequence[tuple[str, str]]

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
# What refusals call the values that every call carries.
_CALLED = {"customer_number": ("im-customernumber", "customer number"), "country_code": ("im-countrycode",)}
_JSON = {"Content-Type": "application/json"}
# Who we are: orders and renewals ask for a sender, invoices for an application.
_CALLER = {"IM-SenderID": "BillingBot", "IM-ApplicationID": "BillingBot"}


class Api:
    """The reseller endpoints as one account. Any number of threads may use it.

    Args:
        account: where, and as whom.
        transport: closed with this.
        new_id: returns an id of at most 32 characters that no other call has.
    """

    def __init__(self, account: IngramMicroAccount, transport: Transport, new_id: Callable[[], str]) -> None:
        self._account = account
        self._transport = transport
        self._new_id = new_id
        self._signed_in = SignedIn(transport, self._sign_in, _blame)

    def orders(self, query: Query, page: int, size: int) -> JsonRow | None:
        """Return a page of orders; None when nothing is found."""
        label = f"/orders/search page {page}"
        return _found(self._ask("GET", "/v6/orders/search", [*query, *_paged(page, size)], label), label)

    def renewals(self, page: int, size: int) -> JsonRow | None:
        """Return a page of renewals; None when nothing is found."""
        label = f"/renewals/search page {page}"
        query = [("page", str(page)), ("size", str(size))]
        answer = self._ask("POST", "/v6/renewals/search", query, label, b"{}")
        # Specified as an object, shown as a list of one.
        return _found(answer[0] if isinstance(answer, list) and len(answer) == 1 else answer, label)

    def invoices(self, query: Query, page: int, size: int) -> JsonRow | None:
        """Return a page of invoices; None when nothing is found."""
        label = f"/invoices page {page}"
        return _found(self._ask("GET", "/v6/invoices", [*query, *_paged(page, size)], label), label)

    def invoice(self, number: str) -> JsonRow:
        """Return an invoice with its lines."""
        label = f"/invoices/{number}"
        query = [("customerType", "invoice"), ("includeSerialNumbers", "false")]
        # A budget for all invoices together, not one for each number.
        endpoint = "/v6.1/invoices"
        return root(
            self._ask("GET", f"{endpoint}/{quote(number, safe='')}", query, label, endpoint=endpoint), SOURCE, label
        )

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def _ask(self, method: str, path: str, query: Query, label: str, content: bytes = b"", endpoint: str = "") -> Any:
        identity = {
            "IM-CustomerNumber": self._account.customer_number,
            "IM-CountryCode": self._account.country_code,
            "IM-CorrelationID": self._new_id(),
        }
        request = Request(
            method,
            f"{self._account.base_url}{path}?{urlencode(query)}",
            label,
            repeatable=True,  # the POST is a search
            headers={**_CALLER, **identity, **(_JSON if content else {})},
            content=content,
            endpoint=endpoint or path,
        )
        return self._signed_in.json(request)

    def _sign_in(self, patience: Patience) -> Token:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._account.client_id,
            "client_secret": self._account.client_secret,
        }
        # Not as a GET, which is specified too: secrets in a URL end up in logs.
        request = Request(
            "POST",
            self._account.token_url,
            "the sign-in",
            repeatable=True,
            headers=_FORM,
            content=urlencode(form).encode(),
            endpoint="token",
        )
        return token_for(self._transport, request, patience)


def page_of(found: JsonRow | None, key: str, id_key: str, read: Callable[[JsonRow], Row]) -> Page[str, Row]:
    """Return the rows under `key` by their ids, which may be numbers, and how many there are in all."""
    if found is None:
        return Page([], 0)
    promised = int(found.amount("recordsFound"))
    rows = found.rows(key, id_key) if promised else []
    return Page([(_id(row, id_key), read(row)) for row in rows], promised)


def _paged(page: int, size: int) -> Query:
    return [("pageSize", str(size)), ("pageNumber", str(page))]


def _found(answer: Any, label: str) -> JsonRow | None:
    return None if answer is None else root(answer, SOURCE, label)


def _id(row: JsonRow, key: str) -> str:
    return str(row.integer(key)) if isinstance(row.data.get(key), int) else row.text(key)


def _blame(status: int, words: str) -> Blame | None:  # noqa: ARG001 - an `Explain`
    """Explain a refusal that is about whom we say that we are."""
    fields = tuple(name for name, called in _CALLED.items() if any(text in words.lower() for text in called))
    return Blame(Cause.CLIENT, fields) if fields else None
