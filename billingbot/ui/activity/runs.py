"""The list of refresh runs, and beside it the run that is open."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import pandas as pd
import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.history import ActivityFilter
from billingbot.domain.refresh import RefreshRun, Summary
from billingbot.errors import NotFound
from billingbot.ui.activity.empty import draw_empty
from billingbot.ui.activity.filters import View
from billingbot.ui.activity.run_details import draw_run
from billingbot.ui.activity.state import ActivityState, Detail, opened, set_open
from billingbot.ui.activity.table import draw_table
from billingbot.ui.activity.words import duration_words, run_words, when_words, who_words
from billingbot.ui.wording import plain

# Headings of the list, and what they count of a run.
FIGURES: Mapping[str, str] = {
    "New": "clients_new",
    "Renamed": "clients_renamed",
    "Gone": "clients_gone",
    "Linked": "linked",
    "Review": "review",
    "Suggested": "suggested",
    "Unmatched": "unmatched",
}
_CONFIG = {
    "Started (UTC)": st.column_config.TextColumn(width=180),
    "Integration": st.column_config.TextColumn(width=85),
    "Who": st.column_config.TextColumn(width=90),
    "State": st.column_config.TextColumn(width=140),
    "Duration": st.column_config.TextColumn(width=80, alignment="right"),
    **{heading: st.column_config.NumberColumn(width=75, format="localized") for heading in FIGURES},
    "Error": st.column_config.TextColumn(width="large"),
}


def draw_runs(app: App, state: ActivityState, wanted: ActivityFilter, integrations: Mapping[str, str]) -> None:
    """Draw the runs that are wanted, newest first, and the open one, whether it is wanted or not."""
    found = app.store.runs(wanted, state.limit + 1)
    shown = found[: state.limit]
    with st.container(key="activity-panes", horizontal=True, wrap=False, gap="small"):
        with st.container(key="activity-list"):
            if shown:
                ids = [run.run_id for run in shown]
                draw_table(state, Detail.RUN, ids, run_table(shown, integrations, app.now()), _CONFIG)
            else:
                draw_empty(View.RUNS)
            if len(found) > len(shown):
                st.button("Show more", on_click=state.show_more)
        if opened(Detail.RUN):
            with st.container(key="activity-details", border=True, gap="small", width=430):
                _draw_open(app, opened(Detail.RUN), integrations)


def run_table(runs: Sequence[RefreshRun], integrations: Mapping[str, str], now: datetime) -> pd.DataFrame:
    """Return a row a run, in their order; Integration is there when there are several.

    Columns: text as str; the figures Int64, missing unless the run succeeded.
    """
    table = pd.DataFrame(
        {
            "Started (UTC)": [when_words(run.started_at, now) for run in runs],
            "Integration": [integrations.get(run.integration, run.integration) for run in runs],
            "Who": [who_words(run.actor) for run in runs],
            "State": [run_words(run) for run in runs],
            "Duration": [duration_words(run, now) for run in runs],
        },
        dtype="str",
    )
    for heading, figure in FIGURES.items():
        table[heading] = pd.array([_figure(run.summary, figure) for run in runs], dtype="Int64")
    table["Error"] = pd.Series([run.error or "" for run in runs], dtype="str")
    return table if len(integrations) > 1 else table.drop(columns="Integration")


def _figure(summary: Summary | None, name: str) -> int | None:
    return None if summary is None else int(getattr(summary, name))


def _draw_open(app: App, run_id: str, integrations: Mapping[str, str]) -> None:
    try:
        run = app.store.run(run_id)
    except NotFound as error:
        st.info(plain(str(error)), icon=":material/search_off:")
        st.button("Close", on_click=set_open, args=(Detail.RUN, ""))
        return
    draw_run(app, run, integrations)
