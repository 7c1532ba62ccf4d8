"""The way back: Undo beside what was done, its question, its refusal, and the notice that it can be undone itself."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.history import Batch
from billingbot.errors import BillingBotError, DecisionRefused
from billingbot.jobs.undo import undo
from billingbot.ui.activity.state import ActivityState, Detail, RefusedUndo, set_open
from billingbot.ui.activity.words import state_words, things, undo_question, undone_words
from billingbot.ui.client_page import Notice
from billingbot.ui.current_app import ACTOR
from billingbot.ui.wording import plain

_SENTENCES_SHOWN = 10


def draw_undo(app: App, state: ActivityState, batch: Batch) -> None:
    """Draw what takes the batch back, with a question first when it concerns several clients."""
    if batch.undone_by:
        st.caption(f"{plain(state_words(batch, {}))}.")
    elif state.refused and state.refused.batch == batch.batch:
        _draw_refusal(app, state, batch, state.refused.sentences)
    elif state.asking == batch.batch:
        _draw_question(app, state, batch)
    elif batch.clients > 1:
        st.button("Undo …", icon=":material/undo:", on_click=_ask, args=(state, batch.batch))
    else:
        st.button("Undo", icon=":material/undo:", on_click=_take_back, args=(app, state, batch.batch))


def draw_notice(app: App, state: ActivityState) -> None:
    """Say what the last click did, with an Undo of its own, or why it could not be done."""
    if state.problem:
        st.error(plain(state.problem), icon=":material/error:")
    if state.notice is None:
        return
    with st.container(key="activity-notice", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p role="status" class="notice">{escape(state.notice.text)}</p>', width="content")
        if state.notice.batch:
            st.button("Undo the undo", type="tertiary", on_click=_take_back, args=(app, state, state.notice.batch))
        st.button("Dismiss", type="tertiary", on_click=state.forget)


def _draw_question(app: App, state: ActivityState, batch: Batch) -> None:
    st.warning(plain(undo_question(batch)), icon=":material/undo:")
    with st.container(horizontal=True):
        st.button("Undo all of it", type="primary", on_click=_take_back, args=(app, state, batch.batch))
        st.button("Cancel", on_click=state.forget)


def _draw_refusal(app: App, state: ActivityState, batch: Batch, sentences: Sequence[str]) -> None:
    """Say what was changed since, and offer to undo what was not."""
    shown = sentences[:_SENTENCES_SHOWN]
    more, others = len(sentences) - len(shown), things(batch.actions) - len(sentences)
    lines = [f"- {plain(sentence)}" for sentence in shown] + ([f"- and {more:,} more"] if more else [])
    st.warning("**Nothing was undone.**\n" + "\n".join(lines), icon=":material/warning:")
    with st.container(horizontal=True):
        if others > 0:
            label = "Undo the other one" if others == 1 else f"Undo the other {others:,}"
            st.button(label, type="primary", on_click=_take_back, args=(app, state, batch.batch, True))
        st.button("Leave it", on_click=state.forget)


def _ask(state: ActivityState, batch: str) -> None:
    state.forget()
    state.asking = batch


def _take_back(app: App, state: ActivityState, batch: str, partly: bool = False) -> None:
    """Undo the batch, and remember what came of it."""
    state.forget()
    try:
        receipt = undo(app.store, batch, app.stamp(ACTOR), partly=partly)
    except DecisionRefused as error:
        state.refused = RefusedUndo(batch, tuple(clash.sentence for clash in error.clashes))
        set_open(Detail.BATCH, batch)
    except BillingBotError as error:
        state.problem = str(error)
    else:
        state.notice = Notice(undone_words(receipt), receipt.batch if receipt.changes else "")
