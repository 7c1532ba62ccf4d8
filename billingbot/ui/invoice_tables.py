"""HaloPSA's invoices and recurring invoices as tables to pick from. Money stays `Decimal`."""

from collections.abc import Sequence

import pandas as pd

from billingbot.domain.invoice import Invoice, RecurringInvoice

_INVOICE = {
    "ID": "int64",
    "Number": "str",
    "Date": "object",
    "Name": "str",
    "Reference": "str",
    "Total": "object",
    "Why": "str",
}
_RECURRING = {
    "ID": "int64",
    "Amount": "object",
    "Reference": "str",
    "Contract": "str",
    "Next Period": "object",
    "Why": "str",
}


def invoice_table(invoices: Sequence[Invoice]) -> pd.DataFrame:
    """Return invoices in their order.

    Columns: ID int64 · Number str · Date date or None · Name str · Reference str · Total Decimal · Why str (it cannot
    take charges, "" when it can).
    """
    return _table(
        [
            (of.invoice_id, of.number, of.invoice_date, of.client_name, of.reference, of.total, of.refusal)
            for of in invoices
        ],
        _INVOICE,
    )


def recurring_table(invoices: Sequence[RecurringInvoice]) -> pd.DataFrame:
    """Return recurring invoices in their order.

    Columns: ID int64 · Amount Decimal · Reference str · Contract str · Next Period date or None · Why str, as above.
    """
    return _table(
        [(of.recurring_invoice_id, of.total, of.reference, of.contract, of.next_period, of.refusal) for of in invoices],
        _RECURRING,
    )


def _table(rows: list[tuple[object, ...]], types: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(types), dtype="object").astype(types)
