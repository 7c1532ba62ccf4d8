"""Stand-ins for the two sources of a refresh. They keep the promises of the ports: complete lists or an error."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from billingbot.domain.charge import Charge, Statement
from billingbot.domain.invoice import Invoice, RecurringInvoice
from billingbot.domain.party import Client, Company
from billingbot.domain.period import Period
from billingbot.errors import NotFound
from billingbot.ports import PageSeen

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def no_op() -> None:
    """Do nothing."""


@dataclass
class FakeHalo:
    """HaloPSA with lists of clients and invoices. `before_answer` runs first and may raise or change things.

    `invoice_rows` are newest first.
    """

    rows: Sequence[Client] = ()
    invoice_rows: Sequence[Invoice] = ()
    recurring_rows: Sequence[RecurringInvoice] = ()
    before_answer: Callable[[], None] = no_op
    reads: int = field(default=0, init=False)

    def check(self) -> None:
        """Be reachable."""

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
