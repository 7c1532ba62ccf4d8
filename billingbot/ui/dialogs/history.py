"""History: what was decided about one client, by whom and why, and the way back."""

from dataclasses import dataclass, field

import pandas as pd
import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.history import ActivityFilter, Batch
from billingbot.domain.integration import Integration
from billingbot.jobs.undo import undo, undone_sentence
from billingbot.ui.change_words import batch_words
from billingbot.ui.client_page import OpenDialog, PageState
from billingbot.ui.dialogs.opening import Opening, Scene, draw_cancel, draw_problem, opening_of, save
from billingbot.ui.dialogs.picking import Choice, Look, draw_picker, draw_search
from billingbot.ui.history_table import history_table
from billingbot.ui.wording import count, plain

_LIMIT = 200
_SHOWN = ["When (UTC)", "Who", "What", "Why", "State"]
_LOOK = Look(
    "Changes",
    "number",
    _SHOWN,
    _SHOWN,
    {
        "When (UTC)": st.column_config.TextColumn(width=140),
        "Who": st.column_config.TextColumn(width=100),
        "What": st.column_config.TextColumn(width=380),
        "Why": st.column_config.TextColumn(width=260),
        "State": st.column_config.TextColumn(width=150),
    },
)


@dataclass(kw_only=True)
class _Opening(Opening):
    """What was read; `table` None: it is to be read (again)."""

    client: str = ""
    table: pd.DataFrame | None = None
    batches: dict[str, Batch] = field(default_factory=dict)
    choice: Choice[int] = field(default_factory=Choice)

    def read_again(self) -> None:
        """Let the next draw read it."""
        self.table = None
        self.choice.table += 1


def draw(app: App, state: PageState, integration: Integration, dialog: OpenDialog) -> None:
    """Draw the dialog's body."""
    scene = Scene(app, state, integration, dialog)
    opening = opening_of(scene, _Opening)
    table = _table(scene, opening)
    draw_problem(opening)
    if table.empty:
        st.info("Nothing was decided about this client yet.", icon=":material/history:")
        draw_cancel(scene, "Close")
        return
    draw_search(opening.choice, len(table), scene.key("search"), f"Search {len(table):,} by any column")
    number = draw_picker(table, _LOOK, opening.choice, scene.key("changes"))
    if len(table) >= _LIMIT:
        st.caption(f"The newest {_LIMIT:,} changes. Activity has all of them.")
    batch = None
    if number is not None:
        row = table.iloc[number]
        batch = opening.batches.get(row["batch"])
        st.markdown(" · ".join(plain(text) for text in (row["What"], row["Why"]) if text))
    if batch is not None and batch.clients > 1:
        st.warning(_of_several(batch), icon=":material/groups:")
    with st.container(horizontal=True):
        _draw_undo(scene, opening, batch)
        draw_cancel(scene, "Close")


def _table(scene: Scene, opening: _Opening) -> pd.DataFrame:
    if opening.table is None:
        store, key, client_id = scene.app.store, scene.integration.key, scene.client_id
        opening.client = store.client_rows(key, [client_id])["client"].iloc[0]
        history = store.history(key, client_id, _LIMIT)
        batches = tuple({recorded.batch for recorded in history})
        found = store.batches(ActivityFilter(batches=batches), len(batches)) if batches else []
        opening.batches = {batch.batch: batch for batch in found}
        opening.table = history_table(history, opening.batches)
    return opening.table


def _of_several(batch: Batch) -> str:
    return (
        f"This was done to {count(batch.clients, 'client')} at once ({plain(batch_words(batch.actions))}). "
        "Undo takes all of it back; to change only this client, use Edit Company or Delete Assignment."
    )


def _draw_undo(scene: Scene, opening: _Opening, batch: Batch | None) -> None:
    undone = batch is not None and batch.undone_by
    several = batch is not None and batch.clients > 1
    clicked = st.button(
        f"Undo for all {batch.clients:,} clients" if batch is not None and several else "Undo",
        type="primary",
        icon=":material/undo:",
        key=scene.key("undo"),
        disabled=batch is None or bool(undone),
        help="Tick a change first." if batch is None else f"Undone by {plain(undone)} already." if undone else None,
    )
    if not clicked or batch is None:
        return
    wanted = batch.batch
    save(
        scene,
        opening,
        lambda stamp: undo(scene.app.store, wanted, stamp),
        lambda receipt: f"{opening.client}: {undone_sentence(receipt)}",
    )
