"""The web application: `streamlit run app.py`. Sessions run pages/main.py; this file says how it is served."""

import os

import streamlit as st

from billingbot.bootstrap.health import health_of
from billingbot.ui.current_app import workspaces
from billingbot.ui.failure import show_failure
from billingbot.ui.health_route import health_route
from billingbot.ui.lifespan import lifespan
from billingbot.ui.log import start_app_log
from billingbot.ui.serving import middleware
from billingbot.ui.sign_in.secrets import streamlit_secrets
from billingbot.ui.sign_in.server import prepared_server
from billingbot.ui.table_route import table_route

start_app_log()
sign_in = prepared_server()
app = st.App(
    "pages/main.py",
    secrets=streamlit_secrets(sign_in),
    lifespan=lifespan,
    routes=[table_route(), health_route(health_of(workspaces(), os.environ))],
    middleware=middleware(secure=sign_in is not None and sign_in.is_secure, local=sign_in is None),
    on_script_error=show_failure,
)
