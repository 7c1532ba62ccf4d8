"""The dialogs of the Products page: picking an item, creating items, accepting the best matches."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.domain.product import Product
from billingbot.jobs.item_candidates import best_matches
from billingbot.ui.products.actions import create, map_each, map_products, set_default_item
from billingbot.ui.products.item_picker import draw_item_picker, read_items
from billingbot.ui.products.state import DialogKind, OpenDialog, ProductsState
from billingbot.ui.references import send_whole
from billingbot.ui.wording import count, plain

_ALIKE = 90
_NAMES_SHOWN = 30
_PICK_FIRST = "Pick an item first."
_TITLES: Mapping[DialogKind, str] = {
    DialogKind.CHOOSE_ITEM: "Which HaloPSA item?",
    DialogKind.DEFAULT_ITEM: "Default item",
    DialogKind.CREATE_ITEMS: "Create items in HaloPSA",
    DialogKind.BEST_MATCHES: "Best matches",
}


def draw_open_dialog(app: App, state: ProductsState, integration: Integration, products: Sequence[Product]) -> None:
    """Draw the dialog that is open, if one is. The last thing that a run of the page draws."""
    dialog = state.dialog
    if dialog is None:
        return
    about = [product for product in products if product.key in set(dialog.keys)]

    def body() -> None:
        send_whole()
        _BODIES[dialog.kind](app, state, integration, about, dialog)

    st.dialog(_TITLES[dialog.kind], width="large", on_dismiss=state.close)(body)()


def _choose(
    app: App, state: ProductsState, integration: Integration, about: Sequence[Product], dialog: OpenDialog
) -> None:
    what = plain(about[0].name) if len(about) == 1 else count(len(about), "product")
    st.markdown(f"What **{what}** becomes on an invoice.")
    item = draw_item_picker(app, dialog, about)
    if _draw_buttons(state, dialog, f"Map {count(len(about), 'product')}", item is not None, _PICK_FIRST) and item:
        map_products(app, state, integration, about, item)
        st.rerun()


def _default(
    app: App, state: ProductsState, integration: Integration, _about: Sequence[Product], dialog: OpenDialog
) -> None:
    st.markdown(f"What every product of {plain(integration.name)} becomes that you do not map to an item of its own.")
    item = draw_item_picker(app, dialog, ())
    if _draw_buttons(state, dialog, "Use as default item", item is not None, _PICK_FIRST) and item:
        set_default_item(app, state, integration, item)
        st.rerun()


def _create(
    app: App, state: ProductsState, integration: Integration, about: Sequence[Product], dialog: OpenDialog
) -> None:
    st.markdown(
        f"BillingBot creates {count(len(about), 'item')} in HaloPSA, named like the product, with its SKU as the code. "
        "Where HaloPSA has an item of that name already, that one is taken. Undo removes the mapping; an item that was "
        "created stays in HaloPSA."
    )
    _draw_names(about, dialog)
    if _draw_buttons(state, dialog, f"Create {count(len(about), 'item')}", bool(about)):
        with st.spinner("Creating items in HaloPSA …"):
            create(app, state, integration, about)
        state.close()
        st.rerun()


def _draw_names(about: Sequence[Product], dialog: OpenDialog) -> None:
    rows = [(product.name, product.sku) for product in about[:_NAMES_SHOWN]]
    table = pd.DataFrame(rows, columns=["Item", "Code"], dtype="str")
    st.dataframe(table, key=dialog.key("names"), hide_index=True, placeholder="", alt="Items to create")
    if len(about) > _NAMES_SHOWN:
        st.caption(f"… and {len(about) - _NAMES_SHOWN:,} more.")


def _best(
    app: App, state: ProductsState, integration: Integration, about: Sequence[Product], dialog: OpenDialog
) -> None:
    items = read_items(app)
    if items is None:
        return
    pairs = best_matches(about, items, _ALIKE)
    if not pairs:
        st.info(f"No product that waits is at least {_ALIKE} % like an item.", icon=":material/search_off:")
        _draw_cancel(state, dialog, "Close")
        return
    st.markdown(
        f"These are at least {_ALIKE} % alike. Where a word differs, somebody has to look: those come first, unticked."
    )
    table = pd.DataFrame(
        {
            "Product": pd.Series([product.name for product, _ in pairs], dtype="str"),
            "HaloPSA item": pd.Series([found.item.name for _, found in pairs], dtype="str"),
            "Score": pd.Series([int(found.score) for _, found in pairs], dtype="int64"),
        }
    )
    selection = st.dataframe(
        table,
        key=dialog.key("pairs"),
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        selection_default={"selection": {"rows": [row for row, (_, found) in enumerate(pairs) if found.sure]}},
        column_config={"Score": st.column_config.NumberColumn(format="%d", width=80)},
        placeholder="",
        row_height=35,
        alt="Best matches",
    )
    chosen = [pairs[row] for row in sorted(selection["selection"]["rows"]) if row < len(pairs)]
    if _draw_buttons(state, dialog, f"Map {count(len(chosen), 'product')}", bool(chosen)):
        map_each(app, state, integration, [(product, found.item) for product, found in chosen])
        st.rerun()


def _draw_buttons(state: ProductsState, dialog: OpenDialog, verb: str, ready: bool, hint: str = "") -> bool:
    """Draw the button that does it, with the hint while it is not ready, and Cancel; say whether to do it."""
    with st.container(horizontal=True):
        key = dialog.key("save")
        clicked = st.button(verb, type="primary", key=key, disabled=not ready, help=None if ready else hint or None)
        _draw_cancel(state, dialog, "Cancel")
    return clicked


def _draw_cancel(state: ProductsState, dialog: OpenDialog, label: str) -> None:
    if st.button(label, key=dialog.key("cancel")):
        state.close()
        st.rerun()


_Body = Callable[[App, ProductsState, Integration, Sequence[Product], OpenDialog], None]
_BODIES: Mapping[DialogKind, _Body] = {
    DialogKind.CHOOSE_ITEM: _choose,
    DialogKind.DEFAULT_ITEM: _default,
    DialogKind.CREATE_ITEMS: _create,
    DialogKind.BEST_MATCHES: _best,
}
