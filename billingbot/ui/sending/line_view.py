"""The charges behind lines, and those that a rule dropped, as a table: of the plan, and of what was sent."""

from collections.abc import Sequence

import streamlit as st

from billingbot.domain.ledger import LedgerLine
from billingbot.domain.plan import Member, PlannedLine
from billingbot.ui.sending.charge_table import charge_table
from billingbot.ui.wording import count

_AMOUNT = st.column_config.NumberColumn(format="%,.4f", width=105)
_CONFIG = {
    "Charge": st.column_config.TextColumn(width=290),
    "Company": st.column_config.TextColumn(width=200),
    "Product": st.column_config.TextColumn(width=230),
    "Cost": _AMOUNT,
    "Price": _AMOUNT,
    "Becomes": st.column_config.TextColumn(width=300),
}
_ROW_HEIGHT = 35
_ROWS_SHOWN = 8


def draw_charges(
    lines: Sequence[PlannedLine] | Sequence[LedgerLine], dropped: Sequence[Member], key: str | None, widget: str
) -> None:
    """Draw the charges of the line with that key; with None those of all lines, and those that were dropped."""
    table = charge_table(lines, dropped, key)
    if table.empty:
        st.caption("No charge is behind this." if key is None else "No charge is behind this line: it is taken back.")
        return
    of_what = "behind this line" if key is not None else "behind these lines"
    gone = f", {len(dropped):,} of them dropped by a rule" if dropped and key is None else ""
    st.caption(f"{count(len(table), 'charge')} {of_what}{gone}:")
    st.dataframe(
        table,
        key=f"{widget}-{key}",
        hide_index=True,
        column_config=_CONFIG,
        placeholder="",
        row_height=_ROW_HEIGHT,
        height="content" if len(table) <= _ROWS_SHOWN else (_ROWS_SHOWN + 1) * _ROW_HEIGHT,
        alt="Charges",
    )
