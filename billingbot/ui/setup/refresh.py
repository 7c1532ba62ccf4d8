"""The step that reads clients and companies for the first time: all integrations, live. It goes on by itself."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.domain.refresh import RefreshRun, RefreshState
from billingbot.errors import BillingBotError, RefreshRunning
from billingbot.ui.references import send_whole_alone
from billingbot.ui.refresh_progress import fraction_done
from billingbot.ui.refresh_status import is_running
from billingbot.ui.setup.buttons import Onward
from billingbot.ui.setup.integrations import connected_integrations
from billingbot.ui.wording import count, elapsed, plain

_POLL = 0.5
_PROBLEM = "setup-refresh-problem"
_ENDED = {
    RefreshState.NEEDS_APPROVAL: "It waits for somebody to look: open Client Management.",
    RefreshState.CANCELLED: "It was cancelled. Nothing was changed.",
}
_INTERRUPTED = "It was interrupted. Nothing was changed."


def draw_refresh(app: App) -> Onward:
    """Draw how far each integration is, and the button that starts those that are not refreshed yet."""
    st.html(
        "<h2>Read your clients and match them</h2><p>BillingBot reads your clients from HaloPSA and the companies of "
        "each distributor, and links those whose names tell that they are the same. Nothing changes anywhere else.</p>"
    )
    integrations = connected_integrations(app)
    if not integrations:
        return Onward("No distributor is connected yet.")
    before = [app.store.latest_run(integration.key) for integration in integrations]
    st.fragment(_draw_runs, run_every=_POLL)(app, integrations, _situation(before))
    if problem := st.session_state.pop(_PROBLEM, ""):
        st.error(plain(problem), icon=":material/error:")
    waiting = [
        integration
        for integration, run in zip(integrations, before, strict=True)
        if not is_running(run) and not app.store.latest_success(integration.key)
    ]
    if waiting:
        begun = len(waiting) < len(integrations) or any(before)
        label = "Refresh the others" if begun and len(waiting) < len(integrations) else "Start Refresh"
        keys = [integration.key for integration in waiting]
        st.button(label, type="primary", icon=":material/sync:", on_click=_start, args=(app, keys))
    if any(map(is_running, before)):
        return Onward("You can close this tab: it goes on.")
    if len(waiting) == len(integrations):
        return Onward("Start the refresh first.")
    return Onward()


def _start(app: App, keys: Sequence[str]) -> None:
    for key in keys:
        try:
            app.start_refresh(key, app.actor)
        except RefreshRunning:
            continue
        except BillingBotError as error:
            st.session_state[_PROBLEM] = str(error)


def _draw_runs(app: App, integrations: Sequence[Integration], seen: object) -> None:
    """Draw a line each; the page is drawn again when a run begins or ends."""
    send_whole_alone()
    runs = [app.store.latest_run(integration.key) for integration in integrations]
    if _situation(runs) != seen:
        st.rerun()
    with st.container(key="setup-runs", border=True, gap="small"):
        for integration, run in zip(integrations, runs, strict=True):
            st.html(_line(app, integration, run))


def _line(app: App, integration: Integration, run: RefreshRun | None) -> str:
    name = f"<strong>{escape(integration.name)}</strong>"
    if run is None:
        return f'<div class="run-line">{name}<span class="why">Not read yet</span></div>'
    if run.state is RefreshState.SUCCEEDED and run.summary:
        text = f"{run.summary.companies:,} companies, {run.summary.clients:,} clients"
        return f'<div class="run-line">{name}<span class="good">✓ Done</span><span class="why">{text}</span></div>'
    if not is_running(run):
        why = escape(run.error or _ENDED.get(run.state, _INTERRUPTED))
        return f'<div class="run-line">{name}<span class="bad">✗ Not done</span><span class="why">{why}</span></div>'
    percent = round(100 * fraction_done(run))
    bar = f'<div class="step-bar"><div style="width:{percent}%"></div></div>'
    time = elapsed(run.started_at, app.now())
    rows = f"{run.done:,} of {count(run.total, 'row')}" if run.total else ""
    return (
        f'<div class="run-line">{name}<div class="run-now" role="progressbar" aria-label="Refresh of '
        f'{escape(integration.name)}" aria-valuenow="{percent}">{bar}<span>{escape(run.step)} {rows}</span></div>'
        f'<span class="why">{time}</span></div>'
    )


def _situation(runs: Sequence[RefreshRun | None]) -> object:
    return [run and (run.run_id, run.state, run.alive) for run in runs]
