"""Products as charges name them, and which HaloPSA item each is, as a person said."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC
from typing import Any

from billingbot.domain.decision import Action, Change, Entity, Stamp
from billingbot.domain.product import HaloItem, Product
from billingbot.store import changes, integrations, revision, setup_changes
from billingbot.store.decision_rules import by
from billingbot.store.engine import Transaction
from billingbot.store.statements import columns, statement

_PRODUCTS = statement("products")
_MAPPED = """
select product_key, item_id, item
from product_mapping
where integration = $1
and product_key in (select unnest(cast($2 as varchar[])))
"""
_UNMAPPED = """
select charge.integration, count(distinct case when charge.sku = '' then charge.product else charge.sku end)
from charge
left join product_mapping
    on product_mapping.integration = charge.integration
    and product_mapping.product_key = case when charge.sku = '' then charge.product else charge.sku end
where product_mapping.product_key is null
group by charge.integration
"""
_STATE = """
select
    (select count(*) from product_mapping),
    (select max(version) from product_mapping),
    (select count(*) from integration where removed_at is null),
    (select sum(version) from integration),
    (select count(*) from charge_snapshot),
    (select max(fetched_at) from charge_snapshot)
"""
_DELETE = """
delete from product_mapping
where integration = $1
and product_key in (select unnest(cast($2 as varchar[])))
"""
_INSERT = """
insert into product_mapping (integration, product_key, item_id, item, actor, mapped_at, version)
select
    cast($1 as varchar),
    unnest(cast($2 as varchar[])),
    unnest(cast($3 as bigint[])),
    unnest(cast($4 as varchar[])),
    cast($5 as varchar),
    cast($6 as timestamptz),
    cast($7 as bigint)
"""


def products(tx: Transaction, integration: str) -> list[Product]:
    """Return what charges of all periods name, and what is mapped though none names it any more, by name and key."""
    return [_product(row) for row in tx.rows(_PRODUCTS, (integration,))]


def unmapped_products(tx: Transaction) -> dict[str, int]:
    """Return how many products of each integration nobody mapped, where there are any."""
    return dict(tx.rows(_UNMAPPED))


def products_state(tx: Transaction) -> tuple[object, ...]:
    """Return what is another as soon as products, mappings or modes may be others."""
    [row] = tx.rows(_STATE)
    return row


def map_products(
    tx: Transaction,
    integration: str,
    wanted: Mapping[str, HaloItem | None],
    versions: Mapping[str, int],
    stamp: Stamp,
) -> None:
    """Say which item products are, or that nobody says any more; see `ports.ProductStore`."""
    integrations.integration(tx, integration)
    if setup_changes.carried_out(tx, stamp):
        return
    known = {product.key: product for product in products(tx, integration)}
    _refuse_changed(known, wanted, versions)
    made = [change for key, item in wanted.items() if (change := _change(known.get(key), key, item))]
    if not made:
        return
    write(tx, integration, made, stamp)


def mapped(tx: Transaction, integration: str, keys: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Return the item, by id and name, of each of these products that is mapped."""
    return {key: (item_id, item) for key, item_id, item in tx.rows(_MAPPED, (integration, keys))}


def write(tx: Transaction, integration: str, made: Sequence[Change], stamp: Stamp, undoes: str | None = None) -> None:
    """Carry out the changes, of which there is at least one, each of another product, with their audit rows."""
    # As a version, the revision is one that no mapping of the product can have had before.
    number = revision.count_up(tx)
    tx.execute(_DELETE, (integration, [change.subject for change in made]))
    rows = [(change.subject, change.after["item_id"], change.after["item"]) for change in made if change.after]
    if rows:
        tx.execute(_INSERT, (integration, *columns(rows), stamp.actor, stamp.at, number))
    changes.record(tx, integration, made, stamp, number, undoes)


def _refuse_changed(known: Mapping[str, Product], wanted: Collection[str], versions: Mapping[str, int]) -> None:
    """Raise `DecisionRefused` with whatever is mapped otherwise than the one who decides has seen."""
    sentences = [
        f"{known[key].name} was mapped {by(known[key].mapped_by)} meanwhile."
        if known[key].version
        else f"The item of {known[key].name} was removed meanwhile."
        for key in wanted
        if key in known and known[key].version != versions.get(key, 0)
    ]
    if sentences:
        raise setup_changes.refusal(sentences)


def _change(product: Product | None, key: str, item: HaloItem | None) -> Change | None:
    """Return what is recorded, or None when the product is as wanted."""
    name = product.name if product else key
    before = (
        None
        if product is None or product.item_id is None
        else {"item_id": product.item_id, "item": product.item, "name": name}
    )
    after = None if item is None else {"item_id": item.item_id, "item": item.name, "name": name}
    if before == after:
        return None
    return Change(Entity.PRODUCT_MAPPING, Action.MAP if item else Action.UNMAP, None, None, before, after, key)


def _product(row: tuple[Any, ...]) -> Product:
    key, name, sku, charges, first, last, item_id, item, actor, at, version = row
    return Product(
        key, name, sku, charges, first, last, item_id, item, actor, at.astimezone(UTC) if at else None, version
    )
