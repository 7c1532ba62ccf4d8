"""The last step: what the refresh found, each figure a way to the clients that it counts."""

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.domain.refresh import Summary
from billingbot.ui.client_page import page_state
from billingbot.ui.header import INTEGRATION
from billingbot.ui.setup.integrations import connected_integrations
from billingbot.ui.setup.steps import SetupEnd, SetupStep, end_setup, go_to
from billingbot.ui.wording import count, plain
from billingbot.ui.work_queue import Work

_CLIENTS = "clients.py"


def draw_result(app: App) -> None:
    """Draw it, and the way to Client Management."""
    # Links from here name what to show, also in a session that was there before.
    page_state().followed_address = False
    integrations = connected_integrations(app)
    st.html(
        "<h2>Your clients are in</h2><p>What BillingBot is sure of is linked. The rest waits for a click of yours.</p>"
    )
    for integration in integrations:
        run = app.store.latest_success(integration.key)
        if run and run.summary:
            _draw_integration(app, integration, run.summary)
        else:
            st.html(f"<p>{plain(integration.name)} has not been read yet.</p>")
    with st.container(key="setup-buttons", horizontal=True, vertical_alignment="center", gap="small"):
        st.button("Back", icon=":material/arrow_back:", on_click=go_to, args=(app, SetupStep.REFRESH))
        st.space("stretch")
        if st.button("Open Client Management", type="primary", icon=":material/arrow_forward:"):
            end_setup(app, SetupEnd.DONE)
            first = next((one.key for one in integrations if app.store.latest_success(one.key)), "")
            st.switch_page(_CLIENTS, query_params={INTEGRATION: first} if first else None)


def _draw_integration(app: App, integration: Integration, summary: Summary) -> None:
    figures = app.store.setup_figures().of(integration.key)
    shown = (
        (figures.mapped, "linked", "Companies that have a client", None),
        (figures.review, "to review", "Linked, and not billed before somebody looked", Work.REVIEW),
        (
            summary.suggested,
            "suggested",
            "Clients with companies that may be theirs: one click accepts",
            Work.SUGGESTED,
        ),
        (summary.unmatched, "unmatched", "Clients that no company is like", Work.UNMAPPED),
    )
    with st.container(border=True, key=f"setup-result-{integration.key}"):
        companies = count(figures.companies, "company", "companies")
        st.markdown(f"**{plain(integration.name)}** · {companies}, {count(summary.clients, 'client')}")
        for place, (number, word, meaning, work) in zip(st.columns(len(shown)), shown, strict=True):
            with place:
                query = {INTEGRATION: integration.key} | ({"filter": work.value} if work else {})
                st.page_link(_CLIENTS, label=f"**{number:,}** {word}", help=meaning, query_params=query)
