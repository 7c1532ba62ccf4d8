"""How the columns of the ledger look, wherever it is shown."""

from collections.abc import Iterable, Mapping
from typing import Any

import streamlit as st

from billingbot.ui.money import amount_format

CONFIG: Mapping[str, Any] = {
    "entry_id": None,
    "When (UTC)": st.column_config.TextColumn(width=140),
    "Who": st.column_config.TextColumn(width=90),
    "Integration": st.column_config.TextColumn(width=85),
    "Client": st.column_config.TextColumn(width=230),
    "Month": st.column_config.TextColumn(width=75),
    "Invoice": st.column_config.TextColumn(width=150),
    "Action": st.column_config.TextColumn(width=85),
    "Lines": st.column_config.NumberColumn(width=60, format="localized"),
    "Total": st.column_config.NumberColumn(width=95, format="%,.2f"),
    "Currency": st.column_config.TextColumn(width=75),
    "State": st.column_config.TextColumn(width=165),
    "Worth knowing": st.column_config.TextColumn(width=420),
}
"""By heading; that of `ledger_table` which is not to be read is hidden."""


def ledger_look(currencies: Iterable[str]) -> Mapping[str, Any]:
    """Return how the columns look where totals are in these currencies."""
    return {**CONFIG, "Total": st.column_config.NumberColumn(width=95, format=amount_format(currencies))}
