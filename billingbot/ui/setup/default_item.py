"""Choosing the HaloPSA item that products become which nobody mapped."""

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.domain.product import HaloItem
from billingbot.errors import ConfigError, UpstreamError
from billingbot.ui.products.halo_items import halo_items
from billingbot.ui.wording import plain

_NOBODY = "None: ask me for each product"


def pick_default_item(app: App, integration: Integration, prefix: str) -> HaloItem | None:
    """Draw the search over HaloPSA's items and return what is chosen; None is no default item."""
    st.html('<h3 class="part">Which HaloPSA item charges become</h3>')
    kept = None
    if integration.default_item_id is not None:
        kept = HaloItem(integration.default_item_id, integration.default_item)
    items = _items(app)
    if kept and all(item.item_id != kept.item_id for item in items):
        items = [kept, *items]
    names = {item.item_id: item for item in items}
    chosen = st.selectbox(
        "Default item",
        [None, *names],
        index=list(names).index(kept.item_id) + 1 if kept else 0,
        format_func=lambda item_id: _NOBODY if item_id is None else names[item_id].name,
        key=f"{prefix}-item",
        help="Type to search. It stands on the invoice for every product that you do not map to an item of its own.",
    )
    return None if chosen is None else names[chosen]


def _items(app: App) -> list[HaloItem]:
    """Return HaloPSA's items; none, with the reason on the page, when they cannot be read."""
    try:
        return halo_items(app)
    except ConfigError:
        st.caption("HaloPSA is not connected: its items cannot be read yet.")
    except UpstreamError as error:
        st.caption(f"{plain(str(error))} You can choose an item later on the Products page.")
    return []
