"""Stand-ins for the two sources of a refresh. They keep the promises of the ports: complete lists or an error."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from billingbot.domain.invoice import Invoice, RecurringInvoice
from billingbot.domain.party import Client, Company
from billingbot.ports import PageSeen

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def no_op() -> None:
    """Do nothing."""


@dataclass
class FakeHalo:
    """HaloPSA with a list of clients. `before_answer` runs first and may raise or change things."""

    rows: Sequence[Client] = ()
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
        raise AssertionError(f"a refresh reads no invoices, not even of {client_id}")

    def recurring_invoices(self, client_id: int) -> list[RecurringInvoice]:
        raise AssertionError(f"a refresh reads no recurring invoices, not even of {client_id}")


@dataclass
class FakeDistributor:
    """A distributor with a list of companies. `before_answer` runs first and may raise or change things."""

    rows: Sequence[Company] = ()
    before_answer: Callable[[], None] = no_op
    key: str = "pax8"
    name: str = "Pax8"

    def check(self) -> None:
        """Be reachable."""

    def companies(self, seen: PageSeen) -> list[Company]:
        self.before_answer()
        rows = sorted(self.rows, key=lambda company: company.company_id)
        seen(len(rows), len(rows))
        return rows
