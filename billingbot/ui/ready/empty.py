"""What the page says when a month has nothing to show, and what to do about it."""

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.charge_snapshot import ChargeSnapshot
from billingbot.domain.integration import Integration
from billingbot.domain.period import Period
from billingbot.ui.fetch_panel import published
from billingbot.ui.frame import logo_address
from billingbot.ui.wording import age, plain


def draw_nothing(app: App, integration: Integration, period: Period, snapshot: ChargeSnapshot | None) -> None:
    """Say that the month was not read yet, or that the distributor charges nothing for it."""
    name = plain(integration.name)
    if snapshot is None:
        heading = f"{period} was not read yet"
        text = (
            f"Press **Fetch Charges** to read what {name} charges for {period}. Then you see here what each client is "
            "billed under your rules, and nothing is sent to HaloPSA before you have seen it."
        )
    else:
        heading = f"{name} lists no charges for {period}"
        text = f"It was read {age(snapshot.fetched_at, app.now())}. Fetch again later, or choose another month."
    with st.container(key="ready-nothing", horizontal_alignment="center", vertical_alignment="center", gap="xsmall"):
        st.html(f'<img class="empty-mark" alt="" src="{logo_address()}">', width="content")
        st.subheader(heading, anchor=False, width="content")
        st.markdown(text, width="content")
        if said := published(app, integration.key):
            st.caption(plain(said), width="content")
