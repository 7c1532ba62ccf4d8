"""Fetching the charges of a month: which one, how far it is, and how it ended."""

from datetime import timedelta

import streamlit as st

from billingbot.bootstrap import App, ChargeFetch, FetchState
from billingbot.domain.integration import Integration
from billingbot.domain.period import Period
from billingbot.ui.current_app import ACTOR
from billingbot.ui.products.state import ProductsState
from billingbot.ui.references import send_whole_alone
from billingbot.ui.wording import age, count, elapsed, plain

_MONTHS = 13
_POLL = timedelta(seconds=1)


def draw_fetch_panel(app: App, state: ProductsState, integration: Integration) -> None:
    """Draw the month, Fetch Charges, and what is known of the newest fetch."""
    fetch = app.charge_fetches.newest(integration.key)
    running = fetch is not None and fetch.state is FetchState.RUNNING
    today = Period.of(app.now().date())
    known = {snapshot.period: snapshot for snapshot in app.store.charge_periods(integration.key)}
    with st.container(key="fetch-line", horizontal=True, vertical_alignment="center", gap="small"):
        period = st.selectbox(
            "Month",
            _months(today),
            index=1,
            key=f"products-month-{integration.key}",
            label_visibility="collapsed",
            filter_mode=None,
            width=130,
        )
        connected = integration.key in app.connections.distributors
        st.button(
            "Fetch Charges",
            icon=":material/download:",
            disabled=running or not connected,
            help=f"Reads what {plain(integration.name)} charges for {period}, in place of what was read before."
            if connected
            else plain(app.connections.problems.get(integration.key, "")),
            on_click=_start,
            args=(app, state, integration.key, period),
        )
        if period in known and not running:
            snapshot = known[period]
            final = "" if snapshot.final else ", may still change"
            st.caption(f"{count(snapshot.charges, 'charge')}, read {age(snapshot.fetched_at, app.now())}{final}.")
        elif not running:
            st.caption("Not read yet.")
    if fetch is None:
        return
    if running:
        st.fragment(_draw_progress, run_every=_POLL.total_seconds())(app, integration, fetch.fetch_id)
    else:
        _draw_end(app, state, integration, fetch)


def _months(newest: Period) -> list[Period]:
    months = [newest]
    while len(months) < _MONTHS:
        months.append(months[-1].previous)
    return months


def _start(app: App, state: ProductsState, integration: str, period: Period, allow_empty: bool = False) -> None:
    state.dismiss()
    app.start_charge_fetch(integration, period, ACTOR, allow_empty=allow_empty)


def _draw_progress(app: App, integration: Integration, fetch_id: str) -> None:
    """Draw how far it is; the page is drawn again when it has ended."""
    send_whole_alone()
    fetch = app.charge_fetches.newest(integration.key)
    if fetch is None or fetch.fetch_id != fetch_id or fetch.state is not FetchState.RUNNING:
        st.rerun()
    with st.container(key="fetch-progress", horizontal=True, vertical_alignment="center"):
        rows = f"{fetch.done:,} of {fetch.total:,}" if fetch.total else f"{fetch.done:,}"
        share = min(1.0, fetch.done / fetch.total) if fetch.total else 0.0
        what = "Stopping at the next page" if fetch.stopping else f"Reading the charges of {fetch.period}"
        st.progress(share, f"{what}: {rows} · {elapsed(fetch.started_at, app.now())}")
        st.button(
            "Cancel",
            key="fetch-cancel",
            disabled=fetch.stopping,
            on_click=app.charge_fetches.cancel,
            args=(integration.key,),
        )


def _draw_end(app: App, state: ProductsState, integration: Integration, fetch: ChargeFetch) -> None:
    """Say how it ended, where that is more than the caption beside the button says."""
    if fetch.state is FetchState.FAILED:
        st.error(f"{plain(fetch.error)} What was read of {fetch.period} before is kept.", icon=":material/error:")
    elif fetch.state is FetchState.CANCELLED:
        st.info(f"Reading {fetch.period} was cancelled; nothing was changed.", icon=":material/block:")
    elif fetch.state is FetchState.KEPT:
        st.warning(plain(fetch.error), icon=":material/warning:")
        st.button(
            f"Accept that {fetch.period} has no charges",
            on_click=_start,
            args=(app, state, integration.key, fetch.period, True),
        )
    elif fetch.snapshot is not None and not fetch.snapshot.charges:
        st.info(
            f"{plain(integration.name)} lists no charges for {fetch.period}. Distributors publish a month in the first"
            " days of the next one; try again then, or fetch an earlier month.",
            icon=":material/calendar_month:",
        )
