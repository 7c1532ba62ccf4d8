"""The billing rules of Edit Company: the integration's, shown only, or the client's own."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from billingbot.domain.client_settings import ClientSettings, Setting
from billingbot.domain.integration import Integration, Modifiers
from billingbot.ui.change_words import SETTING_WORDS
from billingbot.ui.client_draft import own_modifiers
from billingbot.ui.wording import plain

MEANINGS = {
    Setting.DROP_AZURE: "Drops all Microsoft Azure and arrears charges: none of them is billed.",
    Setting.COLLAPSE_AZURE: "Makes one line of all Azure and arrears lines, per currency: quantity 1, cost and price "
    "the exact sums. The lines stay on record.",
    Setting.DROP_FAVORABLE_PRORATES: "Drops prorates with a negative price: you keep the credit.",
    Setting.DROP_ZERO_DOLLAR: "Drops lines with a price of exactly 0, even where their cost is not.",
}
"""What each rule does, as Markdown."""


def draw_modifiers(seen: ClientSettings, integration: Integration, prefix: str) -> tuple[bool, Modifiers]:
    """Draw Global Setting and the four rules; return whether it is on, and the client's own rules.

    While it is on, the rules are those of the integration and cannot be switched; the client's own stay as they were
    seen. `prefix` begins the widgets' keys.
    """
    source = plain(integration.name)
    use_global = draw_switch(
        SETTING_WORDS[Setting.USE_GLOBAL],
        seen.use_global,
        f"{prefix}-use_global",
        f"On: the four rules below are those of {source}. Off: they are this client's own.",
    )
    start = integration.modifiers if use_global else own_modifiers(seen, integration)
    rules = (
        (Setting.DROP_AZURE, start.drop_azure),
        (Setting.COLLAPSE_AZURE, start.collapse_azure),
        (Setting.DROP_FAVORABLE_PRORATES, start.drop_favorable_prorates),
        (Setting.DROP_ZERO_DOLLAR, start.drop_zero_dollar),
    )
    with st.container(border=True):
        places = [*st.columns(2), *st.columns(2)]
        drop, collapse, prorates, zero = (
            _draw_rule(place, setting, value, f"{prefix}-{setting}", source if use_global else "")
            for place, (setting, value) in zip(places, rules, strict=True)
        )
    return use_global, seen.modifiers if use_global else Modifiers(drop, collapse, prorates, zero)


def draw_switch(label: str, value: bool, key: str, meaning: str, disabled: bool = False) -> bool:
    """Draw a switch with its meaning under it, and return whether it is on. It remembers its value while hidden."""
    with st.container(gap="xxsmall"):
        on = st.toggle(label, value, key=key, disabled=disabled, persist_state="page")
        st.caption(meaning)
    return on


def _draw_rule(place: DeltaGenerator, setting: Setting, value: bool, key: str, source: str) -> bool:
    """Draw a rule; one that comes from a source is shown only."""
    with place:
        if source:
            # Not in the label: screen readers get that as it is written, markup and all.
            meaning = f":gray-badge[from {source}] {MEANINGS[setting]}"
            return draw_switch(SETTING_WORDS[setting], value, f"{key}-shown", meaning, disabled=True)
        return draw_switch(SETTING_WORDS[setting], value, key, MEANINGS[setting])
