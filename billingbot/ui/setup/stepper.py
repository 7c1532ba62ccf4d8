"""The line above a step: which steps there are, and which one it is."""

import streamlit as st

from billingbot.ui.setup.steps import TITLES, SetupStep


def draw_stepper(step: SetupStep) -> None:
    """Draw the steps."""
    steps = list(TITLES)
    now = steps.index(step)
    st.html(f'<ol class="stepper" aria-label="Steps">{"".join(_item(steps, now, n) for n in range(len(steps)))}</ol>')


def _item(steps: list[SetupStep], now: int, number: int) -> str:
    look = "done" if number < now else "now" if number == now else "next"
    current = ' aria-current="step"' if number == now else ""
    sign = "✓" if number < now else str(number + 1)
    return f'<li class="{look}"{current}><span class="sign">{sign}</span><span>{TITLES[steps[number]]}</span></li>'
