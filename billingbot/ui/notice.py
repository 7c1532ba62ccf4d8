"""What the last click did, in a quiet line with an Undo."""

from collections.abc import Callable
from html import escape

import streamlit as st

from billingbot.ui.client_page import Notice


def draw_notice(key: str, notice: Notice | None, undo: Callable[[str], None], dismiss: Callable[[], None]) -> None:
    """Draw the notice, if there is one. `undo` is called with the batch to take back. `key` ends in `-notice`."""
    if notice is None:
        return
    with st.container(key=key, horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p role="status" class="notice">{escape(notice.text)}</p>', width="content")
        if notice.batch:
            st.button("Undo", type="tertiary", on_click=undo, args=(notice.batch,))
        st.button("Dismiss", type="tertiary", on_click=dismiss)
