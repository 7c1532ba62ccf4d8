"""Picking an item of HaloPSA's, the most similar to a product first."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.product import HaloItem, Product
from billingbot.errors import BillingBotError, UpstreamAuthError
from billingbot.jobs.item_candidates import item_candidates
from billingbot.ui.dialogs.picking import Choice, Look, draw_picker, draw_search
from billingbot.ui.products.halo_items import forget_items, halo_items
from billingbot.ui.products.state import OpenDialog
from billingbot.ui.wording import plain

_LOOK = Look(
    "HaloPSA items",
    "item_id",
    ["Score", "Item", "Code"],
    ["Item", "Code"],
    {
        "Score": st.column_config.NumberColumn(format="%d", width=80, help="How alike the names are, of 100."),
        "Item": st.column_config.TextColumn(width=520),
        "Code": st.column_config.TextColumn(width=200),
    },
)


def read_items(app: App) -> list[HaloItem] | None:
    """Return HaloPSA's items; None, with the reason on the page, when they cannot be read."""
    try:
        return halo_items(app)
    except UpstreamAuthError as error:
        hint = " BillingBot needs the permission read:items to list them."
        st.error(f"{plain(str(error))}{hint if 'permission' in str(error) else ''}", icon=":material/key_off:")
    except BillingBotError as error:
        st.error(plain(str(error)), icon=":material/cloud_off:")
    return None


def draw_item_picker(app: App, dialog: OpenDialog, products: Sequence[Product]) -> HaloItem | None:
    """Draw the items, and return the picked one. With one product, the most similar item stands first, with a score."""
    items = read_items(app)
    if items is None:
        return None
    if not items:
        st.info("HaloPSA has no items yet. Create one there, or let BillingBot create it.", icon=":material/category:")
        return None
    choice: Choice[int] = st.session_state.setdefault(dialog.key("choice"), Choice())
    table = _table(items, products)
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_search(choice, len(table), dialog.key("search"), f"Search {len(table):,} items by name or code")
        st.button("Read again", type="tertiary", icon=":material/sync:", key=dialog.key("again"), on_click=forget_items)
    picked = draw_picker(table, _LOOK, choice, dialog.key("items"))
    return next((item for item in items if item.item_id == picked), None)


def _table(items: Sequence[HaloItem], products: Sequence[Product]) -> pd.DataFrame:
    if len(products) == 1:
        [ranked] = item_candidates(products, items, len(items))
        scores = [int(candidate.score) for candidate in ranked]
        items = [candidate.item for candidate in ranked]
    else:
        scores = [None] * len(items)  # type: ignore[list-item]
    return pd.DataFrame(
        {
            "item_id": pd.Series([item.item_id for item in items], dtype="int64"),
            "Score": pd.Series(scores, dtype="Int64"),
            "Item": pd.Series([item.name for item in items], dtype="str"),
            "Code": pd.Series([item.code for item in items], dtype="str"),
        }
    )
