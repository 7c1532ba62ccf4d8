"""HaloPSA invoices that charges can be sent to: the targets of an assignment."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice of one client. Posted, voided and paid ones cannot take charges."""

    invoice_id: int
    client_id: int
    number: str
    invoice_date: date | None
    client_name: str
    total: Decimal
    posted: bool
    voided: bool
    paid: bool


@dataclass(frozen=True, slots=True)
class RecurringInvoice:
    """A template from which HaloPSA makes invoices. `recurring_invoice_id` may be negative."""

    recurring_invoice_id: int
    client_id: int
    total: Decimal
    reference: str
    contract: str
    next_period: date | None
    disabled: bool
