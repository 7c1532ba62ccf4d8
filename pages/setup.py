"""Setup: from nothing to mapped clients, step by step. It goes on where it was left."""

import streamlit as st

from billingbot.domain.access import Permission
from billingbot.ui.current_app import current_app
from billingbot.ui.frame import draw_title
from billingbot.ui.navigation import SETUP_TITLE
from billingbot.ui.permitted import draw_not_permitted
from billingbot.ui.setup.page import draw_setup, draw_skip
from billingbot.ui.setup.steps import current_step, is_over

app = current_app()
if app.sandbox:
    st.switch_page("clients.py")
if not app.role.permits(Permission.ADMINISTER):
    with st.container(key="header", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        draw_title(SETUP_TITLE, app.sandbox)
    draw_not_permitted(app, "An administrator has to connect HaloPSA and a distributor before anything can be seen.")
    st.stop()
step = current_step(app)

with st.container(key="header", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    draw_title(SETUP_TITLE, app.sandbox, links=is_over(app))
    if not is_over(app):
        with st.container(key="controls", width="content"):
            draw_skip(app)
draw_setup(app, step)
