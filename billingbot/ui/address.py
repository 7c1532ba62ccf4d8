"""The address of what is on the screen: integration, chip, and the client whose dialog is open. It can be sent on."""

from collections.abc import Sequence
from itertools import chain

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.ui.client_page import DialogKind, PageState
from billingbot.ui.header import INTEGRATION
from billingbot.ui.work_chips import press
from billingbot.ui.work_queue import Work


def follow_address(app: App, state: PageState, integrations: Sequence[Integration]) -> None:
    """Show what the address names, once a session and before anything is drawn. What it names wrongly is left out.

    Without an integration in the address it is the first that has been refreshed, or else the first of all kinds.
    """
    asked = st.query_params.to_dict()
    if state.followed_address:
        return
    state.followed_address = True
    choose_integration(app, integrations)
    work, client = asked.get("filter"), asked.get("client", "")
    kind = asked.get("dialog", DialogKind.EDIT_COMPANY)
    if work in list(Work):
        press(Work(work))
    if client.lstrip("-").isdecimal() and kind in list(DialogKind):
        state.open(DialogKind(kind), (int(client),))


def choose_integration(app: App, integrations: Sequence[Integration]) -> None:
    """Select the integration that the address names, else the first that has been refreshed, else the first of all."""
    keys = [integration.key for integration in integrations]
    named = (key for key in (st.query_params.get(INTEGRATION),) if key in keys)
    refreshed = (key for key in keys if app.store.latest_success(key))
    of_kinds = (key for key in app.connections.distributors if key in keys)
    st.session_state[INTEGRATION] = next(chain(named, refreshed, of_kinds, keys))


def show_address(state: PageState, integration: Integration, work: Work | None) -> None:
    """Let the address name what is on the screen."""
    one = state.dialog if state.dialog and len(state.dialog.client_ids) == 1 else None
    wanted = {
        INTEGRATION: integration.key,
        "filter": work.value if work else "",
        "client": str(one.client_id) if one else "",
        "dialog": one.kind.value if one else "",
    }
    for name, value in wanted.items():
        if value and st.query_params.get(name) != value:
            st.query_params[name] = value
        elif not value and name in st.query_params:
            del st.query_params[name]
