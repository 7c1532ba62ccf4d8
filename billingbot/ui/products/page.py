"""The Products page below its title: what to fetch, what happens to new products, and the products themselves."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.access import Permission
from billingbot.domain.integration import Integration
from billingbot.domain.period import Period
from billingbot.domain.product import HaloItem, Product, ProductMode
from billingbot.jobs.map_products import open_products
from billingbot.ui.fetch_panel import draw_fetch_panel
from billingbot.ui.frame import STATIC, logo_address
from billingbot.ui.notice import draw_notice
from billingbot.ui.permitted import why_not_permitted
from billingbot.ui.products.actions import map_products, set_mode, take_back
from billingbot.ui.products.dialogs import draw_open_dialog
from billingbot.ui.products.state import DialogKind, ProductsState
from billingbot.ui.products.table import Chip, chip_of, draw_table
from billingbot.ui.wording import count, plain

_MONTHS = 13
_MODES: Mapping[ProductMode, str] = {
    ProductMode.ASK: "Ask me",
    ProductMode.DEFAULT_ITEM: "Default item",
    ProductMode.CREATE: "Create in HaloPSA",
}
_MEANINGS: Mapping[ProductMode, str] = {
    ProductMode.ASK: "A product that nobody mapped waits here, and is not invoiced before.",
    ProductMode.DEFAULT_ITEM: "A product that nobody mapped becomes the default item.",
    ProductMode.CREATE: "A product that nobody mapped gets an item of its own name in HaloPSA.",
}


def draw_products(app: App, state: ProductsState, integration: Integration) -> None:
    """Draw the products of the integration."""
    st.html(STATIC / "products.css")
    products = app.store.products(integration.key)
    with st.container(key="products-bar", horizontal=True, vertical_alignment="center", gap="medium"):
        with st.container(key="products-fetch", width="content"):
            months = _months(Period.of(app.now().date()))
            draw_fetch_panel(app, integration, months, months[1], state.dismiss, key="products")
        _draw_mode(app, state, integration)
    _draw_notice(app, state)
    if not products:
        _draw_empty(integration)
    else:
        _draw_list(app, state, integration, products)
    draw_open_dialog(app, state, integration, products)


def _months(newest: Period) -> list[Period]:
    months = [newest]
    while len(months) < _MONTHS:
        months.append(months[-1].previous)
    return months


def _draw_mode(app: App, state: ProductsState, integration: Integration) -> None:
    key = f"products-mode-{integration.key}-{integration.version}"

    def changed() -> None:
        mode = st.session_state[key]
        if mode is ProductMode.DEFAULT_ITEM and integration.default_item_id is None:
            state.open(DialogKind.DEFAULT_ITEM)
        else:
            set_mode(app, state, integration, mode)

    with st.container(key="products-mode", horizontal=True, vertical_alignment="center", gap="small", width="content"):
        st.segmented_control(
            "New products",
            list(_MODES),
            default=integration.product_mode,
            format_func=_MODES.__getitem__,
            key=key,
            required=True,
            on_change=changed,
            disabled=not app.role.permits(Permission.ADMINISTER),
            help=why_not_permitted(app, Permission.ADMINISTER) or " ".join(_MEANINGS.values()),
        )
        if integration.product_mode is ProductMode.DEFAULT_ITEM:
            st.button(
                plain(integration.default_item) or "Choose the default item",
                type="tertiary",
                icon=":material/edit:",
                disabled=not app.role.permits(Permission.ADMINISTER),
                help=why_not_permitted(app, Permission.ADMINISTER) or "The default item. Click to choose another one.",
                on_click=state.open,
                args=(DialogKind.DEFAULT_ITEM,),
            )


def _draw_notice(app: App, state: ProductsState) -> None:
    if state.problem:
        st.error(plain(state.problem), icon=":material/error:")
    draw_notice("products-notice", state.notice, partial(take_back, app, state), state.dismiss)


def _draw_empty(integration: Integration) -> None:
    with st.container(key="no-products", horizontal_alignment="center", vertical_alignment="center", gap="xsmall"):
        st.html(f'<img class="empty-mark" alt="" src="{logo_address()}">', width="content")
        st.subheader("No products yet", anchor=False, width="content")
        st.markdown(
            f"Press **Fetch Charges** to read what {plain(integration.name)} charges for a month. "
            "Each product in it appears here, to be given an item in HaloPSA.",
            width="content",
        )


def _draw_list(app: App, state: ProductsState, integration: Integration, products: Sequence[Product]) -> None:
    with st.container(key="products-filters", horizontal=True, vertical_alignment="center", gap="small"):
        chip = _pick_chip(integration, products)
        text = st.text_input(
            "Search",
            key="products-search",
            type="search",
            placeholder="Search product, SKU or item",
            live="200ms",
            label_visibility="collapsed",
            width=280,
        )
    shown = [product for product in products if chip is None or chip_of(integration, product) is chip]
    actions = st.container(key="products-actions", horizontal=True, vertical_alignment="center", gap="small")
    ticked = draw_table(state, integration, shown, text or "") if shown else []
    if not shown:
        st.caption("None at the moment.")
    with actions:
        _draw_actions(app, state, integration, products, ticked)


def _pick_chip(integration: Integration, products: Sequence[Product]) -> Chip | None:
    figures = Counter(chip_of(integration, product) for product in products)
    key = f"products-chip-{integration.key}"
    there = [chip for chip in Chip if figures[chip] or st.session_state.get(key) is chip or chip is Chip.OPEN]
    picked: Chip | None = st.pills(
        "Show",
        there,
        format_func=lambda chip: f"{chip} **{figures[chip]:,}**",
        key=key,
        label_visibility="collapsed",
        width="content",
    )
    return picked


def _draw_actions(
    app: App,
    state: ProductsState,
    integration: Integration,
    products: Sequence[Product],
    ticked: Sequence[Product],
) -> None:
    keys = [product.key for product in ticked]
    mapped = [product for product in ticked if product.item_id is not None]
    waiting = [product.key for product in open_products(integration, products)]
    refusal = why_not_permitted(app, Permission.OPERATE)
    tick_first = refusal or (None if ticked else "Tick products first.")
    st.button(
        "Choose item …",
        type="primary",
        icon=":material/category:",
        disabled=bool(tick_first),
        help=tick_first or "Picks the HaloPSA item of the ticked products.",
        on_click=state.open,
        args=(DialogKind.CHOOSE_ITEM, keys),
    )
    if integration.default_item_id is not None:
        item = HaloItem(integration.default_item_id, integration.default_item)
        st.button(
            "Use default item",
            icon=":material/done:",
            disabled=bool(tick_first),
            help=tick_first or f"Maps the ticked products to {plain(item.name)}.",
            on_click=map_products,
            args=(app, state, integration, ticked, item),
        )
    st.button(
        "Create in HaloPSA …",
        icon=":material/add:",
        disabled=bool(tick_first),
        help=tick_first or "Creates an item for each ticked product.",
        on_click=state.open,
        args=(DialogKind.CREATE_ITEMS, keys),
    )
    st.button(
        "Remove mapping",
        icon=":material/link_off:",
        disabled=bool(refusal) or not mapped,
        help=refusal or (None if mapped else "Tick products that are mapped first."),
        on_click=map_products,
        args=(app, state, integration, mapped, None),
    )
    st.button(
        "Best matches …",
        icon=":material/auto_awesome:",
        disabled=bool(refusal) or not waiting,
        help=refusal
        or (
            "Finds items whose names are at least 90 % alike, for all products that wait."
            if waiting
            else "No product waits for an item."
        ),
        on_click=state.open,
        args=(DialogKind.BEST_MATCHES, waiting),
    )
    st.caption(f"{count(len(ticked), 'product')} ticked" if ticked else f"{count(len(products), 'product')}")
