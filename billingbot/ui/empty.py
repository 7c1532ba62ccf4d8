"""What the page says when there is nothing to show, and what to do about it."""

from collections.abc import Sequence

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.ui.current_app import keep_data_in_address
from billingbot.ui.frame import logo_address
from billingbot.ui.wording import plain
from billingbot.ui.workspace_links import sandbox_link


def draw_not_connected(app: App) -> None:
    """Say that no distributor is connected, and lead to where that is done."""
    with st.container(key="not-connected", horizontal_alignment="center", vertical_alignment="center", gap="xsmall"):
        st.html(f'<img class="empty-mark" alt="" src="{logo_address()}">', width="content")
        st.subheader("Connect HaloPSA and a distributor", anchor=False, width="content")
        st.markdown("Your clients appear here as soon as both are connected and were read once.", width="content")
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="center"):
            if st.button("Run setup", type="primary"):
                st.switch_page("setup.py")
            if not app.sandbox:
                st.html(sandbox_link("Explore with sandbox data"), width="content")


def draw_problems(problems: Sequence[str]) -> None:
    """List what keeps Refresh Clients from working, with the way to where it is mended."""
    with st.container(key="connection-problems", horizontal=True, vertical_alignment="center", gap="small"):
        st.warning("\n\n".join(map(plain, problems)), icon=":material/key:")
        st.page_link("integrations.py", label="Open Integrations", query_params=keep_data_in_address())


def draw_no_clients(integration: Integration, refreshed: bool, running: bool) -> None:
    """Say why there are no rows: nothing was read yet, it is being read, or HaloPSA has no clients."""
    if running:
        heading, text = "Your clients are on their way", "They appear here as soon as the refresh is done."
    elif refreshed:
        heading, text = "HaloPSA has no active clients", "Add clients in HaloPSA, then press **Refresh Clients**."
    else:
        heading = "No clients yet"
        text = (
            "Press **Refresh Clients** to read your clients from HaloPSA "
            f"and match them to {integration.name} companies."
        )
    with st.container(key="no-clients", horizontal_alignment="center", vertical_alignment="center", gap="xsmall"):
        st.html(f'<img class="empty-mark" alt="" src="{logo_address()}">', width="content")
        st.subheader(heading, anchor=False, width="content")
        st.markdown(text, width="content")
