"""Assign companies: whose the unassigned money is, company by company, without leaving the month."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.decision import LinkCompany
from billingbot.domain.integration import Integration
from billingbot.errors import BillingBotError
from billingbot.jobs.billing_gaps import UnassignedCompany
from billingbot.jobs.client_candidates import client_candidates
from billingbot.jobs.decide import assign_company
from billingbot.ui.client_page import page_state
from billingbot.ui.dialogs.picking import Look, draw_picker, draw_search
from billingbot.ui.money import money
from billingbot.ui.ready.state import Assigning, OpenDialog, ReadyState
from billingbot.ui.references import send_whole
from billingbot.ui.wording import bold, count, plain

_COMPANIES = Look(
    "Unassigned companies",
    "company_id",
    ["Company", "Price", "Charges"],
    ["Company", "company_id"],
    {
        "Company": st.column_config.TextColumn(width=250),
        "Price": st.column_config.TextColumn(width=130, alignment="right"),
        "Charges": st.column_config.NumberColumn(width=70, format="localized"),
    },
)
_CLIENTS = Look(
    "Clients",
    "client_id",
    ["Client", "client_id", "Alike", "Note"],
    ["Client", "client_id"],
    {
        "Client": st.column_config.TextColumn(width=240),
        "Alike": st.column_config.NumberColumn(width=60, format="%d", help="How alike the names are, 0 to 100."),
        "Note": st.column_config.TextColumn(width=150),
        "client_id": st.column_config.NumberColumn("Id", width=60, format="%d"),
    },
)


def draw_assign(
    app: App,
    state: ReadyState,
    integration: Integration,
    unassigned: Sequence[UnassignedCompany],
    dialog: OpenDialog,
) -> None:
    """Draw the dialog. It stays open after each company, for the next one."""
    named = [company for company in unassigned if company.company_id]

    def body() -> None:
        send_whole()
        _draw_body(app, state, integration, named, dialog)

    st.dialog("Assign companies", width="large", on_dismiss=state.close)(body)()


def _draw_body(
    app: App, state: ReadyState, integration: Integration, named: Sequence[UnassignedCompany], dialog: OpenDialog
) -> None:
    work = state.assigning
    if not named:
        st.success("Every company with charges has a client.", icon=":material/check_circle:")
        _draw_close(state, dialog, "Close")
        return
    if work.company.chosen is None:
        work.company.chosen = named[0].company_id
    left, right = st.columns(2, gap="medium")
    with left:
        st.caption(f"{count(len(named), 'company', 'companies')} with charges and no client, most money first")
        draw_search(work.company, len(named), dialog.key("companies-search"), "Search company or id")
        # Other companies are other rows: a widget of their own, so that the choice does not move to another one.
        picked = draw_picker(company_frame(named), _COMPANIES, work.company, dialog.key(f"companies-{len(named)}"))
    company = next((one for one in named if one.company_id == picked), None)
    client = None
    with right:
        if company is None:
            st.caption("Pick a company first.")
        else:
            client = _draw_clients(app, integration, work, company, dialog)
    # A place of its own, so that the buttons stay where they are.
    with st.container():
        if work.problem:
            st.error(plain(work.problem), icon=":material/error:")
        elif company is not None and client is not None:
            st.markdown(_consequence(company, client))
        else:
            st.markdown("Pick the client whose company this is.")
    with st.container(horizontal=True):
        ready = company is not None and client is not None
        hint = None if ready else "Pick a company and its client first."
        if st.button("Assign", type="primary", key=dialog.key("assign"), disabled=not ready, help=hint):
            _assign(app, integration, work, company, client)
        _draw_close(state, dialog, "Close")


def company_frame(companies: Sequence[UnassignedCompany]) -> pd.DataFrame:
    """Return a row a company, in their order. Columns: company_id · Company · Price, str · Charges int64."""
    return pd.DataFrame(
        {
            "company_id": pd.Series([one.company_id for one in companies], dtype="str"),
            "Company": pd.Series([one.company for one in companies], dtype="str"),
            "Price": pd.Series([_price(one) for one in companies], dtype="str"),
            "Charges": pd.Series([sum(of.count for of in one.amounts.values()) for one in companies], dtype="int64"),
        }
    )


def _draw_clients(
    app: App, integration: Integration, work: Assigning, company: UnassignedCompany, dialog: OpenDialog
) -> Any:
    """Draw the clients, the likeliest first, and return the row of the one that is picked."""
    if work.compared != company.company_id:
        found = client_candidates(app.store, integration.key, company.company_id, company.company)
        work.compare(company.company_id, found)
    candidates = work.candidates
    st.caption(f"Clients in HaloPSA, those most like {plain(company.company)} first")
    key = dialog.key(f"clients-{work.comparisons}")
    draw_search(work.client, len(candidates), f"{key}-search", "Search client or id")
    frame = pd.DataFrame(
        {
            "client_id": candidates["client_id"],
            "Client": candidates["client"],
            "Alike": candidates["score"].astype("int64"),
            "Note": [
                "Somebody said that it is not this one." if rejected else f"Holds {companies}" if companies else ""
                for rejected, companies in zip(candidates["rejected"], candidates["companies"], strict=True)
            ],
        }
    )
    picked = draw_picker(frame, _CLIENTS, work.client, key)
    return None if picked is None else candidates[candidates["client_id"] == picked].iloc[0]


def _consequence(company: UnassignedCompany, client: Any) -> str:
    beside = f", beside {plain(client['companies'])}" if client["companies"] else ""
    return f"{bold(company.company)} is linked to {bold(client['client'])}{beside}: {_price(company)} are billed there."


def _assign(app: App, integration: Integration, work: Assigning, company: Any, client: Any) -> None:
    stamp = app.stamp(app.actor)
    link = LinkCompany(company.company_id, int(client["client_id"]))
    try:
        receipt = assign_company(app.store, integration.key, link, stamp)
    except BillingBotError as error:
        work.problem = str(error)
    else:
        work.company.chosen, work.problem = None, ""
        page_state().saved(f"{client['client']}: linked {company.company}", receipt.batch)
    st.rerun()


def _price(company: UnassignedCompany) -> str:
    return " · ".join(money(amount.price, currency) for currency, amount in company.amounts.items())


def _draw_close(state: ReadyState, dialog: OpenDialog, label: str) -> None:
    if st.button(label, key=dialog.key("close")):
        state.close()
        st.rerun()
