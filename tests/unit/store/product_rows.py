"""Product mappings of pax8 in few words."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from billingbot.domain.product import HaloItem
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.unit.store.decisions import select, stamp
from tests.unit.store.refreshes import NOON
from tests.unit.store.statements import charge, statement


def map_products(store: DatabaseStore, wanted: Mapping[str, HaloItem | None], actor: str = "ann") -> str:
    """Map products, or none of them any more, as they stand now, and return the batch. Charges name all of them."""
    request, versions = stamp(actor), {product.key: product.version for product in store.products("pax8")}
    _charge(store, versions.keys() | wanted.keys())
    store.map_products("pax8", wanted, versions, request)
    return request.request_id


def _charge(store: DatabaseStore, keys: Collection[str]) -> None:
    charges = [charge(f"charge of {key}", sku=key, product=f"Product {key}") for key in sorted(keys)]
    store.replace_charges("pax8", replace(statement(), charges=charges), "ann", NOON)


def mapped(engine: Engine) -> dict[str, tuple[int, str]]:
    """Return the items of the products that are mapped."""
    rows = select(engine, "select product_key, item_id, item from product_mapping where integration = 'pax8'")
    return {key: (item_id, item) for key, item_id, item in rows}
