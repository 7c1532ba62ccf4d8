"""Picking a row of a table in a dialog: a search above long tables, and a choice that is the same after a search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import pandas as pd
import streamlit as st

from billingbot.ui.row_click import picked_row, row_selection
from billingbot.ui.table_search import matching_rows

# A list this short is read faster than a search is typed.
_SHORT = 8

Id = TypeVar("Id", int, str)


@dataclass(frozen=True, slots=True)
class Look:
    """How a table looks: its name for screen readers, which column has the ids, which are shown, how, and searched."""

    name: str
    id_column: str
    shown: Sequence[str]
    searched: Sequence[str]
    config: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Choice(Generic[Id]):
    """What is chosen in a table, if anything.

    Streamlit remembers which row of a widget is selected, as a number, and not what it is. So `table` counts the
    contents that were shown, and each is a widget of its own, which starts with what is chosen.
    """

    chosen: Id | None = None
    text: str = ""
    table: int = 0


def draw_search(choice: Choice[Id], rows: int, key: str, placeholder: str) -> None:
    """Draw a search, which looks as one types, when there are more than a few rows."""
    text: str | None = ""
    if rows > _SHORT:
        text = st.text_input(
            "Search", key=key, type="search", placeholder=placeholder, label_visibility="collapsed", live="200ms"
        )
    if (text or "") != choice.text:
        choice.text, choice.table = text or "", choice.table + 1


def draw_picker(table: pd.DataFrame, look: Look, choice: Choice[Id], key: str) -> Id | None:
    """Draw the rows that are searched for, and return the id of the selected one; one that is not shown is not picked.

    The ids of the table are unique.
    """
    found = matching_rows(table, look.searched, choice.text)
    if found.empty:
        st.caption("Nothing is found.")
        return None
    ids: list[Id] = found[look.id_column].tolist()
    widget = f"{key}-{choice.table}"

    def pick() -> None:
        selection = st.session_state[widget]["selection"]
        row = picked_row(selection["rows"], selection["cells"], _place(choice, ids))
        st.session_state[widget] = row_selection(row, selection["cells"])

    selected = _draw(
        found,
        look,
        widget,
        on_select=pick,
        selection_mode=["single-row", "single-cell"],
        selection_default=row_selection(_place(choice, ids)),
    )
    rows = [row for row in selected["selection"]["rows"] if row < len(ids)]
    picked = ids[rows[0]] if rows else None
    if picked is not None or choice.chosen in ids:
        choice.chosen = picked
    return picked


def _place(choice: Choice[Id], ids: list[Id]) -> int | None:
    return ids.index(choice.chosen) if choice.chosen in ids else None


def draw_rows(table: pd.DataFrame, look: Look, text: str, key: str) -> None:
    """Draw the rows that are searched for, if any; none can be selected."""
    found = matching_rows(table, look.searched, text)
    if not found.empty:
        _draw(found, look, key)


def _draw(table: pd.DataFrame, look: Look, key: str, **selection: Any) -> Any:
    return st.dataframe(
        table,
        key=key,
        hide_index=True,
        column_order=look.shown,
        column_config=dict(look.config),
        placeholder="",
        alt=look.name,
        **selection,
    )
