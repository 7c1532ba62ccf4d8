"""The way back: Undo beside what was done, its question, its refusal, and the notice that it can be undone itself."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.access import Permission
from billingbot.domain.credential import Origin
from billingbot.domain.decision import Action
from billingbot.domain.history import Batch
from billingbot.errors import BillingBotError, DecisionRefused
from billingbot.jobs.undo import undo
from billingbot.ui.activity.state import ActivityState, Detail, RefusedUndo, set_open
from billingbot.ui.activity.undo_words import asks_first, things, undo_question, undone_words, why_not
from billingbot.ui.activity.words import state_words
from billingbot.ui.client_page import Notice
from billingbot.ui.permitted import why_not_permitted
from billingbot.ui.wording import plain

_SENTENCES_SHOWN = 10
_FROM_OUTSIDE = {Origin.ENVIRONMENT, Origin.SANDBOX}


def draw_undo(app: App, state: ActivityState, batch: Batch, integrations: Mapping[str, str]) -> None:
    """Draw what takes the batch back, with a question first when it concerns several things, or why nothing does.

    `integrations` are names by key.
    """
    name = integrations.get(batch.integration, batch.integration)
    if batch.undone_by:
        st.caption(f"{plain(state_words(batch, {}, integrations))}.")
    elif reason := why_not(batch, name) or _comes_back(app, batch, name) or why_not_permitted(app, _needed(batch)):
        st.caption(plain(reason))
    elif state.refused and state.refused.batch == batch.batch:
        _draw_refusal(app, state, batch, integrations)
    elif state.asking == batch.batch:
        _draw_question(app, state, batch, integrations)
    elif asks_first(batch):
        st.button("Undo …", icon=":material/undo:", on_click=_ask, args=(state, batch.batch))
    else:
        st.button("Undo", icon=":material/undo:", on_click=_take_back, args=(app, state, batch.batch, integrations))


def _needed(batch: Batch) -> Permission:
    return Permission.ADMINISTER if batch.setup else Permission.OPERATE


def draw_notice(app: App, state: ActivityState, integrations: Mapping[str, str]) -> None:
    """Say what the last click did, with an Undo of its own, or why it could not be done."""
    if state.problem:
        st.error(plain(state.problem), icon=":material/error:")
    if state.notice is None:
        return
    with st.container(key="activity-notice", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(f'<p role="status" class="notice">{escape(state.notice.text)}</p>', width="content")
        if state.notice.batch:
            st.button(
                "Undo the undo",
                type="tertiary",
                on_click=_take_back,
                args=(app, state, state.notice.batch, integrations),
            )
        st.button("Dismiss", type="tertiary", on_click=state.forget)


def _comes_back(app: App, batch: Batch, name: str) -> str:
    """Say why an integration cannot be deleted again: it is connected without anybody entering anything."""
    if Action.RESTORE not in batch.actions or batch.integration not in {vendor.key for vendor in app.vendors.all}:
        return ""
    origins = {state.origin for state in app.vendors.states(batch.integration)}
    return f"{name} is connected from outside of BillingBot, and stays." if origins & _FROM_OUTSIDE else ""


def _draw_question(app: App, state: ActivityState, batch: Batch, integrations: Mapping[str, str]) -> None:
    name = integrations.get(batch.integration, batch.integration)
    st.warning(plain(undo_question(batch, name)), icon=":material/undo:")
    with st.container(horizontal=True):
        st.button("Undo all of it", type="primary", on_click=_take_back, args=(app, state, batch.batch, integrations))
        st.button("Cancel", on_click=state.forget)


def _draw_refusal(app: App, state: ActivityState, batch: Batch, integrations: Mapping[str, str]) -> None:
    """Say what was changed since, and offer to undo what was not."""
    sentences = state.refused.sentences if state.refused else ()
    shown = sentences[:_SENTENCES_SHOWN]
    more, others = len(sentences) - len(shown), things(batch) - len(sentences)
    lines = [f"- {plain(sentence)}" for sentence in shown] + ([f"- and {more:,} more"] if more else [])
    st.warning("**Nothing was undone.**\n" + "\n".join(lines), icon=":material/warning:")
    with st.container(horizontal=True):
        if others > 0:
            label = "Undo the other one" if others == 1 else f"Undo the other {others:,}"
            st.button(label, type="primary", on_click=_take_back, args=(app, state, batch.batch, integrations, True))
        st.button("Leave it", on_click=state.forget)


def _ask(state: ActivityState, batch: str) -> None:
    state.forget()
    state.asking = batch


def _take_back(
    app: App, state: ActivityState, batch: str, integrations: Mapping[str, str], partly: bool = False
) -> None:
    """Undo the batch, and remember what came of it."""
    state.forget()
    try:
        receipt = undo(app.store, batch, app.stamp(app.actor), partly=partly)
    except DecisionRefused as error:
        state.refused = RefusedUndo(batch, tuple(clash.sentence for clash in error.clashes))
        set_open(Detail.BATCH, batch)
    except BillingBotError as error:
        state.problem = str(error)
    else:
        state.notice = Notice(undone_words(receipt, integrations), receipt.batch if receipt.changes else "")
