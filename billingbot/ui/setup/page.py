"""The setup page below its title: the stepper, the step, and the buttons below it."""

from collections.abc import Callable, Mapping

import streamlit as st

from billingbot.bootstrap import App
from billingbot.ui.frame import STATIC
from billingbot.ui.setup.buttons import Onward, draw_buttons
from billingbot.ui.setup.credentials import draw_distributors, draw_halo
from billingbot.ui.setup.defaults import draw_defaults
from billingbot.ui.setup.refresh import draw_refresh
from billingbot.ui.setup.result import draw_result
from billingbot.ui.setup.stepper import draw_stepper
from billingbot.ui.setup.steps import SetupEnd, SetupStep, end_setup
from billingbot.ui.setup.welcome import draw_welcome

_STEPS: Mapping[SetupStep, Callable[[App], Onward]] = {
    SetupStep.HALO: draw_halo,
    SetupStep.DISTRIBUTORS: draw_distributors,
    SetupStep.DEFAULTS: draw_defaults,
    SetupStep.REFRESH: draw_refresh,
}


def draw_setup(app: App, step: SetupStep) -> None:
    """Draw the step."""
    st.html(STATIC / "setup.css")
    # A key of its own for each step: nothing of the one before stays on the screen while this one is drawn.
    with st.container(key="setup"), st.container(key=f"setup-{step}"):
        if step is SetupStep.WELCOME:
            draw_welcome(app)
            return
        draw_stepper(step)
        if step is SetupStep.RESULT:
            draw_result(app)
            return
        # Places of their own: what comes and goes in the step must not move the buttons, which would be there twice.
        body, foot = st.container(key=f"setup-body-{step}"), st.container(key=f"setup-foot-{step}")
        with body:
            onward = _STEPS[step](app)
        with foot:
            draw_buttons(app, step, onward)


def draw_skip(app: App) -> None:
    """Draw the way out, to be taken up again later."""
    if st.button("Skip setup", type="tertiary", help="You can run it again from the Integrations page."):
        end_setup(app, SetupEnd.SKIPPED)
        st.switch_page("clients.py")
