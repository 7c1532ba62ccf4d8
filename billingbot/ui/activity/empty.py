"""What Activity says when a list is empty: there is nothing yet, or the filters hide it."""

import streamlit as st

from billingbot.ui.activity.filters import View, clear_filters, is_filtered
from billingbot.ui.frame import logo_address

_NOTHING_YET = {
    View.CHANGES: ("Nothing has been changed yet", "What operators and refreshes change stands here, with an Undo."),
    View.RUNS: ("No refresh yet", "Press **Refresh Clients** on Client Management. How each refresh went stands here."),
    View.SENT: (
        "Nothing was sent yet",
        "Plan and send a month on **Ready to Invoice**. Every invoice stands here then, with the charges behind it.",
    ),
}


def draw_empty(view: View) -> None:
    """Say why the list is empty, and what to do about it."""
    with st.container(key="activity-empty", horizontal_alignment="center", vertical_alignment="center", gap="xsmall"):
        if is_filtered():
            st.subheader("Nothing matches these filters", anchor=False, width="content")
            st.button("Show everything", on_click=clear_filters)
            return
        heading, text = _NOTHING_YET[view]
        st.html(f'<img class="empty-mark" alt="" src="{logo_address()}">', width="content")
        st.subheader(heading, anchor=False, width="content")
        st.markdown(text, width="content")
