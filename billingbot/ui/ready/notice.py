"""What a dialog about a client has done, in a quiet line with an Undo. Client Management opens the same dialogs."""

from functools import partial

import streamlit as st

from billingbot.bootstrap import App
from billingbot.errors import BillingBotError
from billingbot.jobs.undo import undo, undone_sentence
from billingbot.ui.client_page import Notice, PageState, page_state
from billingbot.ui.notice import draw_notice
from billingbot.ui.wording import plain


def draw_what_was_done(app: App) -> None:
    """Draw what was saved last, or why it could not be."""
    state = page_state()
    if state.problem:
        st.error(plain(state.problem), icon=":material/error:")
    draw_notice("ready-notice", state.notice, partial(_take_back, app, state), put_aside)


def put_aside() -> None:
    """Put aside what the last click brought up."""
    state = page_state()
    state.notice, state.problem = None, None


def _take_back(app: App, state: PageState, batch: str) -> None:
    try:
        receipt = undo(app.store, batch, app.stamp(app.actor))
    except BillingBotError as error:
        state.notice, state.problem = None, str(error)
    else:
        state.notice, state.problem = Notice(undone_sentence(receipt)), None
