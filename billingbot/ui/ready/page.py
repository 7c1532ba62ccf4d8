"""The Ready to Invoice page below its title: the month, what it comes to, what is in the way, and its clients."""

from collections.abc import Sequence

import streamlit as st

from billingbot.bootstrap import App, SendingState
from billingbot.domain.charge_snapshot import ChargeSnapshot
from billingbot.domain.integration import Integration
from billingbot.domain.period import Period
from billingbot.jobs.billing_rows import Standing
from billingbot.ui.client_page import page_state
from billingbot.ui.dialogs import draw_open_dialog
from billingbot.ui.fetch_panel import draw_fetch_panel
from billingbot.ui.frame import STATIC
from billingbot.ui.ready.assign import draw_assign
from billingbot.ui.ready.attention import draw_attention
from billingbot.ui.ready.clients import draw_clients
from billingbot.ui.ready.detail import draw_detail
from billingbot.ui.ready.empty import draw_nothing
from billingbot.ui.ready.export import draw_export
from billingbot.ui.ready.notice import draw_what_was_done, put_aside
from billingbot.ui.ready.reading import Reading, read_month
from billingbot.ui.ready.remarks import draw_remarks
from billingbot.ui.ready.state import DialogKind, ReadyState, View
from billingbot.ui.ready.totals import draw_totals, totals_of
from billingbot.ui.ready.waterfall import draw_waterfall
from billingbot.ui.sending.bar import draw_send_status
from billingbot.ui.sending.dialog import draw_plan_dialog
from billingbot.ui.sending.history import draw_history


def draw_ready(app: App, state: ReadyState, integration: Integration) -> None:
    """Draw what the chosen month of the integration comes to."""
    st.html(STATIC / "ready.css")
    known = {snapshot.period: snapshot for snapshot in app.store.charge_periods(integration.key)}
    today = Period.of(app.now().date())
    months, first = months_to_choose(list(known), today), first_month(list(known.values()), today)
    with st.container(key="ready-bar", horizontal=True, vertical_alignment="center", gap="medium"):
        with st.container(key="ready-fetch", width="content"):
            period = draw_fetch_panel(app, integration, months, first, put_aside, key="ready", says_empty=False)
        state.enter(integration.key, str(period))
        if period in known and known[period].charges:
            _pick_view(state)
    draw_what_was_done(app)
    snapshot = known.get(period)
    if snapshot is None or not snapshot.charges:
        draw_nothing(app, integration, period, snapshot)
        return
    reading = read_month(app, integration, snapshot)
    _draw_month(app, state, integration, snapshot, reading)
    _draw_dialogs(app, state, integration, reading)


def months_to_choose(known: Sequence[Period], today: Period) -> list[Period]:
    """Return the months that were read, the running one and the one before, newest first."""
    return sorted({*known, today, today.previous}, reverse=True)


def first_month(known: Sequence[ChargeSnapshot], today: Period) -> Period:
    """Return the newest month that is billed, or else has charges; the former one when nothing was read.

    Args:
        known: newest first.
        today: the running month.
    """
    charged = [snapshot for snapshot in known if snapshot.charges]
    billed = [snapshot for snapshot in charged if snapshot.final]
    return next((snapshot.period for snapshot in (*billed, *charged)), today.previous)


def _draw_month(
    app: App, state: ReadyState, integration: Integration, snapshot: ChargeSnapshot, reading: Reading
) -> None:
    draw_send_status(app, state.desk, integration)
    sending = app.sendings.newest(integration.key)
    if sending is not None and sending.state is not SendingState.RUNNING:
        done = {row.client_id for row in reading.rows if row.standing in (Standing.SENT, Standing.LOOK)}
        state.untick_sent(sending.sending_id, done)
    key = f"ready-{integration.key}-{snapshot.period}"
    if state.view is View.SENT:
        draw_history(app, integration, snapshot.period)
    elif state.view is View.DETAIL and reading.rows:
        draw_detail(app, state, integration, reading, key)
    else:
        _draw_overview(state, integration, snapshot, reading)
        if reading.rows:
            draw_clients(app, state, integration, reading, key)
        else:
            st.info("No company with charges has a client yet: assign them first.", icon=":material/link_off:")


def _draw_overview(state: ReadyState, integration: Integration, snapshot: ChargeSnapshot, reading: Reading) -> None:
    """Draw the totals, and below them what is in the way beside what becomes of the charges."""
    totals = totals_of(reading.rows)
    draw_totals(totals)
    draw_remarks(integration, snapshot.remarks)
    with st.container(key="ready-overview", horizontal=True, gap="small"):
        with st.container(key="ready-attention", border=True, gap="small"):
            draw_attention(state, reading)
        with st.container(key="ready-waterfall", border=True, gap="small"):
            by_currency = {of.currency: of for of in totals}
            draw_waterfall(reading.charged.steps, by_currency, f"ready-currency-{integration.key}")


def _pick_view(state: ReadyState) -> None:
    key = "ready-view"
    # A click on a row changes it too.
    st.session_state[key] = state.view

    def picked() -> None:
        state.show(st.session_state[key])

    st.segmented_control("View", list(View), key=key, required=True, on_change=picked, label_visibility="collapsed")


def _draw_dialogs(app: App, state: ReadyState, integration: Integration, reading: Reading) -> None:
    """Draw the dialog that is open; one at a time."""
    others = page_state()
    if others.dialog is not None:
        draw_open_dialog(app, others, integration)
    elif state.dialog is not None and state.dialog.kind is DialogKind.EXPORT:
        draw_export(app, state, integration, reading, state.dialog)
    elif state.dialog is not None:
        draw_assign(app, state, integration, reading.charged.unassigned, state.dialog)
    else:
        draw_plan_dialog(app, state.desk, integration)
