"""The buttons below a step: back, on, and on although something is not done yet."""

from dataclasses import dataclass

import streamlit as st

from billingbot.bootstrap import App
from billingbot.ui.setup.steps import SetupStep, go_to, neighbour


@dataclass(frozen=True, slots=True)
class Onward:
    """What Continue needs (`lacks`, a sentence; "" for nothing), and how a way around it is called, "" for none."""

    lacks: str = ""
    around: str = ""


def draw_buttons(app: App, step: SetupStep, onward: Onward) -> None:
    """Draw them. What was entered is kept whichever way one goes."""
    # Keys of the step: a second click, before the next step is there, goes nowhere.
    with st.container(key="setup-buttons", horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Back", icon=":material/arrow_back:", key=f"back-{step}", on_click=go_to, args=(app, neighbour(step, -1))
        )
        st.space("stretch")
        # A place of its own, so that Continue stays in its.
        with st.container(key="setup-lacks", horizontal=True, vertical_alignment="center", width="content"):
            if onward.lacks:
                st.caption(onward.lacks, width="content")
            if onward.lacks and onward.around:
                st.button(onward.around, key=f"around-{step}", on_click=go_to, args=(app, neighbour(step, 1)))
        st.button(
            "Continue",
            key=f"continue-{step}",
            type="primary",
            disabled=bool(onward.lacks),
            on_click=go_to,
            args=(app, neighbour(step, 1)),
        )
