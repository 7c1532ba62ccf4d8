"""Which HaloPSA items a product may be, best first."""

from collections.abc import Sequence
from dataclasses import dataclass

from billingbot.domain.product import HaloItem, Product
from billingbot.matching.similar_items import Named, similar_items


@dataclass(frozen=True, slots=True)
class ItemCandidate:
    """An item that a product may be; score 0..100. `sure` and `same_code` are those of `SimilarItem`."""

    item: HaloItem
    score: float
    sure: bool
    same_code: bool


def item_candidates(products: Sequence[Product], items: Sequence[HaloItem], best: int) -> list[list[ItemCandidate]]:
    """Return for each product at most `best` items, most similar first."""
    found = similar_items(
        [Named(product.name, product.sku) for product in products],
        [Named(item.name, item.code) for item in items],
        best,
    )
    return [[ItemCandidate(items[one.place], one.score, one.sure, one.same_code) for one in ranked] for ranked in found]


def best_matches(
    products: Sequence[Product], items: Sequence[HaloItem], at_least: float
) -> list[tuple[Product, ItemCandidate]]:
    """Return the products that have an item which is at least so similar, with that item; the least sure first.

    Products with two items that are equally similar are left out, unless one has the product's code: somebody has to
    say which.
    """
    found = []
    for product, ranked in zip(products, item_candidates(products, items, 2), strict=True):
        if not ranked or ranked[0].score < at_least:
            continue
        if len(ranked) > 1 and ranked[1].score == ranked[0].score and not ranked[0].same_code:
            continue
        found.append((product, ranked[0]))
    return sorted(found, key=lambda pair: (pair[1].sure, pair[1].score, pair[0].name))
