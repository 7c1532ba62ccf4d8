"""How many products wait for a person: the number beside the link to the page."""

import streamlit as st

from billingbot.bootstrap import App
from billingbot.jobs.map_products import open_products

_KNOWN = "open-products"


def open_product_count(app: App) -> int:
    """Return it for all integrations; counted anew when something has changed since this session last asked."""
    state = app.store.products_state()
    known: tuple[object, int] | None = st.session_state.get(_KNOWN)
    if known is None or known[0] != state:
        integrations = app.store.integrations()
        number = sum(len(open_products(one, app.store.products(one.key))) for one in integrations)
        known = st.session_state[_KNOWN] = (state, number)
    return known[1]
