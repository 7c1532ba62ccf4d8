"""Client Management: which client is which company of an integration, and where its charges land."""

import streamlit as st

from billingbot.domain.access import Permission
from billingbot.errors import StoreError
from billingbot.ui.address import follow_address, show_address
from billingbot.ui.client_page import page_state
from billingbot.ui.current_app import current_app
from billingbot.ui.dialogs import draw_open_dialog
from billingbot.ui.empty import draw_no_clients, draw_not_connected, draw_problems
from billingbot.ui.frame import draw_title
from billingbot.ui.grid import draw_client_grid, grid_key
from billingbot.ui.grid_events import read_outbox
from billingbot.ui.grid_mail import draw_mail, mail_text
from billingbot.ui.grid_replies import carry_out
from billingbot.ui.header import draw_refresh_button, pick_integration
from billingbot.ui.page_data import read_page_data
from billingbot.ui.permitted import why_not_permitted
from billingbot.ui.refresh_status import draw_refresh_status, is_running
from billingbot.ui.refused_edits import draw_refused_edits
from billingbot.ui.setup.steps import leads_to_setup
from billingbot.ui.work_chips import pick_work
from billingbot.ui.work_queue import figures

state = page_state()
app = current_app()
if leads_to_setup(app):
    st.switch_page("setup.py")
integrations = app.store.integrations()

header = st.container(key="header", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
with header:
    draw_title("Client Management", app.sandbox)
if not integrations:
    draw_not_connected(app)
    st.stop()
follow_address(app, state, integrations)

with header, st.container(key="controls", horizontal=True, vertical_alignment="center", width="content"):
    integration = pick_integration(integrations)
    outbox = read_outbox(st.session_state.get(grid_key(integration)))
    if outbox:
        try:
            carry_out(app, state, integration, outbox)
        except StoreError as error:
            state.problem = f"{error} It is tried again."
    page = read_page_data(app, integration)
    draw_refresh_button(app, state, integration, is_running(page.latest))
if problems := app.problems_of(integration.key):
    draw_problems(problems)
draw_refresh_status(app, state, integration, page)

if page.clients.rows.empty:
    draw_no_clients(integration, refreshed=page.succeeded is not None, running=is_running(page.latest))
    st.stop()

work = pick_work(state, figures(page.clients.rows, page.clients.run_id))
draw_refused_edits(app, state, integration)
draw_client_grid(integration, why_not_permitted(app, Permission.OPERATE))
draw_mail(mail_text(state, page.clients, work, outbox))
show_address(state, integration, work)
draw_open_dialog(app, state, integration)
