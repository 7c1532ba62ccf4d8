"""The one app of this process, as pages get it."""

import os

import streamlit as st

from billingbot.bootstrap import App, build_app

# Without sign-in there is one user; changes are recorded under this name.
ACTOR = "operator"


@st.cache_resource(show_spinner="Opening the database …", on_release=App.close)
def current_app() -> App:
    """Return the app that all sessions share. Raises `StoreError` when the database cannot be opened."""
    return build_app(os.environ)
