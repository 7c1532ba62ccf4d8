"""What is taken of HaloPSA's rows, and what a new one is made of.

Headers of invoices have the same keys in a list and alone.
"""

from collections.abc import Iterable

from billingbot.connectors.halo.account import SOURCE
from billingbot.connectors.json_row import JsonRow
from billingbot.domain.invoice import Invoice, RecurringInvoice
from billingbot.domain.party import Client
from billingbot.domain.product import HaloItem, NewItem
from billingbot.errors import UpstreamSchemaError


def client_of(row: JsonRow) -> Client:
    """Return the client. Raises `UpstreamSchemaError`."""
    return Client(row.integer("id"), row.text("name"), row.optional_text("twilio_subaccount_sid"))


def invoice_of(row: JsonRow) -> Invoice:
    """Return the invoice. Raises `UpstreamSchemaError`."""
    return Invoice(
        invoice_id=row.integer("id"),
        client_id=row.integer("client_id"),
        number=row.optional_text("invoicenumber") or "",
        invoice_date=row.optional_day("invoice_date"),
        client_name=row.optional_text("client_name") or "",
        total=row.money("total"),
        reference=row.optional_text("reference") or "",
        posted=row.flag("posted"),
        voided=row.flag("voided"),
        # A part payment counts: the sum that somebody pays must not change any more.
        paid=row.optional_day("datepaid") is not None or bool(row.optional_money("amountpaid")),
    )


def recurring_invoice_of(row: JsonRow) -> RecurringInvoice:
    """Return the recurring invoice. Raises `UpstreamSchemaError`."""
    return RecurringInvoice(
        recurring_invoice_id=row.integer("id"),
        client_id=row.integer("client_id"),
        total=row.money("total"),
        reference=row.optional_text("reference") or "",
        contract=row.optional_text("contract_ref") or "",
        next_period=row.optional_day("nextcreationdate"),
        disabled=row.flag("disabled"),
    )


def item_of(row: JsonRow) -> HaloItem:
    """Return the item. Raises `UpstreamSchemaError`."""
    return HaloItem(row.integer("id"), row.text("name"), row.optional_text("supplier_part_code") or "")


def item_body(item: NewItem) -> dict[str, object]:
    """Return what HaloPSA creates the item of. Recurring invoices take the recurring amounts, others the plain ones."""
    return {
        "name": item.name,
        "supplier_part_code": item.code,
        "costprice": item.cost,
        "baseprice": item.price,
        "recurringcost": item.cost,
        "recurringprice": item.price,
    }


def refuse_strangers(client_id: int, owners: Iterable[int]) -> None:
    """Refuse invoices of other clients: charges must not land there because a filter was ignored.

    Raises `UpstreamSchemaError`.
    """
    strangers = set(owners) - {client_id}
    if strangers:
        sentence = f"invoices of client {client_id} were asked for, and invoices of client {min(strangers)} came."
        raise UpstreamSchemaError(sentence, source=SOURCE)
