"""Products: what the distributors charge for, and which HaloPSA item each product becomes on an invoice."""

import streamlit as st

from billingbot.ui.address import choose_integration
from billingbot.ui.current_app import current_app
from billingbot.ui.empty import draw_not_connected
from billingbot.ui.frame import draw_title
from billingbot.ui.header import INTEGRATION, pick_integration
from billingbot.ui.products.page import draw_products
from billingbot.ui.products.state import products_state

state = products_state()
app = current_app()
integrations = app.store.integrations()

header = st.container(key="header", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
with header:
    draw_title("Products", app.sandbox)
if not integrations:
    draw_not_connected(app)
    st.stop()
if INTEGRATION not in st.session_state:
    choose_integration(app, integrations)
with header, st.container(key="controls", horizontal=True, vertical_alignment="center", width="content"):
    integration = pick_integration(integrations)
draw_products(app, state, integration)
