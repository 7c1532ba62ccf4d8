"""A running refresh: which step, how far, how long, and Cancel."""

from datetime import timedelta
from html import escape

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.access import Permission
from billingbot.domain.integration import Integration
from billingbot.domain.refresh import RefreshRun, Step
from billingbot.ui.permitted import why_not_permitted
from billingbot.ui.wording import count, elapsed

_STEPS = list(Step)
_LONG = timedelta(seconds=10)
_WAITS_FOR = {Step.HALO_CLIENTS: "HaloPSA", Step.COMPANIES: ""}


def draw_progress(app: App, run: RefreshRun, integration: Integration, standing_still: timedelta) -> None:
    """Draw the card of a running refresh; when it has stood still for a while, say why that may be."""
    with st.container(border=True, key="refresh-progress", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.html(
                f'<div class="run-title"><strong>Refreshing {escape(integration.name)} clients</strong>'
                f'<span class="run-meta" role="timer">{elapsed(run.started_at, app.now())}</span>'
                f'<span class="run-meta">started by {escape(run.actor)}</span></div>',
                width="content",
            )
            st.button(
                "Cancel",
                on_click=_cancel,
                args=(app, run.run_id),
                key=f"cancel-{run.run_id}",
                disabled=not app.role.permits(Permission.OPERATE),
                help=why_not_permitted(app, Permission.OPERATE),
            )
        percent = round(100 * fraction_done(run))
        st.html(
            f'<div class="steps" role="progressbar" aria-label="Refresh" aria-valuenow="{percent}" aria-valuetext='
            f'"{escape(run.step)} {escape(_rows(run))}">{"".join(_step(run, step) for step in _STEPS)}</div>'
        )
        if standing_still >= _LONG and run.step in _WAITS_FOR:
            source = _WAITS_FOR[run.step] or integration.name
            st.caption(
                f"No answer from {source} for {int(standing_still.total_seconds())} s. It may be slow, or have a limit "
                "of calls in a few minutes; the refresh goes on by itself as soon as it answers."
            )


def _cancel(app: App, run_id: str) -> None:
    app.cancel_refresh(run_id, app.actor)


def fraction_done(run: RefreshRun) -> float:
    """Return how far a run is, 0..1: each step has an equal share."""
    return sum(step_done(run, step) for step in _STEPS) / len(_STEPS)


def step_done(run: RefreshRun, step: Step) -> float:
    """Return how far a step of the run is, 0..1: by its rows while it runs, none when their number is not known."""
    if step is not run.step:
        return 1.0 if _STEPS.index(step) < _STEPS.index(run.step) else 0.0
    return min(1.0, run.done / run.total) if run.total else 0.0


def _step(run: RefreshRun, step: Step) -> str:
    """Return one of the four parts of the bar: its name, its rows, how full it is."""
    state = "current" if step is run.step else "done" if step_done(run, step) else "waiting"
    rows = _rows(run) if step is run.step else ""
    return (
        f'<div class="step step-{state}"><div class="step-bar"><div style="width:{100 * step_done(run, step):.0f}%">'
        f'</div></div><span class="step-name">{escape(step)}</span> <span class="step-rows">{rows}</span></div>'
    )


def _rows(run: RefreshRun) -> str:
    """Say how many rows of the step are done: '120 of 240 rows'."""
    if run.total:
        return f"{run.done:,} of {count(run.total, 'row')}"
    return count(run.done, "row") if run.done else ""
