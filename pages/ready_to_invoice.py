"""Ready to Invoice: what a month's charges become under the rules, client by client, and sending it to HaloPSA."""

import streamlit as st

from billingbot.ui.address import choose_integration
from billingbot.ui.current_app import current_app
from billingbot.ui.empty import draw_not_connected
from billingbot.ui.frame import draw_title
from billingbot.ui.header import INTEGRATION, pick_integration
from billingbot.ui.ready.page import draw_ready
from billingbot.ui.ready.state import ready_state

state = ready_state()
app = current_app()
integrations = app.store.integrations()

header = st.container(key="header", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
with header:
    draw_title("Ready to Invoice", app.sandbox)
if not integrations:
    draw_not_connected(app)
    st.stop()
if INTEGRATION not in st.session_state:
    choose_integration(app, integrations)
with header, st.container(key="controls", horizontal=True, vertical_alignment="center", width="content"):
    integration = pick_integration(integrations)
draw_ready(app, state, integration)
