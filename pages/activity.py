"""Activity: everything that was changed, by whom and why, with the way back; and how each refresh went."""

import streamlit as st

from billingbot.ui.activity.page import draw_activity
from billingbot.ui.activity.state import activity_state
from billingbot.ui.current_app import current_app
from billingbot.ui.empty import draw_not_connected
from billingbot.ui.frame import draw_title

state = activity_state()
app = current_app()
integrations = app.store.integrations()

with st.container(key="header", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    draw_title("Activity", app.sandbox)
if integrations or app.store.changed_integrations():
    draw_activity(app, state, integrations)
else:
    draw_not_connected(app)
