"""Which HaloPSA item a product becomes on an invoice: what holds now, and creating items that HaloPSA lacks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from billingbot.domain.access import Permission
from billingbot.domain.decision import Stamp
from billingbot.domain.integration import Integration
from billingbot.domain.product import HaloItem, NewItem, Product, ProductMode
from billingbot.errors import (
    AccessRefused,
    UpstreamError,
    UpstreamOutcomeUnknown,
    UpstreamRejected,
    UpstreamSchemaError,
)
from billingbot.ports import Halo, ProductStore, Store


class Treatment(StrEnum):
    """How a product comes to its item, as the page says it."""

    OPEN = "To map"
    MAPPED = "Mapped"
    DEFAULT = "Default item"
    CREATE = "To create"


@dataclass(frozen=True, slots=True)
class Creation:
    """What came of creating the item of a product: the item, or why there is none. `existed`: it was found by name."""

    product: Product
    item: HaloItem | None
    existed: bool = False
    error: str = ""


def treatment(integration: Integration, product: Product) -> Treatment:
    """Return how the product comes to its item: as a person mapped it, else by the integration's mode."""
    if product.item_id is not None:
        return Treatment.MAPPED
    if not leaves_open(integration):
        return Treatment.DEFAULT
    return Treatment.CREATE if integration.product_mode is ProductMode.CREATE else Treatment.OPEN


def leaves_open(integration: Integration) -> bool:
    """Say whether a product that nobody mapped waits for a person: all do, unless there is a default item for them."""
    return integration.product_mode is not ProductMode.DEFAULT_ITEM or integration.default_item_id is None


def open_products(integration: Integration, products: Iterable[Product]) -> list[Product]:
    """Return the products that wait for a person: to be mapped, or to have their items created."""
    waiting = (Treatment.OPEN, Treatment.CREATE)
    return [product for product in products if treatment(integration, product) in waiting]


def map_to(
    store: ProductStore, integration: str, products: Sequence[Product], item: HaloItem | None, stamp: Stamp
) -> None:
    """Say that the products are this item, or that nobody says any more.

    Raises `DecisionRefused` when one was mapped otherwise since it was looked at; nothing is changed then.
    """
    wanted = {product.key: item for product in products}
    store.map_products(integration, wanted, {product.key: product.version for product in products}, stamp)


def create_items(
    store: Store, halo: Halo, integration: str, products: Sequence[Product], stamp: Stamp
) -> list[Creation]:
    """Create an item for each product, or take the one of its name, and map it; return what came of each.

    An item that could not be created stops nobody else's, unless HaloPSA cannot be reached or refuses: the others would
    only fail too, and when the person loses the right to. What was created is mapped, in one batch, but for a product
    that somebody mapped meanwhile. Raises `AccessRefused` before anything is created.
    """
    store.require(Permission.OPERATE)
    made: list[Creation] = []
    stopped = ""
    for product in products:
        stopped = stopped or _refusal(store)
        creation = Creation(product, None, error=f"Not tried. {stopped}") if stopped else _create(halo, product)
        if isinstance(creation, UpstreamError):
            stopped = str(creation)
            creation = Creation(product, None, error=stopped)
        made.append(creation)
    try:
        return _mapped(store, integration, made, stamp)
    except AccessRefused as error:
        said = f"The item is in HaloPSA, and not mapped. {error}"
        return [replace(one, item=None, error=said) if one.item else one for one in made]


def _mapped(store: ProductStore, integration: str, made: Sequence[Creation], stamp: Stamp) -> list[Creation]:
    """Map what has an item, and return what came of each. Whoever mapped a product meanwhile was right."""
    done = {creation.product.key: creation for creation in made if creation.item is not None}
    versions = {product.key: product.version for product in store.products(integration)}
    late = {key for key, creation in done.items() if versions.get(key, 0) != creation.product.version}
    wanted = {key: creation.item for key, creation in done.items() if key not in late}
    if wanted:
        store.map_products(integration, wanted, versions, stamp)
    return [
        replace(creation, item=None, error="Somebody mapped it meanwhile; the item is in HaloPSA.")
        if creation.product.key in late
        else creation
        for creation in made
    ]


def _refusal(store: Store) -> str:
    """Return why the person may create nothing more; "" when that is not so."""
    try:
        store.require(Permission.OPERATE)
    except AccessRefused as error:
        return str(error)
    return ""


def _create(halo: Halo, product: Product) -> Creation | UpstreamError:
    """Return what came of it, or the error that all others would meet too."""
    try:
        if found := halo.item_named(product.name):
            return Creation(product, found, existed=True)
        return Creation(product, _created(halo, product))
    except (UpstreamRejected, UpstreamSchemaError) as error:
        return Creation(product, None, error=str(error))
    except UpstreamError as error:
        return error


def _created(halo: Halo, product: Product) -> HaloItem:
    try:
        return halo.create_item(NewItem(product.name, product.sku))
    except UpstreamOutcomeUnknown:
        # It may be there: to create it again could make two.
        if found := halo.item_named(product.name):
            return found
        raise
