"""HaloPSA as one account: its lists, and single invoices read afresh."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TypeVar

from billingbot.connectors.halo.account import SOURCE, HaloAccount
from billingbot.connectors.halo.rows import client_of, invoice_of, recurring_invoice_of
from billingbot.connectors.halo.sign_in import sign_in
from billingbot.connectors.http import SignedIn, Transport, reading
from billingbot.connectors.json_row import JsonRow, root
from billingbot.connectors.pages import Listing, Page, unheard, walk
from billingbot.domain.invoice import Invoice, RecurringInvoice
from billingbot.domain.party import Client
from billingbot.errors import UpstreamSchemaError
from billingbot.ports import PageSeen

Row = TypeVar("Row")


class HaloPsa:
    """HaloPSA as one account. Any number of threads may use it; implements `billingbot.ports.Halo`.

    Args:
        account: where, and as whom.
        transport: closed with this.
        page_size: rows to ask for at a time; HaloPSA gives 100 at most.
    """

    def __init__(self, account: HaloAccount, transport: Transport, page_size: int = 100) -> None:
        self._api_url = f"{account.base_url}/api"
        self._page_size = page_size
        self._transport = transport
        self._api = SignedIn(transport, partial(sign_in, account, transport))

    def check(self) -> None:
        """Sign in and read one client."""
        self._page("/Client", "clients", {"page_size": "1"}, 1, client_of)

    def clients(self, seen: PageSeen) -> list[Client]:
        """Return every active client by id. HaloPSA leaves inactive ones out unless they are asked for."""
        return self._all("/Client", "clients", {}, client_of, seen)

    def invoices(self, client_id: int) -> list[Invoice]:
        """Return the client's invoices, newest first."""
        found = self._all("/Invoice", "invoices", {"client_id": str(client_id)}, invoice_of, unheard)
        _all_of_client(found, client_id)
        return sorted(found, key=lambda invoice: (invoice.invoice_date or date.min, invoice.invoice_id), reverse=True)

    def recurring_invoices(self, client_id: int) -> list[RecurringInvoice]:
        """Return the client's recurring invoices by id."""
        found = self._all("/RecurringInvoice", "invoices", {"client_id": str(client_id)}, recurring_invoice_of, unheard)
        _all_of_client(found, client_id)
        return found

    def invoice(self, invoice_id: int) -> Invoice:
        """Return an invoice as it is now. Raises `NotFound` when there is none, and `UpstreamError`."""
        return self._one("/Invoice", "invoice", invoice_id, invoice_of)

    def recurring_invoice(self, recurring_invoice_id: int) -> RecurringInvoice:
        """Return a recurring invoice as it is now. Raises `NotFound` when there is none, and `UpstreamError`."""
        return self._one("/RecurringInvoice", "recurring invoice", recurring_invoice_id, recurring_invoice_of)

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def _all(
        self, path: str, key: str, params: Mapping[str, str], read: Callable[[JsonRow], Row], seen: PageSeen
    ) -> list[Row]:
        listing = Listing(SOURCE, path, lambda number: self._page(path, key, params, number, read), rising=True)
        return list(walk(listing, seen).values())

    def _page(
        self, path: str, key: str, params: Mapping[str, str], number: int, read: Callable[[JsonRow], Row]
    ) -> Page[int, Row]:
        asked = {
            "pageinate": "true",
            "page_size": str(self._page_size),
            "page_no": str(number),
            "order": "id",
            "orderdesc": "false",
            **params,
        }
        label = f"{path} page {number}"
        answer = root(self._api.json(reading(f"{self._api_url}{path}", label, asked)), SOURCE, label)
        rows = [(row.integer("id"), read(row)) for row in answer.rows(key, "id")]
        return Page(rows, answer.integer("record_count"))

    def _one(self, path: str, what: str, row_id: int, read: Callable[[JsonRow], Row]) -> Row:
        label = f"{path}/{row_id}"
        gone = f"{SOURCE} has no {what} {row_id} any more."
        row = root(self._api.json(reading(f"{self._api_url}{label}", label), missing=gone), SOURCE, label)
        if row.integer("id") != row_id:
            raise UpstreamSchemaError(f"{label} answered with {what} {row.integer('id')}.", source=SOURCE)
        return read(row)


def _all_of_client(found: list[Invoice] | list[RecurringInvoice], client_id: int) -> None:
    """Refuse rows of other clients: charges must not land there because a filter was ignored."""
    strangers = {invoice.client_id for invoice in found} - {client_id}
    if strangers:
        sentence = f"invoices of client {client_id} were asked for, and invoices of client {min(strangers)} came."
        raise UpstreamSchemaError(sentence, source=SOURCE)
