"""Client Management: which client is which company of an integration, and where its charges land."""

import streamlit as st

from billingbot.domain.match import ClientStatus
from billingbot.ui.client_filters import MEANINGS, filtered
from billingbot.ui.client_page import page_state, read_page_data
from billingbot.ui.current_app import current_app
from billingbot.ui.empty import draw_no_clients, draw_not_connected, draw_problems
from billingbot.ui.frame import draw_title
from billingbot.ui.grid import draw_client_grid
from billingbot.ui.grid_rows import grid_rows
from billingbot.ui.header import draw_refresh_button, pick_integration
from billingbot.ui.refresh_status import draw_refresh_status, is_running
from billingbot.ui.summary import pick_filter

state = page_state()
app = current_app()
integrations = app.store.integrations()

header = st.container(key="header", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
with header:
    draw_title("Client Management", app.sandbox)
if not integrations:
    draw_not_connected(app.config_problems)
    st.stop()

with header, st.container(key="controls", horizontal=True, vertical_alignment="center", width="content"):
    integration = pick_integration(integrations)
    page = read_page_data(app.store, integration.key)
    draw_refresh_button(app, state, integration, is_running(page.latest))
if problems := app.problems_of(integration.key):
    draw_problems(problems)
draw_refresh_status(app, state, integration, page)

if page.rows.empty:
    draw_no_clients(integration, refreshed=page.succeeded is not None, running=is_running(page.latest))
    st.stop()

rows = page.rows
empty_text = "There are no clients."
if page.succeeded:
    chosen = pick_filter(rows, page.succeeded.run_id)
    if chosen:
        rows = filtered(rows, chosen, page.succeeded.run_id)
        empty_text = f"There are no {MEANINGS[chosen]}."
suggested = rows.loc[rows["status"] == ClientStatus.SUGGESTED.value, "client_id"].tolist()
draw_client_grid(grid_rows(rows, app.store.candidates(integration.key, suggested)), integration.name, empty_text)
