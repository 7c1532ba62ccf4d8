"""An invoice: whose it is, its charges, and whether they come to its total.

A discount may be in the prices of the lines already. It becomes a credit of its own where the total is reached with it
and not without it; where the total is reached neither way, nothing is added and `Invoice.gap` is left.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from billingbot.connectors.ingram_micro.account import SOURCE
from billingbot.connectors.ingram_micro.charge_rows import Head, charges_of
from billingbot.connectors.ingram_micro.end_users import company_key
from billingbot.connectors.ingram_micro.listed import Listed
from billingbot.connectors.json_row import JsonRow
from billingbot.domain.charge import Charge
from billingbot.errors import UpstreamSchemaError

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice with its charges. `total` is what Ingram Micro says that they come to, tax included, if it does."""

    head: Head
    postal_code: str
    charges: tuple[Charge, ...]
    total: Decimal | None
    discount: Decimal

    @property
    def sum(self) -> Decimal:
        """Return what the charges come to, tax included."""
        return sum((charge.cost + charge.tax for charge in self.charges), _ZERO)

    @property
    def gap(self) -> Decimal:
        """Return what lacks to the total; 0 where there is no total to compare with."""
        return _ZERO if self.total is None else self.total - self.sum


def invoice_of(detail: JsonRow, listed: Listed) -> Invoice:
    """Return the invoice that was asked for. Raises `UpstreamSchemaError`."""
    number = detail.text("invoiceNumber")
    if _bare(number) != _bare(listed.number):
        raise UpstreamSchemaError(f"/invoices/{listed.number} answered with invoice {number}.", source=SOURCE)
    head, postal_code = _head(detail, number)
    totals = detail.row("summary").row("totals")
    total = totals.optional_amount("invoicedAmountDue") if listed.total is None else listed.total
    discount = totals.optional_amount("discountAmount") or _ZERO
    invoice = Invoice(head, postal_code, tuple(charges_of(head, detail)), total, discount)
    if discount and invoice.gap == -discount:
        name = totals.optional_text("discountType") or "Discount"
        return replace(invoice, charges=(*invoice.charges, head.fee("discount", name, -discount, totals.data)))
    return invoice


def _head(detail: JsonRow, number: str) -> tuple[Head, str]:
    """Return what all charges have in common, and the end user's postal code."""
    end_user = detail.row("endUserInfo") if detail.data.get("endUserInfo") is not None else None
    name = (end_user.optional_text("companyName") or end_user.optional_text("contact") or "") if end_user else ""
    name = " ".join(name.split())
    orders = (
        ("order", detail.optional_text("ingramOrderNumber")),
        ("your order", detail.optional_text("customerOrderNumber")),
    )
    head = Head(
        number=number,
        company_id=company_key(name),
        company=name,
        note=", ".join([f"Invoice {number}", *(f"{what} {order}" for what, order in orders if order)]),
        is_credit="credit" in (detail.optional_text("invoiceType") or "").casefold(),
        currency=_currency(detail),
    )
    return head, (end_user.optional_text("postalCode") or "") if end_user else ""


def _currency(detail: JsonRow) -> str:
    """Return the currency of what is no line: that of the lines, or without any the invoice's."""
    lines = detail.rows("lines", "ingramLineNumber")
    return (lines[0] if lines else detail.row("fxRateInfo")).text("currencyCode").upper()


def _bare(number: str) -> str:
    return number.replace("-", "").upper()
