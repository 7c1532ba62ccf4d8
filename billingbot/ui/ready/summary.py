"""The summary of a month: a row a client, which of them are shown, and which are ticked to be sent."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from zlib import crc32

import pandas as pd
import streamlit as st

from billingbot.billing.rounding import decimals
from billingbot.jobs.billing_rows import BillingRow, Standing
from billingbot.ui.ready.state import ReadyState, View
from billingbot.ui.table_search import matching_rows

_ROW_HEIGHT = 35
_ROWS_SHOWN = 17
_SEARCHED = ["Client", "Target", "Halo Id"]


def standing_key(key: str) -> str:
    """Return the key of the chips, given that of the month."""
    return f"{key}-standing"


def ready_clients(rows: Sequence[BillingRow]) -> set[int]:
    """Return the clients that can be planned as they are: those that are ready, and those to take lines back from."""
    return {row.client_id for row in rows if row.standing in (Standing.READY, Standing.TAKE_BACK)}


def pick_standing(rows: Sequence[BillingRow], key: str) -> Standing | None:
    """Draw a chip for each standing that there is, with how many clients have it; return the one that is pressed."""
    figures = Counter({row.client_id: row.standing for row in rows}.values())
    there = [standing for standing in Standing if figures[standing] or st.session_state.get(key) is standing]
    picked: Standing | None = st.pills(
        "Show",
        there,
        format_func=lambda standing: f"{standing} **{figures[standing]:,}**",
        key=key,
        label_visibility="collapsed",
        width="content",
    )
    return picked


def show_standing(state: ReadyState, key: str, standing: Standing) -> None:
    """Press a chip: show the clients that have this standing. For use in callbacks."""
    st.session_state[standing_key(key)] = standing
    state.show(View.SUMMARY)


def found_rows(rows: Sequence[BillingRow], standing: Standing | None, text: str) -> list[BillingRow]:
    """Return the rows of that standing, or of all, in which each word of the text is found."""
    chosen = [row for row in rows if standing is None or row.standing is standing]
    if not text.strip():
        return chosen
    return [chosen[place] for place in matching_rows(summary_frame(chosen), _SEARCHED, text).index]


def summary_frame(rows: Sequence[BillingRow]) -> pd.DataFrame:
    """Return the rows as they are drawn, in their order.

    Columns: Client str · Lines int64 · Cost, Price, Margin, Margin % objects (`Decimal` or None) · Currency ·
    Assignment · Target, all str · State lists of one str · Waits Int64 · Halo Id int64.
    """
    return pd.DataFrame(
        {
            "Client": pd.Series([row.client for row in rows], dtype="str"),
            "Lines": pd.Series([row.lines for row in rows], dtype="int64"),
            "Cost": pd.Series([row.cost for row in rows], dtype="object"),
            "Price": pd.Series([row.price for row in rows], dtype="object"),
            "Margin": pd.Series([row.margin for row in rows], dtype="object"),
            "Margin %": pd.Series([row.margin_percent for row in rows], dtype="object"),
            "Currency": pd.Series([row.currency for row in rows], dtype="str"),
            "Assignment": pd.Series([row.assignment.capitalize() for row in rows], dtype="str"),
            "Target": pd.Series([row.target for row in rows], dtype="str"),
            "State": pd.Series([[str(row.standing)] for row in rows], dtype="object"),
            "Waits": pd.Series([row.waiting or None for row in rows], dtype="Int64"),
            "Halo Id": pd.Series([row.client_id for row in rows], dtype="int64"),
        }
    )


def ticked_after(clients: Sequence[int], rows: Collection[int], before: Collection[int]) -> set[int]:
    """Return which clients are ticked now that the boxes of these rows are: a client may have several rows.

    Args:
        clients: whose each row is.
        rows: numbers of those whose box is ticked.
        before: the clients that were ticked, shown or not.

    >>> sorted(ticked_after([7, 7, 8], [0], [9])), sorted(ticked_after([7, 7, 8], [0, 2], [7, 9]))
    ([7, 9], [8, 9])
    """
    boxes: defaultdict[int, list[bool]] = defaultdict(list)
    for place, client in enumerate(clients):
        boxes[client].append(place in rows)
    now = {client for client, its in boxes.items() if (all(its) if client in before else any(its))}
    return now | (set(before) - boxes.keys())


def draw_summary(state: ReadyState, rows: Sequence[BillingRow], key: str) -> None:
    """Draw the rows. A click on a cell opens the client's detail, one on a box ticks it."""
    clients = [row.client_id for row in rows]
    # Rows are numbers to Streamlit: other rows are another widget, so that no tick moves to another client.
    key = f"{key}-{crc32(repr([(row.client_id, row.currency) for row in rows]).encode())}"
    if key in st.session_state and st.session_state[key]["selection"]["rows"] != _selected(clients, state.ticked):
        st.session_state[key] = _selection(clients, state.ticked)

    def picked() -> None:
        selection = st.session_state[key]["selection"]
        state.ticked = ticked_after(clients, set(selection["rows"]), state.ticked)
        if selection["cells"]:
            state.show(View.DETAIL, clients[selection["cells"][0][0]])
        st.session_state[key] = _selection(clients, state.ticked)

    st.dataframe(
        summary_frame(rows),
        key=key,
        hide_index=True,
        on_select=picked,
        selection_mode=["multi-row", "single-cell"],
        selection_default=_selection(clients, state.ticked),
        column_order=_columns(rows),
        column_config=_config(rows),
        placeholder="–",
        row_height=_ROW_HEIGHT,
        height="content" if len(rows) <= _ROWS_SHOWN else (_ROWS_SHOWN + 1) * _ROW_HEIGHT,
        alt="Clients with charges",
    )


