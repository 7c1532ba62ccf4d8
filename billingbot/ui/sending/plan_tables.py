"""A plan as tables: a row a client, and a row a line of one. Amounts stay `Decimal`; quantities and prices are text."""

from collections.abc import Sequence

import pandas as pd

from billingbot.domain.plan import LineChange, PlanAction, PlannedInvoice, PlannedLine
from billingbot.ui.sending.charge_table import exact, typed
from billingbot.ui.sending.plan_words import against, changed

_CHANGES = (LineChange.ADD, LineChange.CHANGE, LineChange.REMOVE, LineChange.KEEP)
_CREATED_THEN = "created when it is sent"


def invoice_table(invoices: Sequence[PlannedInvoice]) -> pd.DataFrame:
    """Return a row a client, in their order.

    Columns: client_id int64 · Client · Action · Target, str · Add · Change · Remove · Keep, int64 · Cost · Price,
    Decimal · Currency · Against, str.
    """
    rows = [
        (
            invoice.client_id,
            invoice.client,
            invoice.action.value,
            target_words(invoice),
            *(changed(invoice, change) for change in _CHANGES),
            invoice.cost,
            invoice.total,
            invoice.currency,
            against(invoice),
        )
        for invoice in invoices
    ]
    counts = {change.value: "int64" for change in _CHANGES}
    types = {"client_id": "int64", "Client": "str", "Action": "str", "Target": "str", **counts}
    return typed(rows, types | {"Cost": "object", "Price": "object", "Currency": "str", "Against": "str"})


def planned_lines(invoice: PlannedInvoice) -> pd.DataFrame:
    """Return a row a line, in their order.

    Columns: key · Change · Description · Item · Quantity · Unit price, str · Price Decimal · In HaloPSA now str ·
    Charges int64.
    """
    rows = [
        (
            line.key,
            line.change.value,
            line.description,
            _item(line),
            exact(line.quantity),
            exact(line.unit_price),
            line.price,
            line.was,
            len(line.members),
        )
        for line in invoice.lines
    ]
    texts = dict.fromkeys(("key", "Change", "Description", "Item", "Quantity", "Unit price"), "str")
    return typed(rows, texts | {"Price": "object", "In HaloPSA now": "str", "Charges": "int64"})


def target_words(invoice: PlannedInvoice) -> str:
    """Name what is written to; "" where nothing is."""
    new = f"New {invoice.kind.value}" if invoice.action is PlanAction.CREATE else ""
    return invoice.target or new


def _item(line: PlannedLine) -> str:
    if line.item_id is None and line.change is not LineChange.REMOVE:
        return f"{line.item} ({_CREATED_THEN})" if line.item else _CREATED_THEN
    return line.item
