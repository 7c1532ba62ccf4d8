"""The summary view: the chips, the search, the buttons, and the clients that are shown."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.jobs.billing_rows import BillingRow
from billingbot.ui.ready.reading import Reading
from billingbot.ui.ready.state import DialogKind, ReadyState
from billingbot.ui.ready.summary import draw_summary, found_rows, pick_standing, ready_clients, standing_key
from billingbot.ui.sending.bar import draw_plan_button
from billingbot.ui.wording import count


@dataclass(frozen=True, slots=True)
class _Filter:
    """`rows` are what is shown; `words` say how they were chosen, "" when they were not."""

    rows: Sequence[BillingRow]
    words: str


def draw_clients(app: App, state: ReadyState, integration: Integration, reading: Reading, key: str) -> None:
    """Draw the clients with charges."""
    with st.container(key="ready-filters", horizontal=True, vertical_alignment="center", gap="small"):
        shown = _draw_filters(reading.rows, key)
    with st.container(key="ready-actions", horizontal=True, vertical_alignment="center", gap="small"):
        _draw_actions(app, state, integration, reading, shown)
    if shown.rows:
        draw_summary(state, shown.rows, key)
    else:
        st.caption("No client is like that.")


def _draw_filters(rows: Sequence[BillingRow], key: str) -> _Filter:
    standing = pick_standing(rows, standing_key(key))
    text = st.text_input(
        "Search",
        key=f"{key}-search",
        type="search",
        placeholder="Search client, target or id",
        live="200ms",
        label_visibility="collapsed",
        width=280,
    )
    words = [str(standing)] if standing else []
    words += [f"search: {text.strip()}"] if text and text.strip() else []
    return _Filter(found_rows(rows, standing, text or ""), "; ".join(words))


def _draw_actions(app: App, state: ReadyState, integration: Integration, reading: Reading, shown: _Filter) -> None:
    ids = list(dict.fromkeys(row.client_id for row in shown.rows))
    ticked = [number for number in dict.fromkeys(row.client_id for row in reading.rows) if number in state.ticked]
    draw_plan_button(app, state.desk, integration, reading.billing.period, reading.billing, ticked)
    ready = ready_clients(shown.rows)
    st.button(
        f"Tick all ready ({len(ready):,})",
        icon=":material/done_all:",
        disabled=not ready - state.ticked,
        help="Ticks the clients shown that are ready, and those of whom lines are to be taken back. What is not ready, "
        "you can tick by hand: the plan says why not.",
        on_click=state.ticked.update,
        args=(ready,),
    )
    st.button("Untick all", icon=":material/remove_done:", disabled=not ticked, on_click=state.ticked.clear)
    st.button(
        "Export …",
        icon=":material/download:",
        disabled=not ids,
        on_click=state.open_dialog,
        args=(DialogKind.EXPORT, ids, shown.words),
    )
    hidden = len(set(ticked) - set(ids))
    if not ticked:
        st.caption(count(len(ids), "client"))
    else:
        st.caption(f"{count(len(ticked), 'client')} ticked{f', {hidden:,} of them not shown' if hidden else ''}")
