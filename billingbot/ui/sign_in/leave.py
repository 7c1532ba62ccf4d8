"""Signing out: in the database first, since the cookie may be anywhere."""

import streamlit as st

from billingbot.domain.access import SignIn
from billingbot.ui.current_app import users_app


def draw_sign_out(sign_in: SignIn) -> None:
    """Draw the button."""
    st.button("Sign out", key="sign-out", icon=":material/logout:", on_click=sign_out, args=(sign_in,))


def sign_out(sign_in: SignIn) -> None:
    """End the sign-in wherever its cookie is, then here. Raises `StoreError`; then the person is still signed in."""
    app = users_app()
    app.store.sign_out(sign_in, app.now())
    st.logout()
