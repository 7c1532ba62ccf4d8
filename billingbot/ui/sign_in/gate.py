"""Who may come in: asked anew in each run, before any page."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from billingbot.domain.access import Role, SignIn
from billingbot.errors import AccessRefused, Refusal
from billingbot.ui.current_app import users_app
from billingbot.ui.sign_in.claims import provider_of, sign_in_of
from billingbot.ui.sign_in.secrets import sign_in_setup
from billingbot.ui.sign_in.welcome import draw_refused, draw_waiting, draw_welcome


def closed() -> Callable[[], None] | None:
    """Return what is drawn instead of every page, or None when the person may come in.

    Raises `StoreError` and `ConfigError` when the database cannot be opened.
    """
    setup = sign_in_setup()
    if setup is None:
        return None
    if not st.user.is_logged_in:
        return partial(draw_welcome, setup)
    sign_in: SignIn | None = None
    try:
        claims = st.user.to_dict()
        sign_in = sign_in_of(claims)
        app = users_app()
        user = app.store.arrive(sign_in, setup.first_admin_at(provider_of(claims)), app.now())
    except AccessRefused as error:
        return partial(draw_refused, setup, error, sign_in if error.refusal is Refusal.DISABLED else None)
    if user.role is Role.NONE:
        without_admin = not any(other.role is Role.ADMIN for other in app.store.users())
        return partial(draw_waiting, sign_in, without_admin=without_admin)
    return None
