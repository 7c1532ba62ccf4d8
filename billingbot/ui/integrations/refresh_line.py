"""A refresh that is under way, live on the card of its integration."""

from html import escape

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.refresh import RefreshRun
from billingbot.ui.integrations.scene import Card
from billingbot.ui.references import send_whole_alone
from billingbot.ui.refresh_progress import fraction_done
from billingbot.ui.refresh_status import is_running
from billingbot.ui.wording import count, elapsed

_POLL = 0.5


def draw_refresh_line(app: App, card: Card) -> None:
    """Draw how far the refresh is; the page is drawn again when it ends."""
    st.fragment(_draw, run_every=_POLL)(app, card)


def _draw(app: App, card: Card) -> None:
    send_whole_alone()
    run = app.store.latest_run(card.vendor.key)
    if run is None or not is_running(run):
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(_bar(run, elapsed(run.started_at, app.now())))
        st.button("Cancel", key=f"cancel-{run.run_id}", type="tertiary", on_click=_cancel, args=(app, run.run_id))


def _cancel(app: App, run_id: str) -> None:
    app.cancel_refresh(run_id, app.actor)


def _bar(run: RefreshRun, time: str) -> str:
    percent = round(100 * fraction_done(run))
    rows = f"{run.done:,} of {count(run.total, 'row')}" if run.total else ""
    return (
        f'<div class="card-run" role="progressbar" aria-label="Refresh" aria-valuenow="{percent}">'
        f'<div class="step-bar"><div style="width:{percent}%"></div></div>'
        f"<span>{escape(run.step)} {rows}</span><span>{time}</span></div>"
    )
