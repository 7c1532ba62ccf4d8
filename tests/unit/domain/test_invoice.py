"""Which invoices take charges, and what is said of those that do not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from billingbot.domain.invoice import Invoice, RecurringInvoice

OPEN = Invoice(
    7, 5, "INV-7", date(2026, 11, 2), "Acme", Decimal(10), reference="", posted=False, voided=False, paid=False
)
RECURRING = RecurringInvoice(-240, 5, Decimal(10), "Cloud", "C-1", date(2026, 12, 1), disabled=False)


@pytest.mark.parametrize(
    ("invoice", "refusal"),
    [
        (OPEN, ""),
        (replace(OPEN, posted=True), "Posted: HaloPSA does not change it any more."),
        (replace(OPEN, posted=True, paid=True), "Paid, wholly or in part."),
        (replace(OPEN, paid=True), "Paid, wholly or in part."),
        (replace(OPEN, posted=True, voided=True, paid=True), "Voided."),
        (replace(OPEN, voided=True), "Voided."),
    ],
)
def test_an_invoice_says_the_most_telling_reason_why_it_takes_no_charges(invoice: Invoice, refusal: str) -> None:
    assert invoice.refusal == refusal


def test_a_recurring_invoice_takes_charges_until_it_is_disabled() -> None:
    assert RECURRING.refusal == ""
    assert replace(RECURRING, disabled=True).refusal == "Disabled: HaloPSA makes no invoices from it."
