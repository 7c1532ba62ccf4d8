"""The products as a table: which are shown, and which are ticked."""

from collections.abc import Sequence
from enum import StrEnum
from zlib import crc32

import pandas as pd
import streamlit as st

from billingbot.domain.integration import Integration
from billingbot.domain.product import Product
from billingbot.jobs.map_products import Treatment, treatment
from billingbot.ui.products.state import ProductsState
from billingbot.ui.table_search import matching_rows

_ROW_HEIGHT = 35
_ROWS_SHOWN = 17
_SEARCHED = ["Product", "SKU", "HaloPSA item"]
_CONFIG = {
    "Product": st.column_config.TextColumn(width=300),
    "SKU": st.column_config.TextColumn(width=135),
    "Charges": st.column_config.NumberColumn(width=80, format="localized", help="In all months that were fetched."),
    "Last month": st.column_config.TextColumn(width=95, help="The newest month in which it was charged."),
    "How": st.column_config.TextColumn(width=100),
    "HaloPSA item": st.column_config.TextColumn(width=300),
    "Mapped by": st.column_config.TextColumn(width=110),
}


class Chip(StrEnum):
    """Which products are shown. The values stand on the page."""

    OPEN = "To map"
    CREATE = "To create"
    MAPPED = "Mapped"
    DEFAULT = "Default item"
    PAST = "No longer charged"


def chip_of(integration: Integration, product: Product) -> Chip:
    """Return the chip that counts the product."""
    return Chip.PAST if product.charges == 0 else Chip(treatment(integration, product).value)


def product_table(integration: Integration, products: Sequence[Product]) -> pd.DataFrame:
    """Return a row a product, in their order.

    Columns: Product · SKU · Charges int64 · Last month · How · HaloPSA item · Mapped by; all others are str.
    """
    return pd.DataFrame(
        {
            "Product": pd.Series([product.name for product in products], dtype="str"),
            "SKU": pd.Series([product.sku for product in products], dtype="str"),
            "Charges": pd.Series([product.charges for product in products], dtype="int64"),
            "Last month": pd.Series([product.last_period for product in products], dtype="str"),
            "How": pd.Series([treatment(integration, product).value for product in products], dtype="str"),
            "HaloPSA item": pd.Series([_item(integration, product) for product in products], dtype="str"),
            "Mapped by": pd.Series([product.mapped_by for product in products], dtype="str"),
        }
    )


def draw_table(state: ProductsState, integration: Integration, products: Sequence[Product], text: str) -> list[Product]:
    """Draw the products that are searched for, and return those that are ticked."""
    found = matching_rows(product_table(integration, products), _SEARCHED, text)
    shown = [products[row] for row in found.index]
    if not shown:
        st.caption("No product is like that.")
        return []
    # Rows are numbers to Streamlit: other rows are another widget, so that no tick moves to another product.
    rows = crc32("\0".join(product.key for product in shown).encode())
    selection = st.dataframe(
        found,
        key=f"products-{integration.key}-{state.table}-{rows}",
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        column_config=_CONFIG,
        placeholder="",
        row_height=_ROW_HEIGHT,
        height="content" if len(shown) <= _ROWS_SHOWN else (_ROWS_SHOWN + 1) * _ROW_HEIGHT,
        alt="Products",
    )
    return [shown[row] for row in sorted(selection["selection"]["rows"]) if row < len(shown)]


def _item(integration: Integration, product: Product) -> str:
    if treatment(integration, product) is Treatment.DEFAULT:
        return integration.default_item
    return product.item
