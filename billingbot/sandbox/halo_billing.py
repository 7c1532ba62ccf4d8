"""HaloPSA's invoices and recurring invoices.

A list over all clients is made for its first page: it is meant for thousands of clients, not for 100,000; with
`client_id` any size is fast. That an invoice which is posted, voided or paid refuses changes is this sandbox's caution.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from starlette.requests import Request

from billingbot.sandbox.dataset import HaloClient
from billingbot.sandbox.halo_body import INVOICE_KEYS, posted_rows
from billingbot.sandbox.halo_query import (
    bad_request,
    flag,
    integers,
    list_answer,
    ordered,
    query_of,
    saved_answer,
    searched,
    to_integer,
)
from billingbot.sandbox.invoice_book import InvoiceBook
from billingbot.sandbox.listing import LastView
from billingbot.sandbox.wire import JsonResponse, Row
from billingbot.sandbox.world import World

_ORDERS: dict[str, Callable[[Row], Any]] = {
    "id": lambda row: row["id"],
    "invoice_date": lambda row: (row.get("invoice_date") or "", row["id"]),
    "client_name": lambda row: (row["client_name"], row["id"]),
    "total": lambda row: (row["total"], row["id"]),
}


class InvoiceEndpoints:
    """The endpoints of one book.

    Args:
        world: whose clients are billed.
        book: their invoices. Raises `NotFound` for what is not in it.
    """

    def __init__(self, world: World, book: InvoiceBook) -> None:
        self._world = world
        self._book = book
        self._view: LastView[Row] = LastView()

    async def list(self, request: Request) -> JsonResponse:
        """Answer `GET`: headers, with lines when `includelines` is set."""
        made_of = (self._world.clients.rows, self._book.changes)
        found = self._view.of(made_of, query_of(request), lambda: self._selected(request))
        return list_answer(request, found, "invoices", dict if flag(request, "includelines") else _header)

    async def detail(self, request: Request) -> JsonResponse:
        """Answer `GET .../{id}`: the header, with lines when `includedetails` is set."""
        row = self._book.get(to_integer("id", request.path_params["id"]))
        return JsonResponse(row if flag(request, "includedetails") else _header(row))

    async def save(self, request: Request) -> JsonResponse:
        """Answer `POST`: no id creates, an id updates. Everything is checked before anything is stored."""
        given = posted_rows(await request.body(), INVOICE_KEYS)
        changes = [self._change(row) for row in given]
        return saved_answer([change() for change in changes])

    def _change(self, given: Row) -> Callable[[], Row]:
        """Return what will store the row. Raises the refusal."""
        if given.get("id"):
            old = self._book.get(given["id"])
            if old["posted"] or old["voided"] or old["datepaid"]:
                raise bad_request(f"Invoice {old['id']} cannot be changed any more")
            unknown = {line["id"] for line in given.get("lines", []) if "id" in line} - {
                line["id"] for line in old["lines"]
            }
            if unknown:
                raise bad_request(f"Invoice {old['id']} has no line {min(unknown)}")
            return lambda: self._book.update(old["id"], given, self._book.line_updates)
        if "client_id" not in given:
            raise bad_request("Parameter client_id must be included")
        client = self._world.clients.get(given["client_id"])
        if client is None:
            raise bad_request(f"Client {given['client_id']} does not exist")
        return lambda: self._book.create(client, given)

    def _selected(self, request: Request) -> Sequence[Row]:
        rows = filter(_wanted(request), self._book.of(self._clients(request)))
        return ordered(request, searched(request, rows, _text), _ORDERS)

    def _clients(self, request: Request) -> Iterable[HaloClient]:
        """Return whose invoices are asked for: `client_id`, `client_ids`, or everybody's."""
        ids = integers(request, "client_ids") | integers(request, "client_id")
        if not ids:
            return self._world.clients.rows
        return [client for client in map(self._world.clients.get, sorted(ids)) if client is not None]


def _wanted(request: Request) -> Callable[[Row], bool]:
    """Return the filter that `postedonly` and `notpostedonly` make."""
    posted, not_posted = flag(request, "postedonly"), flag(request, "notpostedonly")
    return lambda row: not (posted and not row["posted"]) and not (not_posted and row["posted"])


def _header(row: Row) -> Row:
    return {key: value for key, value in row.items() if key != "lines"}


def _text(row: Row) -> str:
    keys = ("invoicenumber", "reference", "thirdpartyinvoicenumber", "client_name")
    return " ".join(row[key] for key in keys)
