"""HaloPSA and the distributors, as jobs see them. Connectors implement it; tests may stand in for it."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from billingbot.domain.charge import Statement
from billingbot.domain.invoice import Invoice, RecurringInvoice
from billingbot.domain.party import Client, Company
from billingbot.domain.period import Period
from billingbot.domain.product import HaloItem, NewItem
from billingbot.domain.target import NewInvoice, Target, TargetKind, WrittenLine
from billingbot.domain.vendor_check import HaloScope


class PageSeen(Protocol):
    """Hears of every page of a list: rows so far, and rows in all when the source promises a number (else 0)."""

    def __call__(self, done: int, total: int) -> None:
        """Hear of it. May raise to stop the walk."""


class Distributor(Protocol):
    """A distributor's API. All methods raise `UpstreamError`."""

    @property
    def key(self) -> str:
        """Identify the adapter: `pax8`."""

    @property
    def name(self) -> str:
        """Return the name that users know: `Pax8`."""

    def check(self) -> None:
        """Sign in and read one row."""

    def companies(self, seen: PageSeen) -> list[Company]:
        """Return every company, complete and unique by id, in the order of the ids, or raise."""

    def charges(self, period: Period, today: date, seen: PageSeen) -> Statement:
        """Return what is charged for the period, complete and unique by id, in the order of the ids, or raise.

        Args:
            period: the month.
            today: the day in UTC: the running month is read elsewhere than those that are billed.
            seen: hears of every page.
        """


class Halo(Protocol):
    """HaloPSA's API. All methods raise `UpstreamError`."""

    def check(self) -> None:
        """Sign in and read one row."""

    def scopes(self) -> tuple[HaloScope, ...]:
        """Return the permissions that BillingBot needs, and which of them the application has. Nothing is written."""

    def clients(self, seen: PageSeen) -> list[Client]:
        """Return every active client, complete and unique by id, in the order of the ids, or raise."""

    def invoices(self, client_id: int) -> list[Invoice]:
        """Return the client's invoices, newest first."""

    def recurring_invoices(self, client_id: int) -> list[RecurringInvoice]:
        """Return the client's recurring invoices."""

    def invoice(self, invoice_id: int) -> Invoice:
        """Return an invoice as it is now, whosever it is. Raises `NotFound` when HaloPSA has it not."""

    def recurring_invoice(self, recurring_invoice_id: int) -> RecurringInvoice:
        """Return a recurring invoice as it is now, whosever it is. Raises `NotFound` when HaloPSA has it not."""

    def items(self, seen: PageSeen) -> list[HaloItem]:
        """Return every active item, complete and unique by id, in the order of the ids, or raise."""

    def item_named(self, name: str) -> HaloItem | None:
        """Return the item of exactly that name, if there is one; the oldest of several."""

    def create_item(self, item: NewItem) -> HaloItem:
        """Create the item, read it back and return it. It is not looked for before: see `item_named`.

        Raises `UpstreamOutcomeUnknown` when the answer was lost: look before it is created again.
        """

    def target(self, kind: TargetKind, invoice_id: int) -> Target:
        """Return an invoice or recurring invoice with its lines, as it is now. Raises `NotFound`."""

    def targets(self, kind: TargetKind, invoice_ids: Collection[int]) -> dict[int, Target]:
        """Return those of them that HaloPSA has, with their lines, by id. Few are read one by one, many as a list."""

    def invoice_referred(self, client_id: int, reference: str) -> Target | None:
        """Return the client's invoice that has exactly this unique reference, the oldest of several; with its lines."""

    def create_invoice(self, invoice: NewInvoice) -> int:
        """Create an invoice and return its id. It is not looked for before, and never sent twice.

        Raises `UpstreamOutcomeUnknown` when it may be there: look before it is created again.
        """

    def write_lines(self, target: Target, lines: Sequence[WrittenLine]) -> None:
        """Write our lines to an invoice or recurring invoice, and all others back as they were read.

        Lines of ours that are not among `lines` are written back too. Raises `UpstreamOutcomeUnknown`.
        """
