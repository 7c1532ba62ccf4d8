"""The list of changes, a row a batch, and beside it the batch that is open."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import pandas as pd
import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.history import ActivityFilter, Batch
from billingbot.ports import Store
from billingbot.ui.activity.batch_details import draw_batch
from billingbot.ui.activity.empty import draw_empty
from billingbot.ui.activity.filters import View
from billingbot.ui.activity.state import ActivityState, Detail, opened, set_open
from billingbot.ui.activity.table import draw_table
from billingbot.ui.activity.words import clients_words, state_words, title_words, when_words, who_words

_CONFIG = {
    "When (UTC)": st.column_config.TextColumn(width=180),
    "Who": st.column_config.TextColumn(width=90),
    "Integration": st.column_config.TextColumn(width=85),
    "What": st.column_config.TextColumn(width=230),
    "Client": st.column_config.TextColumn(width=170),
    "State": st.column_config.TextColumn(width=140),
}


def draw_changes(app: App, state: ActivityState, wanted: ActivityFilter, integrations: Mapping[str, str]) -> None:
    """Draw the batches that are wanted, newest first, and the open one, whether it is wanted or not."""
    found = app.store.batches(wanted, state.limit + 1)
    shown = found[: state.limit]
    with st.container(key="activity-panes", horizontal=True, wrap=False, gap="small"):
        with st.container(key="activity-list"):
            if shown:
                ids = [batch.batch for batch in shown]
                draw_table(state, Detail.BATCH, ids, batch_table(shown, integrations, app.now()), _CONFIG)
            else:
                draw_empty(View.CHANGES)
            if len(found) > len(shown):
                st.button("Show more", on_click=state.show_more)
        if opened(Detail.BATCH):
            with st.container(key="activity-details", border=True, gap="small", width=430):
                _draw_open(app, state, shown, integrations)


def batch_table(batches: Sequence[Batch], integrations: Mapping[str, str], now: datetime) -> pd.DataFrame:
    """Return a row a batch, in their order. All columns are str; Integration is there when there are several."""
    known = {batch.batch: batch for batch in batches}
    table = pd.DataFrame(
        {
            "When (UTC)": [when_words(batch.at, now) for batch in batches],
            "Who": [who_words(batch.actor) for batch in batches],
            "Integration": [integrations.get(batch.integration, batch.integration) for batch in batches],
            "What": [title_words(batch, integrations) for batch in batches],
            "Client": [clients_words(batch) for batch in batches],
            "State": [state_words(batch, known, integrations) for batch in batches],
        },
        dtype="str",
    )
    return table if len(integrations) > 1 else table.drop(columns="Integration")


def find_batch(store: Store, wanted: str) -> Batch | None:
    """Return the batch of that id, if there is one."""
    return next(iter(store.batches(ActivityFilter(batches=(wanted,)), 1)), None)


def _draw_open(app: App, state: ActivityState, shown: Sequence[Batch], integrations: Mapping[str, str]) -> None:
    wanted = opened(Detail.BATCH)
    known = {batch.batch: batch for batch in shown}
    batch = known.get(wanted) or find_batch(app.store, wanted)
    if batch is None:
        st.info("This change is not in the database.", icon=":material/search_off:")
        st.button("Close", on_click=set_open, args=(Detail.BATCH, ""))
        return
    draw_batch(app, state, batch, known, integrations)
