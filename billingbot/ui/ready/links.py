"""The ways from the page to Client Management, where clients and companies are looked after."""

import streamlit as st

from billingbot.ui.work_chips import press
from billingbot.ui.work_queue import LABELS, Work


def draw_link_to_clients(label: str, work: Work, key: str) -> None:
    """Draw a button that leads to Client Management, with the rows of a chip."""
    clicked = st.button(
        label,
        type="tertiary",
        icon=":material/arrow_forward:",
        key=key,
        help=f"Opens Client Management with {LABELS[work]}.",
    )
    if clicked:
        press(work)
        st.switch_page("clients.py")