def _selected(clients: Sequence[int], ticked: Collection[int]) -> list[int]:
    return [place for place, client in enumerate(clients) if client in ticked]


def _selection(clients: Sequence[int], ticked: Collection[int]) -> Any:
    return {"selection": {"rows": _selected(clients, ticked), "columns": [], "cells": []}}


def _columns(rows: Sequence[BillingRow]) -> list[str]:
    hidden = {"Halo Id"} if any(row.waiting for row in rows) else {"Halo Id", "Waits"}
    return [column for column in summary_frame([]).columns if column not in hidden]


def _config(rows: Sequence[BillingRow]) -> dict[str, Any]:
    amount = f"%,.{max((decimals(row.currency) for row in rows), default=2)}f"
    return {
        "Client": st.column_config.TextColumn(width=300, help="Click a row to see its lines and charges."),
        "Lines": st.column_config.NumberColumn(width=60, format="localized"),
        "Cost": st.column_config.NumberColumn(width=110, format=amount, help="What you pay for the lines."),
        "Price": st.column_config.NumberColumn(width=110, format=amount, help="What the client pays for the lines."),
        "Margin": st.column_config.NumberColumn(width=110, format=amount, help="Price less cost."),
        "Margin %": st.column_config.NumberColumn(width=80, format="%.1f", help="The margin's share of the price."),
        "Currency": st.column_config.TextColumn(width=75),
        "Assignment": st.column_config.TextColumn(width=95),
        "Target": st.column_config.TextColumn(width=170),
        "State": st.column_config.MultiselectColumn(
            width=145, options=[str(standing) for standing in Standing], color=[_COLORS[one] for one in Standing]
        ),
        "Waits": st.column_config.NumberColumn(
            width=60, format="localized", help="Charges that cannot be billed yet. They are not in the lines."
        ),
    }


_COLORS = {
    Standing.READY: "blue",
    Standing.NO_TARGET: "orange",
    Standing.NO_ITEM: "orange",
    Standing.CURRENCIES: "orange",
    Standing.REVIEW: "orange",
    Standing.GONE: "red",
    Standing.FAILED: "red",
    Standing.UNKNOWN: "red",
    Standing.DIFFERS: "violet",
    Standing.TAKE_BACK: "violet",
    Standing.LOOK: "orange",
    Standing.SENT: "green",
    Standing.EXCLUDED: "gray",
    Standing.NOTHING: "gray",
}
