"""HaloPSA as one account: its lists, single invoices read afresh, and what is created and written."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from functools import partial

from billingbot.connectors.halo.account import SOURCE, HaloAccount
from billingbot.connectors.halo.api import HaloApi
from billingbot.connectors.halo.invoicing import Invoicing
from billingbot.connectors.halo.rows import (
    client_of,
    invoice_of,
    item_body,
    item_of,
    recurring_invoice_of,
    refuse_strangers,
)
from billingbot.connectors.halo.scope_check import scopes_of
from billingbot.connectors.halo.sign_in import sign_in
from billingbot.connectors.http import SignedIn, Transport
from billingbot.connectors.pages import unheard
from billingbot.domain.invoice import Invoice, RecurringInvoice
from billingbot.domain.party import Client
from billingbot.domain.product import HaloItem, NewItem
from billingbot.domain.target import NewInvoice, Target, TargetKind, WrittenLine
from billingbot.domain.vendor_check import HaloScope
from billingbot.errors import NotFound, UpstreamError, UpstreamOutcomeUnknown
from billingbot.ports import PageSeen


class HaloPsa:
    """HaloPSA as one account. Any number of threads may use it; implements `billingbot.ports.Halo`.

    Args:
        account: where, and as whom.
        transport: closed with this.
        page_size: rows to ask for at a time; HaloPSA gives 100 at most.
    """

    def __init__(self, account: HaloAccount, transport: Transport, page_size: int = 100) -> None:
        self._account = account
        self._transport = transport
        self._api = HaloApi(account.api_url, SignedIn(transport, partial(sign_in, account, transport)), page_size)
        self._invoicing = Invoicing(self._api, lambda: datetime.fromtimestamp(transport.timing.now(), UTC).date())

    def check(self) -> None:
        """Sign in and read one client."""
        self._api.page("/Client", "clients", {"page_size": "1"}, 1, client_of)

    def scopes(self) -> tuple[HaloScope, ...]:
        """Return what BillingBot needs and what of it the application has. Nothing is written to find out."""
        return scopes_of(self._account, self._transport)

    def clients(self, seen: PageSeen) -> list[Client]:
        """Return every active client by id. HaloPSA leaves inactive ones out unless they are asked for."""
        return self._api.all("/Client", "clients", {}, client_of, seen)

    def invoices(self, client_id: int) -> list[Invoice]:
        """Return the client's invoices, newest first."""
        found = self._api.all("/Invoice", "invoices", {"client_id": str(client_id)}, invoice_of, unheard)
        refuse_strangers(client_id, (row.client_id for row in found))
        return sorted(found, key=lambda invoice: (invoice.invoice_date or date.min, invoice.invoice_id), reverse=True)

    def recurring_invoices(self, client_id: int) -> list[RecurringInvoice]:
        """Return the client's recurring invoices by id."""
        asked = {"client_id": str(client_id)}
        found = self._api.all("/RecurringInvoice", "invoices", asked, recurring_invoice_of, unheard)
        refuse_strangers(client_id, (row.client_id for row in found))
        return found

    def invoice(self, invoice_id: int) -> Invoice:
        """Return an invoice as it is now. Raises `NotFound` when there is none, and `UpstreamError`."""
        return self._api.one("/Invoice", "invoice", invoice_id, invoice_of)

    def recurring_invoice(self, recurring_invoice_id: int) -> RecurringInvoice:
        """Return a recurring invoice as it is now. Raises `NotFound` when there is none, and `UpstreamError`."""
        return self._api.one("/RecurringInvoice", "recurring invoice", recurring_invoice_id, recurring_invoice_of)

    def items(self, seen: PageSeen) -> list[HaloItem]:
        """Return every active item by id."""
        return self._api.all("/Item", "items", {}, item_of, seen)

    def item_named(self, name: str) -> HaloItem | None:
        """Return the active item of exactly that name, the oldest of several. HaloPSA's search finds more than that."""
        found = self._api.all("/Item", "items", {"search": name}, item_of, unheard)
        return next((item for item in found if item.name == name), None)

    def create_item(self, item: NewItem) -> HaloItem:
        """Create the item and return it as HaloPSA has it. It is not looked for before.

        Raises `UpstreamOutcomeUnknown` when it may be there and was not read; and other `UpstreamError`, of which none
        leaves an item behind.
        """
        item_id = self._api.create("/Item", "item", item_body(item))
        try:
            return self._api.one("/Item", "item", item_id, item_of)
        except (UpstreamError, NotFound) as error:
            unread = f"the item was created with the id {item_id}, but could not be read back ({error})."
            raise UpstreamOutcomeUnknown(unread, source=SOURCE) from None

    def target(self, kind: TargetKind, invoice_id: int) -> Target:
        """Return an invoice or recurring invoice with its lines. Raises `NotFound` and `UpstreamError`."""
        return self._invoicing.target(kind, invoice_id)

    def targets(self, kind: TargetKind, invoice_ids: Collection[int]) -> dict[int, Target]:
        """Return those of them that HaloPSA has, with their lines, by id."""
        return self._invoicing.targets(kind, invoice_ids)

    def invoice_referred(self, client_id: int, reference: str) -> Target | None:
        """Return the client's oldest invoice that has exactly this unique reference, with its lines."""
        return self._invoicing.referred(client_id, reference)

    def create_invoice(self, invoice: NewInvoice) -> int:
        """Create an invoice and return its id. Raises `UpstreamOutcomeUnknown` when it may be there."""
        return self._invoicing.create(invoice)

    def write_lines(self, target: Target, lines: Sequence[WrittenLine]) -> None:
        """Write our lines, and all others back as they came. Raises `UpstreamOutcomeUnknown` when it may be done."""
        self._invoicing.write_lines(target, lines)

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()
