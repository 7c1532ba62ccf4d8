"""What is asked before somebody loses something."""

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.access import Role
from billingbot.ui.permitted import ROLE_WORDS
from billingbot.ui.users.state import UsersState, Wanted, name_of
from billingbot.ui.wording import plain


def draw_confirmation(app: App, state: UsersState) -> None:
    """Draw the dialog when something waits."""
    wanted = state.wanted
    if wanted is None:
        return
    title, sentence, button = _words(wanted)

    @st.dialog(title, on_dismiss=state.give_up)
    def ask() -> None:
        st.markdown(sentence)
        with st.container(horizontal=True):
            if st.button(button, type="primary", key=f"confirm-{state.turn}"):
                state.carry_out(app, wanted)
                st.rerun()
            if st.button("Cancel", key=f"cancel-{state.turn}"):
                state.give_up()
                st.rerun()

    ask()


def _words(wanted: Wanted) -> tuple[str, str, str]:
    """Return title, sentence and button."""
    name, user = plain(name_of(wanted.user)), wanted.user
    if wanted.signs_out:
        return (
            "Sign out everywhere",
            f"Every session of **{name}**, in every browser, is refused from now on. Signing in again is possible.",
            "Sign out everywhere",
        )
    if wanted.disabled and not user.disabled:
        return (
            "Disable user",
            f"**{name}** can neither see nor change anything from now on, also where signed in already. What was "
            "decided stays.",
            "Disable",
        )
    if wanted.role is Role.NONE:
        return ("Take the role away", f"**{name}** can neither see nor change anything from now on.", "Take away")
    return (
        "Change role",
        f"**{name}** is {ROLE_WORDS[user.role]} and becomes {ROLE_WORDS[wanted.role]}. That holds from the next click "
        "on, also where signed in already.",
        "Change role",
    )
