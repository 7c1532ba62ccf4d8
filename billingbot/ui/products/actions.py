"""What clicks on the Products page do: each is carried out at once, says so, and can be undone."""

from collections.abc import Sequence

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.domain.product import HaloItem, Product, ProductMode
from billingbot.errors import BillingBotError
from billingbot.jobs.map_products import create_items, map_to
from billingbot.jobs.undo import undo, undone_sentence
from billingbot.ui.products.halo_items import forget_items
from billingbot.ui.products.state import ProductsState
from billingbot.ui.wording import count


def map_products(
    app: App, state: ProductsState, integration: Integration, products: Sequence[Product], item: HaloItem | None
) -> None:
    """Map the products to the item, or remove their mappings."""
    stamp = app.stamp(app.actor)
    try:
        map_to(app.store, integration.key, products, item, stamp)
    except BillingBotError as error:
        state.failed(f"{error} Nothing was changed.")
        return
    what = products[0].name if len(products) == 1 else count(len(products), "product")
    state.done(f"{what}: {f'mapped to {item.name}' if item else 'mapping removed'}.", stamp.request_id)


def map_each(
    app: App, state: ProductsState, integration: Integration, pairs: Sequence[tuple[Product, HaloItem]]
) -> None:
    """Map each product to the item that goes with it."""
    stamp = app.stamp(app.actor)
    wanted: dict[str, HaloItem | None] = {product.key: item for product, item in pairs}
    versions = {product.key: product.version for product, _ in pairs}
    try:
        app.store.map_products(integration.key, wanted, versions, stamp)
    except BillingBotError as error:
        state.failed(f"{error} Nothing was changed.")
        return
    state.done(f"Mapped {count(len(pairs), 'product')}.", stamp.request_id)


def create(app: App, state: ProductsState, integration: Integration, products: Sequence[Product]) -> None:
    """Create items in HaloPSA and map the products to them."""
    halo = app.connections.halo
    if halo is None:
        state.failed(app.connections.problems.get("halo", "HaloPSA is not connected."))
        return
    stamp = app.stamp(app.actor)
    try:
        made = create_items(app.store, halo, integration.key, products, stamp)
    except BillingBotError as error:
        state.failed(f"{error} Items that were created are found by their names the next time.")
        return
    finally:
        forget_items()
    done = [creation for creation in made if creation.item]
    found = sum(creation.existed for creation in done)
    sentence = f"Created {count(len(done) - found, 'item')} in HaloPSA" if len(done) > found else "Created no item"
    sentence += f", found {count(found, 'item')} of the same name" if found else ""
    failed = [f"{creation.product.name}: {creation.error}" for creation in made if not creation.item]
    problem = f"{count(len(failed), 'product')} could not be done. {failed[0]}" if failed else ""
    state.done(f"{sentence}; mapped {count(len(done), 'product')}.", stamp.request_id if done else "", problem)


def set_mode(app: App, state: ProductsState, integration: Integration, mode: ProductMode) -> None:
    """Say what happens to products that nobody mapped."""
    _edit(app, state, integration, {"product_mode": mode}, "New products: saved.")


def set_default_item(app: App, state: ProductsState, integration: Integration, item: HaloItem) -> None:
    """Say which item products become that nobody mapped."""
    _edit(
        app,
        state,
        integration,
        {"product_mode": ProductMode.DEFAULT_ITEM, "default_item_id": item.item_id, "default_item": item.name},
        f"Default item: {item.name}.",
    )


def take_back(app: App, state: ProductsState, batch: str) -> None:
    """Undo what was done."""
    try:
        receipt = undo(app.store, batch, app.stamp(app.actor))
    except BillingBotError as error:
        state.failed(str(error))
    else:
        state.done(undone_sentence(receipt))


def _edit(app: App, state: ProductsState, integration: Integration, fields: dict[str, object], done: str) -> None:
    stamp = app.stamp(app.actor)
    try:
        app.store.edit_integration(integration.key, integration.version, fields, stamp)
    except BillingBotError as error:
        state.failed(f"{error} Nothing was changed.")
    else:
        state.done(done, stamp.request_id)
