"""What the page says when there is nothing to show, and what to do about it."""

import re
from collections.abc import Sequence

import streamlit as st

from billingbot.domain.integration import Integration
from billingbot.ui.frame import logo_address
from billingbot.ui.wording import plain

_VARIABLE = re.compile(r"(BILLINGBOT_\w+)")


def draw_not_connected(problems: Sequence[str]) -> None:
    """Say that no distributor is connected, and what to set."""
    with st.container(border=True, key="not-connected"):
        st.subheader("Connect HaloPSA and a distributor", anchor=False)
        st.markdown("BillingBot reads its credentials from environment variables. Set these, then start it again:")
        draw_problems(problems)
        st.caption(
            "To keep a secret out of the environment, put it into a file and set the variable with `_FILE` at its end, "
            "such as `BILLINGBOT_PAX8_CLIENT_SECRET_FILE`, to the file's path."
        )


def draw_problems(problems: Sequence[str]) -> None:
    """List what keeps Refresh Clients from working, with the names of variables as code."""
    st.warning("\n\n".join(_with_variables(problem) for problem in problems), icon=":material/key:")


def _with_variables(problem: str) -> str:
    r"""Mark the variables of a sentence.

    >>> print(_with_variables("Set BILLINGBOT_PAX8_CLIENT_ID (*)."))
    Set `BILLINGBOT_PAX8_CLIENT_ID` \(\*\).
    """
    parts = _VARIABLE.split(problem)
    return "".join(f"`{part}`" if _VARIABLE.fullmatch(part) else plain(part) for part in parts)


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
