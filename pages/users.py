"""Users: who has signed in, and what each may do; for administrators."""

import streamlit as st

from billingbot.domain.access import Permission
from billingbot.ui.current_app import current_app
from billingbot.ui.frame import draw_title
from billingbot.ui.navigation import USERS_TITLE
from billingbot.ui.permitted import draw_not_permitted
from billingbot.ui.users.page import draw_users
from billingbot.ui.users.state import users_state

state = users_state()
app = current_app()

with st.container(key="header", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    draw_title(USERS_TITLE, app.sandbox)
if app.role.permits(Permission.ADMINISTER):
    draw_users(app, state)
else:
    draw_not_permitted(app, "Here administrators say who may do what.")
