"""What of all that happened the page shows: the filters, which an address can set when the page is entered."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.history import ActivityFilter
from billingbot.ui.activity.period import PERIOD_WORDS, Period, since
from billingbot.ui.activity.state import ActivityState
from billingbot.ui.activity.words import who_words


class View(StrEnum):
    """The lists, as they stand in an address."""

    CHANGES = "changes"
    RUNS = "runs"
    SENT = "sent"


VIEW_WORDS: Mapping[View, str] = {
    View.CHANGES: "Changes",
    View.RUNS: "Refresh runs",
    View.SENT: "Sent to HaloPSA",
}
_SEARCHED = {
    View.CHANGES: "Search client, product or reason",
    View.RUNS: "Search errors",
    View.SENT: "Search client, invoice or plan",
}
_DEFAULTS: Mapping[str, str] = {"view": View.CHANGES, "integration": "", "who": "", "period": Period.ALL, "client": ""}


def follow_address(integrations: Mapping[str, str], actors: list[str]) -> None:
    """Set the filters as the address says, when the session comes to this page. What it names wrongly is left out."""
    if _key("view") in st.session_state:
        return
    known: dict[str, list[str]] = {
        "view": [*View],
        # One alone is nothing to filter by, and has no selector to take it back.
        "integration": list(integrations) if len(integrations) > 1 else [],
        "who": actors,
        "period": [*Period],
    }
    asked = st.query_params.to_dict()
    for name, default in _DEFAULTS.items():
        value = asked.get(name, default)
        st.session_state[_key(name)] = value if value in known.get(name, [value]) else default


def show_address() -> None:
    """Let the address name the filters that are set, beside what is open."""
    address = {name: value for name, value in st.query_params.to_dict().items() if name not in _DEFAULTS}
    address |= {name: value for name in _DEFAULTS if (value := _value(name)) != _DEFAULTS[name]}
    if st.query_params.to_dict() != address:
        st.query_params.from_dict(address)


def draw_filters(app: App, state: ActivityState, integrations: Mapping[str, str], actors: list[str]) -> ActivityFilter:
    """Draw the filters, and return what they ask for. `integrations` are names by key."""
    with st.container(key="activity-filters", horizontal=True, vertical_alignment="center", gap="small"):
        st.segmented_control(
            "View",
            list(VIEW_WORDS),
            format_func=VIEW_WORDS.__getitem__,
            key=_key("view"),
            required=True,
            on_change=state.forget,
            label_visibility="collapsed",
        )
        if len(integrations) > 1:
            _draw_choice("Integration", {"": "All integrations", **integrations}, "integration")
        _draw_choice("Who", {"": "Everybody", **{actor: who_words(actor) for actor in actors}}, "who")
        _draw_choice("Period", PERIOD_WORDS, "period")
        st.text_input(
            "Search",
            key=_key("client"),
            type="search",
            placeholder=_SEARCHED[current_view()],
            live=True,
            label_visibility="collapsed",
            width=260,
        )
        if is_filtered():
            st.button("Clear filters", type="tertiary", on_click=clear_filters)
    return ActivityFilter(
        integration=_value("integration"),
        actor=_value("who"),
        text=_value("client").strip(),
        since=since(Period(_value("period")), app.now()),
    )


def current_view() -> View:
    """Return the list that is chosen."""
    return View(_value("view"))


def is_filtered() -> bool:
    """Say whether any filter hides something."""
    return any(_value(name) != default for name, default in _DEFAULTS.items() if name != "view")


def clear_filters() -> None:
    """Let all filters show everything. For use in callbacks: widgets are drawn afterwards."""
    for name, default in _DEFAULTS.items():
        if name != "view":
            st.session_state[_key(name)] = default


def choose_view(view: View) -> None:
    """Change to a list. For use in callbacks."""
    st.session_state[_key("view")] = view


def _draw_choice(label: str, words: Mapping[Any, str], name: str) -> None:
    st.selectbox(
        label,
        list(words),
        format_func=words.__getitem__,
        key=_key(name),
        label_visibility="collapsed",
        width=160,
        filter_mode=None,
    )


def _key(name: str) -> str:
    return f"activity-{name}"


def _value(name: str) -> str:
    return str(st.session_state.get(_key(name), _DEFAULTS[name]))
