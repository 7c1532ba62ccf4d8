"""The chips above the grid, of which one at a time may be pressed."""

from collections.abc import Mapping

import streamlit as st

from billingbot.ui.client_page import PageState
from billingbot.ui.work_queue import LABELS, LAST_REFRESH, TO_DO, Work

_GROUPS = {"work-to-do": TO_DO, "work-last-refresh": LAST_REFRESH}


def press(work: Work | None) -> None:
    """Press a chip, or none. To be called before the chips are drawn."""
    for key, group in _GROUPS.items():
        st.session_state[key] = work if work in group else None


def pick_work(state: PageState, figures: Mapping[Work, int]) -> Work | None:
    """Draw a chip for each figure and return the one that is pressed. What the last refresh did not do has no chip."""
    if state.shows_all:
        state.shows_all = False
        press(None)
    happened = [work for work in LAST_REFRESH if figures[work] or st.session_state.get("work-last-refresh") == work]
    with st.container(key="summary", horizontal=True, vertical_alignment="center"):
        picked = [_chips("To do", "work-to-do", TO_DO, figures)]
        if happened:
            picked.append(_chips("Last refresh", "work-last-refresh", happened, figures))
    return next(filter(None, picked), None)


def _chips(label: str, key: str, group: tuple[Work, ...] | list[Work], figures: Mapping[Work, int]) -> Work | None:
    return st.pills(
        label,
        group,
        format_func=lambda work: f"{LABELS[work]} **{figures[work]:,}**",
        key=key,
        on_change=_release_others,
        args=(key,),
        width="content",
    )


def _release_others(pressed: str) -> None:
    for key in _GROUPS:
        if key != pressed:
            st.session_state[key] = None
