"""How many products wait for a person: the number beside the link to the page."""

import streamlit as st

from billingbot.bootstrap import App
from billingbot.jobs.map_products import leaves_open

_KNOWN = "open-products"


def open_product_count(app: App) -> int:
    """Return it for all integrations; counted anew when something has changed since this session last asked."""
    state = app.store.products_state()
    known: tuple[object, int] | None = st.session_state.get(_KNOWN)
    if known is None or known[0] != state:
        unmapped = app.store.unmapped_products()
        number = sum(unmapped.get(one.key, 0) for one in app.store.integrations() if leaves_open(one))
        known = st.session_state[_KNOWN] = (state, number)
    return known[1]
