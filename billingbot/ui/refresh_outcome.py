"""How the last refresh ended: what happened, what it means for the list on the page, what to do."""

from collections.abc import Iterable
from html import escape

import pandas as pd
import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.access import Permission
from billingbot.domain.integration import Integration
from billingbot.domain.refresh import Missing, RefreshRun, RefreshState, Summary
from billingbot.ui.client_page import PageState
from billingbot.ui.header import start_refresh
from billingbot.ui.page_data import PageData
from billingbot.ui.permitted import why_not_permitted
from billingbot.ui.wording import age, count, iso, plain

_NAMES_SHOWN = 12


def draw_outcome(app: App, state: PageState, integration: Integration, run: RefreshRun, page: PageData) -> None:
    """Draw what an operator has to know about a run that did not succeed. A success is told by the grid."""
    kept = _kept(app, page.succeeded)
    if run.state is RefreshState.FAILED:
        st.error(
            f"**The refresh failed.** {_reason(run)}\n\n{kept} Try again in a minute; if it keeps failing, show this "
            f"to whoever looks after the connections to HaloPSA and {integration.name}.",
            icon=":material/error:",
        )
    elif run.state is RefreshState.NEEDS_APPROVAL:
        _ask_for_approval(app, state, run, page)
    elif run.state is RefreshState.CANCELLED:
        st.caption(f":material/cancel: The last refresh was cancelled. {kept}")
    elif run.state in (RefreshState.ABANDONED, RefreshState.RUNNING):
        st.warning(f"**The refresh was interrupted.** {kept} Start it again.", icon=":material/power_off:")


def draw_last_success(app: App, integration: Integration, run: RefreshRun | None) -> None:
    """Draw when the list on the page was read, by whom, and the companies' figures."""
    if run is None or run.finished_at is None or run.summary is None:
        return
    st.html(
        f'<p class="last-success"><time title="{iso(run.finished_at)}" datetime="{run.finished_at.isoformat()}">'
        f"Refreshed {age(run.finished_at, app.now())}</time> by {escape(run.actor)}"
        f'<span class="figures">{escape(_lists(integration, run.summary))}</span></p>'
    )


def _reason(run: RefreshRun) -> str:
    return plain(run.error or "")


def _kept(app: App, succeeded: RefreshRun | None) -> str:
    if succeeded is None or succeeded.finished_at is None:
        return "Nothing was changed."
    return f"Nothing was changed: the list below is the one from {age(succeeded.finished_at, app.now())}."


def _ask_for_approval(app: App, state: PageState, run: RefreshRun, page: PageData) -> None:
    """Show which rows the refresh would mark Gone, and let the operator decide."""
    with st.container(border=True, key="refresh-approval"):
        st.warning(f"**Please look before this refresh is applied.** {_reason(run)}", icon=":material/warning:")
        if run.missing:
            st.markdown(_loss(run.missing))
            _draw_names(_names(page.clients.rows, run.missing.client_ids))
            _draw_names(app.store.company_names(run.integration, run.missing.company_ids))
        with st.container(horizontal=True):
            st.button(
                "Approve and refresh",
                type="primary",
                on_click=start_refresh,
                args=(app, state, run.integration, run.run_id),
                disabled=bool(app.problems_of(run.integration)) or not app.role.permits(Permission.OPERATE),
                help=why_not_permitted(app, Permission.OPERATE),
            )
            st.button("Keep the current list", on_click=state.dismissed.add, args=(run.run_id,))


def _loss(missing: Missing) -> str:
    lost = [
        count(len(ids), singular, plural)
        for ids, singular, plural in (
            (missing.client_ids, "client", "clients"),
            (missing.company_ids, "company", "companies"),
        )
        if ids
    ]
    if not lost:
        return "If you approve, the empty list is taken as it is."
    return (
        f"If you approve, **{' and '.join(lost)}** will be marked Gone: not billed, with links and rules kept, "
        "until a refresh finds them again."
    )


def _names(rows: pd.DataFrame, client_ids: Iterable[int]) -> list[str]:
    return [str(name) for name in rows.loc[rows["client_id"].isin(list(client_ids)), "client"]]


def _draw_names(names: list[str]) -> None:
    if not names:
        return
    items = "".join(f"<li>{escape(name)}</li>" for name in names[:_NAMES_SHOWN])
    more = f"<li class='more'>and {len(names) - _NAMES_SHOWN} more</li>" if len(names) > _NAMES_SHOWN else ""
    st.html(f'<ul class="names">{items}{more}</ul>')


def _lists(integration: Integration, summary: Summary) -> str:
    """Say how long both lists are, and what changed among the companies (the chips tell the clients' changes)."""
    changes = [
        f"{number:,} {word}"
        for number, word in (
            (summary.companies_new, "new"),
            (summary.companies_renamed, "renamed"),
            (summary.companies_gone, "gone"),
            (summary.companies_unmatched, "without a client"),
        )
        if number
    ]
    companies = count(summary.companies, f"{integration.name} company", f"{integration.name} companies")
    detail = f" ({', '.join(changes)})" if changes else ""
    return f"{count(summary.clients, 'client')} · {companies}{detail}"
