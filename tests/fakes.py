"""Stand-ins for the two sources of a refresh. They keep the promises of the ports: complete lists or an error."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from cryptography.fernet import Fernet

from billingbot.bootstrap import Vendors
from billingbot.bootstrap.surroundings import Surroundings
from billingbot.domain.charge import Charge, Statement
from billingbot.domain.invoice import Invoice, RecurringInvoice
from billingbot.domain.party import Client, Company
from billingbot.domain.period import Period
from billingbot.domain.product import HaloItem, NewItem
from billingbot.domain.vendor_check import HaloScope
from billingbot.errors import NotFound
from billingbot.ports import CredentialStore, PageSeen
from billingbot.vault import Vault
from tests.fake_targets import FakeTargets, no_op

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def no_vendors(store: CredentialStore) -> Vendors:
    """Return vendors for a page that does not set any up."""
    return Vendors(store, (), Surroundings({}, Vault([Fernet.generate_key().decode()])))


@dataclass
class FakeHalo(FakeTargets):
    """HaloPSA with lists of clients, invoices and items. `before_answer` runs first and may raise or change things.

    `invoice_rows` are newest first. `created` are the items that were created, which are listed after `item_rows`.
    What charges are sent to is apart from these, in `target_rows`.
    """

    rows: Sequence[Client] = ()
    invoice_rows: Sequence[Invoice] = ()
    recurring_rows: Sequence[RecurringInvoice] = ()
    item_rows: Sequence[HaloItem] = ()
    scope_rows: tuple[HaloScope, ...] = ()
    reads: int = field(default=0, init=False)
    created: list[NewItem] = field(default_factory=list, init=False)

    def check(self) -> None:
        self.before_answer()

    def scopes(self) -> tuple[HaloScope, ...]:
        return self.scope_rows

    def items(self, seen: PageSeen) -> list[HaloItem]:
        self.before_answer()
        rows = [*sorted(self.item_rows, key=lambda item: item.item_id), *self._made()]
        seen(len(rows), len(rows))
        return rows

    def item_named(self, name: str) -> HaloItem | None:
        self.before_answer()
        return next((item for item in (*self.item_rows, *self._made()) if item.name == name), None)

    def create_item(self, item: NewItem) -> HaloItem:
        self.before_answer()
        self.created.append(item)
        return self._made()[-1]

    def _made(self) -> list[HaloItem]:
        return [HaloItem(5000 + place, item.name, item.code) for place, item in enumerate(self.created)]

    def clients(self, seen: PageSeen) -> list[Client]:
        self.reads += 1
        self.before_answer()
        rows = sorted(self.rows, key=lambda client: client.client_id)
        seen(len(rows), len(rows))
        return rows

    def invoices(self, client_id: int) -> list[Invoice]:
        self.before_answer()
        return [invoice for invoice in self.invoice_rows if invoice.client_id == client_id]

    def recurring_invoices(self, client_id: int) -> list[RecurringInvoice]:
        self.before_answer()
        return [recurring for recurring in self.recurring_rows if recurring.client_id == client_id]

    def invoice(self, invoice_id: int) -> Invoice:
        self.before_answer()
        for invoice in self.invoice_rows:
            if invoice.invoice_id == invoice_id:
                return invoice
        raise NotFound(f"HaloPSA has no invoice {invoice_id} any more.")

    def recurring_invoice(self, recurring_invoice_id: int) -> RecurringInvoice:
        self.before_answer()
        for recurring in self.recurring_rows:
            if recurring.recurring_invoice_id == recurring_invoice_id:
                return recurring
        raise NotFound(f"HaloPSA has no recurring invoice {recurring_invoice_id} any more.")


@dataclass
class FakeDistributor:
    """A distributor with a list of companies. `before_answer` runs first and may raise or change things.

    `charged` are the charges of whatever month is asked for; `asked` are the months and days that were asked for.
    """

    rows: Sequence[Company] = ()
    before_answer: Callable[[], None] = no_op
    charged: Sequence[Charge] = ()
    remarks: tuple[str, ...] = ()
    asked: list[tuple[Period, date]] = field(default_factory=list, init=False)
    key: str = "pax8"
    name: str = "Pax8"

    def check(self) -> None:
        """Be reachable."""

    def companies(self, seen: PageSeen) -> list[Company]:
        self.before_answer()
        rows = sorted(self.rows, key=lambda company: company.company_id)
        seen(len(rows), len(rows))
        return rows

    def charges(self, period: Period, today: date, seen: PageSeen) -> Statement:
        self.asked.append((period, today))
        self.before_answer()
        seen(len(self.charged), len(self.charged))
        return Statement(period, self.charged, period < Period.of(today), self.remarks)
