"""A list in which a click anywhere on a row, or an arrow key, opens it; what is open is named by the address."""

from collections.abc import Mapping, Sequence
from typing import Any
from zlib import crc32

import pandas as pd
import streamlit as st

from billingbot.ui.activity.state import ActivityState, Detail, opened, set_open
from billingbot.ui.row_click import picked_row, row_selection

_ROW_HEIGHT = 35
_ROWS_SHOWN = 18
_NAMES = {Detail.BATCH: "Changes", Detail.RUN: "Refresh runs", Detail.ENTRY: "Sent to HaloPSA"}


def draw_table(
    state: ActivityState, detail: Detail, ids: Sequence[str], rows: pd.DataFrame, config: Mapping[str, Any]
) -> None:
    """Draw the rows, whose ids are `ids` in their order; the open one is marked."""
    # Streamlit reports row numbers: a key of its own for each list of ids keeps them from being read as others.
    key = f"activity-{detail}-{crc32(chr(0).join(ids).encode())}"
    row = ids.index(opened(detail)) if opened(detail) in ids else None
    if key in st.session_state and st.session_state[key]["selection"]["rows"] != ([] if row is None else [row]):
        st.session_state[key] = row_selection(row)

    def pick() -> None:
        selection = st.session_state[key]["selection"]
        picked = picked_row(selection["rows"], selection["cells"], row)
        state.forget()
        set_open(detail, "" if picked is None else ids[picked])
        st.session_state[key] = row_selection(picked, selection["cells"])

    st.dataframe(
        rows,
        key=key,
        hide_index=True,
        on_select=pick,
        selection_mode=["single-row", "single-cell"],
        selection_default=row_selection(row),
        column_config=dict(config),
        row_height=_ROW_HEIGHT,
        height="content" if len(ids) <= _ROWS_SHOWN else _ROWS_SHOWN * _ROW_HEIGHT,
        placeholder="",
        alt=_NAMES[detail],
    )
