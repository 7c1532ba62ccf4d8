"""Edits that were refused because somebody else was faster: theirs, mine, and what shall hold."""

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.client_settings import Setting, SettingValue
from billingbot.domain.integration import Assignment, Integration
from billingbot.errors import BillingBotError, Clash, DecisionRefused
from billingbot.jobs.decide import edit_client
from billingbot.ui.change_words import SETTING_WORDS, setting_value_words
from billingbot.ui.client_page import PageState
from billingbot.ui.wording import plain

_MOST_SHOWN = 3


def draw_refused_edits(app: App, state: PageState, integration: Integration) -> None:
    """Draw what was refused, newest last, until the operator has said what shall hold."""
    if not state.clashes:
        return
    with st.container(border=True, key="refused-edits"):
        for number, clash in enumerate(state.clashes[-_MOST_SHOWN:]):
            _draw(app, state, integration, clash, number)
        more = len(state.clashes) - _MOST_SHOWN
        if more > 0:
            st.caption(f"and {more} more, which were not saved either.")
        if len(state.clashes) > 1:
            st.button("Keep all as they are", on_click=_dismiss, args=(state, state.clashes))


def _draw(app: App, state: PageState, integration: Integration, clash: Clash, number: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f":material/warning: **{plain(clash.sentence)}** {_both(clash)}", width="stretch")
        if clash.mine:
            st.button("Save mine", key=f"mine-{number}", on_click=_save_mine, args=(app, state, integration, clash))
        st.button(
            "Keep theirs" if clash.mine else "OK", key=f"theirs-{number}", on_click=_dismiss, args=(state, (clash,))
        )


def _both(clash: Clash) -> str:
    """Return both values of each field: 'Exclude: now on, yours off.'."""
    words = [
        f"{SETTING_WORDS[Setting(name)]}: now {setting_value_words(Setting(name), clash.theirs[name])}, "
        f"yours {setting_value_words(Setting(name), mine)}."
        for name, mine in clash.mine.items()
    ]
    return plain(" ".join(words))


def _save_mine(app: App, state: PageState, integration: Integration, clash: Clash) -> None:
    _dismiss(state, (clash,))
    fields = {Setting(name): _value(Setting(name), value) for name, value in clash.mine.items()}
    try:
        receipt = edit_client(app.store, integration.key, clash.client_id, clash.version, fields, app.stamp(app.actor))
    except DecisionRefused as error:
        state.clashes += error.clashes
    except BillingBotError as error:
        state.problem = str(error)
    else:
        state.saved("Yours was saved", receipt.batch)


def _value(setting: Setting, value: object) -> SettingValue:
    if setting is Setting.ASSIGNMENT:
        return Assignment(str(value)) if value else None
    return value if isinstance(value, bool | int) else None


def _dismiss(state: PageState, clashes: tuple[Clash, ...]) -> None:
    state.clashes = tuple(clash for clash in state.clashes if clash not in clashes)
