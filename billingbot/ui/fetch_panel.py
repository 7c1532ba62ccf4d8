"""Fetching the charges of a month: which one, how far it is, and how it ended."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import streamlit as st

from billingbot.bootstrap import App, ChargeFetch, FetchState
from billingbot.domain.access import Permission
from billingbot.domain.integration import Integration
from billingbot.domain.period import Period
from billingbot.ui.permitted import why_not_permitted
from billingbot.ui.references import send_whole_alone
from billingbot.ui.wording import age, count, elapsed, plain

_POLL = timedelta(seconds=1)


def draw_fetch_panel(
    app: App,
    integration: Integration,
    months: Sequence[Period],
    first: Period,
    dismiss: Callable[[], None],
    *,
    key: str,
    says_empty: bool = True,
) -> Period:
    """Draw the month, Fetch Charges, and what is known of the newest fetch; return the month that is chosen.

    Args:
        app: what fetches.
        integration: whose charges.
        months: to choose from.
        first: which of them is chosen at first.
        dismiss: called when fetching starts: what the last click brought up is over.
        key: tells the page's panel from those of other pages.
        says_empty: whether to say that a month has no charges; a page may say it at its own place.
    """
    fetch = app.charge_fetches.newest(integration.key)
    running = fetch is not None and fetch.state is FetchState.RUNNING
    known = {snapshot.period: snapshot for snapshot in app.store.charge_periods(integration.key)}
    with st.container(key="fetch-line", horizontal=True, vertical_alignment="center", gap="small"):
        period = st.selectbox(
            "Month",
            months,
            index=months.index(first),
            key=f"{key}-month-{integration.key}",
            label_visibility="collapsed",
            filter_mode=None,
            width=130,
        )
        connected = integration.key in app.connections.distributors
        refusal = why_not_permitted(app, Permission.OPERATE)
        st.button(
            "Fetch Charges",
            icon=":material/download:",
            disabled=bool(refusal) or running or not connected,
            help=refusal
            or f"Reads what {plain(integration.name)} charges for {period}, in place of what was read before."
            if connected
            else plain(app.connections.problems.get(integration.key, "")),
            on_click=_start,
            args=(app, dismiss, integration.key, period),
        )
        if period in known and not running:
            snapshot = known[period]
            final = "" if snapshot.final else ", may still change"
            st.caption(f"{count(snapshot.charges, 'charge')}, read {age(snapshot.fetched_at, app.now())}{final}.")
        elif not running:
            st.caption("Not read yet.")
    if fetch is not None and running:
        st.fragment(_draw_progress, run_every=_POLL.total_seconds())(app, integration, fetch.fetch_id)
    elif fetch is not None:
        _draw_end(app, dismiss, integration, fetch, says_empty)
    return period


def published(app: App, integration: str) -> str:
    """Return the sentence that says when the distributor lists the charges of a month."""
    return next((vendor.published for vendor in app.vendors.all if vendor.key == integration), "")


def _start(app: App, dismiss: Callable[[], None], integration: str, period: Period, allow_empty: bool = False) -> None:
    dismiss()
    app.start_charge_fetch(integration, period, app.actor, allow_empty=allow_empty)


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
            disabled=fetch.stopping or not app.role.permits(Permission.OPERATE),
            help=why_not_permitted(app, Permission.OPERATE),
            on_click=app.cancel_charge_fetch,
            args=(integration.key,),
        )


def _draw_end(
    app: App, dismiss: Callable[[], None], integration: Integration, fetch: ChargeFetch, says_empty: bool
) -> None:
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
            args=(app, dismiss, integration.key, fetch.period, True),
        )
    elif says_empty and fetch.snapshot is not None and not fetch.snapshot.charges:
        st.info(
            f"{plain(integration.name)} lists no charges for {fetch.period}. {published(app, integration.key)} "
            "Try again then, or fetch an earlier month.",
            icon=":material/calendar_month:",
        )
