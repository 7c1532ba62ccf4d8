"""Integrations: what BillingBot is connected to, how that stands, and what clients inherit."""

import streamlit as st

from billingbot.ui.current_app import current_app
from billingbot.ui.frame import draw_title
from billingbot.ui.integrations.page import draw_integrations
from billingbot.ui.integrations.state import integrations_state

state = integrations_state()
app = current_app()

with st.container(key="header", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    draw_title("Integrations", app.sandbox)
draw_integrations(app, state)
