"""Integrations: what BillingBot is connected to, how that stands, and what clients inherit."""

import streamlit as st

from billingbot.domain.access import Permission
from billingbot.ui.current_app import current_app
from billingbot.ui.frame import draw_title
from billingbot.ui.integrations.page import draw_integrations
from billingbot.ui.integrations.state import integrations_state
from billingbot.ui.permitted import draw_not_permitted

state = integrations_state()
app = current_app()

with st.container(key="header", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    draw_title("Integrations", app.sandbox)
if app.role.permits(Permission.ADMINISTER):
    draw_integrations(app, state)
else:
    draw_not_permitted(app, "Here administrators connect HaloPSA and distributors.")
