"""HaloPSA invoices that charges can be sent to: the targets of an assignment."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice of one client. Posted, voided and paid ones cannot take charges. `reference` may be ""."""

    invoice_id: int
    client_id: int
    number: str
    invoice_date: date | None
    client_name: str
    total: Decimal
    reference: str
    posted: bool
    voided: bool
    paid: bool

    @property
    def refusal(self) -> str:
        """Return why no charge can be sent to it, the reason that tells most; "" when charges can."""
        if self.voided:
            return "Voided."
        if self.paid:
            return "Paid, wholly or in part."
        return "Posted: HaloPSA does not change it any more." if self.posted else ""


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

    @property
    def refusal(self) -> str:
        """Return why no charge can be sent to it; "" when charges can."""
        return "Disabled: HaloPSA makes no invoices from it." if self.disabled else ""
