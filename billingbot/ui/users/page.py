"""Who has signed in, and what each may do. Those who wait for a role come first."""

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.access import Role
from billingbot.ui.sign_in.secrets import sign_in_setup
from billingbot.ui.users.confirm import draw_confirmation
from billingbot.ui.users.row import HEADINGS, WIDTHS, draw_row
from billingbot.ui.users.state import UsersState
from billingbot.ui.wording import count, plain

_MEANING = (
    "**Viewer** sees everything. **Operator** also decides about clients and products, refreshes, fetches, plans and "
    "sends charges. **Administrator** also sets up integrations, credentials, defaults and users."
)


def draw_users(app: App, state: UsersState) -> None:
    """Draw the list, or how people come to be in it."""
    if state.problem:
        st.error(plain(state.problem), icon=":material/error:")
    if state.notice:
        st.success(plain(state.notice), icon=":material/check:")
    users = app.store.users()
    if not users:
        _draw_empty()
        return
    waiting = sum(user.role is Role.NONE and not user.disabled for user in users)
    st.markdown(f"{count(len(users), 'person', 'people')}, {waiting} waiting for a role. {_MEANING}")
    with st.container(key="users", gap=None):
        with st.container(key="users-headings"):
            for column, heading in zip(st.columns(WIDTHS), HEADINGS, strict=True):
                column.html(f"<span>{heading}</span>")
        for user in users:
            draw_row(app, state, user, sign_in_setup(), app.now())
    draw_confirmation(app, state)


def _draw_empty() -> None:
    with st.container(key="no-users", horizontal_alignment="center", vertical_alignment="center", gap="xsmall"):
        st.subheader("Nobody has signed in yet", anchor=False, width="content")
        st.markdown(
            "This is local mode: one person on this computer, who may do everything. How to set up sign-in is in "
            "docs/sign-in.md; whoever signs in appears here and gets a role from you.",
            width="content",
        )
