"""The list of Assign Invoice: what can take charges, to pick from, and below it what cannot, with the reason."""

import pandas as pd
import streamlit as st

from billingbot.domain.integration import Assignment
from billingbot.ui.dialogs.picking import Choice, Look, draw_picker, draw_rows, draw_search

_MONEY = st.column_config.NumberColumn(format="%.2f", alignment="right", width="small")
_DATE = st.column_config.DateColumn(format="YYYY-MM-DD", width="small")
_TEXT = st.column_config.TextColumn(width="medium")
_CONFIG = {
    "ID": st.column_config.NumberColumn(format="%d", alignment="right", width="small"),
    "Number": st.column_config.TextColumn(width="small"),
    "Date": _DATE,
    "Name": _TEXT,
    "Reference": _TEXT,
    "Contract": _TEXT,
    "Total": _MONEY,
    "Amount": _MONEY,
    "Next Period": _DATE,
    "Why": st.column_config.TextColumn(width="large"),
}
_SHOWN = {
    Assignment.LAST: ["ID", "Number", "Date", "Name", "Reference", "Total"],
    Assignment.RECURRING: ["ID", "Amount", "Reference", "Contract", "Next Period"],
}
_EMPTY = {
    Assignment.LAST: "HaloPSA has no invoice of this client. Make one there and press **Read again**, or choose "
    "*New* as Invoice Assignment in Edit Company.",
    Assignment.RECURRING: "HaloPSA has no recurring invoice of this client. Make one there and press **Read again**, "
    "or choose *New* or *Last* as Invoice Assignment in Edit Company.",
}


def draw_invoice_list(table: pd.DataFrame, assignment: Assignment, choice: Choice[int], key: str) -> int | None:
    """Draw the list and return the id of what is picked.

    Args:
        table: what `invoice_table` or `recurring_table` returns.
        assignment: last or recurring: which of the two it is.
        choice: what is chosen.
        key: begins the widgets' keys.
    """
    if table.empty:
        st.info(_EMPTY[assignment], icon=":material/receipt_long:")
        return None
    shown = _SHOWN[assignment]
    draw_search(choice, len(table), f"{key}-search", f"Search {len(table):,} by any column")
    fit, unfit = table[table["Why"] == ""], table[table["Why"] != ""]
    picked = None
    if fit.empty:
        st.info("None of the client's invoices can take charges.", icon=":material/receipt_long:")
    else:
        picked = draw_picker(fit, Look("Invoices", "ID", shown, shown, _CONFIG), choice, f"{key}-fit")
    if not unfit.empty:
        st.markdown(f"**Cannot take charges** · {len(unfit):,}")
        columns = [*shown, "Why"]
        look = Look("Cannot take charges", "ID", columns, columns, _CONFIG)
        draw_rows(unfit, look, choice.text, f"{key}-unfit-{choice.table}")
    return picked
