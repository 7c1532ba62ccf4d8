"""How the refresh of an integration stands, live: one polling fragment that every session of the app draws alike."""

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.domain.refresh import RefreshRun, RefreshState
from billingbot.errors import AccessRefused
from billingbot.ui.client_page import PageState
from billingbot.ui.page_data import PageData
from billingbot.ui.references import send_whole_alone
from billingbot.ui.refresh_outcome import draw_last_success, draw_outcome
from billingbot.ui.refresh_progress import draw_progress
from billingbot.ui.wording import plain

_POLL_RUNNING = 0.5
_POLL_IDLE = 5.0


def is_running(run: RefreshRun | None) -> bool:
    """Say whether somebody is working on the run: a run whose process died is not running."""
    return run is not None and run.state is RefreshState.RUNNING and run.alive


def draw_refresh_status(app: App, state: PageState, integration: Integration, page: PageData) -> None:
    """Draw progress or outcome of the newest run, and redraw the whole page as soon as that has changed."""
    poll = _POLL_RUNNING if is_running(page.latest) else _POLL_IDLE
    st.fragment(_draw, run_every=poll)(app, state, integration, page)


def _draw(app: App, state: PageState, integration: Integration, page: PageData) -> None:
    send_whole_alone()
    try:
        latest, revision = app.store.latest_run(integration.key), app.store.revision().latest
    except AccessRefused as error:
        # Not a rerun: it would take an open dialog away, and a click in that at the same moment leaves an empty page.
        st.error(plain(str(error)), icon=":material/lock:")
        st.html('<a class="link-button" href="./">Sign in again</a>', width="content")
        return
    if _situation(latest) != _situation(page.latest) or revision != page.clients.revision:
        st.rerun()
    if latest is not None and is_running(latest):
        draw_progress(app, latest, integration, state.standing_still(latest, app.now()))
        return
    if state.problem:
        st.error(plain(state.problem), icon=":material/error:")
    if latest is not None and latest.run_id not in state.dismissed:
        draw_outcome(app, state, integration, latest, page)
    draw_last_success(app, integration, page.succeeded)


def _situation(run: RefreshRun | None) -> tuple[str, RefreshState, bool] | None:
    """Return what decides about the rest of the page: the grid's rows, the button, the summary."""
    return None if run is None else (run.run_id, run.state, run.alive)
