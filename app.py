"""The web application: `streamlit run app.py`. Sessions run pages/main.py; this file says how it is served."""

import streamlit as st

from billingbot.ui.failure import show_failure
from billingbot.ui.lifespan import lifespan
from billingbot.ui.serving import middleware
from billingbot.ui.table_route import table_route

app = st.App(
    "pages/main.py",
    lifespan=lifespan,
    routes=[table_route()],
    middleware=middleware(),
    on_script_error=show_failure,
)
