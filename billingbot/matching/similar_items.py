"""Which HaloPSA items a product may be, best first: by code, else by the words of their names.

Names of products and items differ in order, in the vendor's name before them and in additions in square brackets; the
words that are left mostly agree. Score: the mean of the similarity of the words as sets and as sorted lists (rapidfuzz,
`token_set_ratio` and `token_sort_ratio`), so that an item with few words of its own does not win by being a part.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

_BRACKETS = re.compile(r"\[[^\]]*\]")
_WORD = re.compile(r"[^\W_]+")
_SAME_CODE = 100.0
# Words that say nothing about which product it is. Any other word in one name alone may: a number, a plan, a term.
_NOISE = frozenset(
    "microsoft new commerce experience nce csp license licence licenses subscription for the and of".split()
)
# Bounds the memory of a table of scores: products at a time.
_BLOCK = 256
# What vendors and their customers shorten.
_LONG_FORMS = {"m365": "microsoft 365", "o365": "office 365", "ms": "microsoft", "prem": "premium", "std": "standard"}


@dataclass(frozen=True, slots=True)
class Named:
    """A product or an item: its name, and its SKU or code ("" where there is none)."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class SimilarItem:
    """A candidate: its place in the list of items, and how similar it is, 0..100.

    It is `sure` with the same code, or when no word that may tell products apart is in one of the names alone;
    `same_code` says which.
    """

    place: int
    score: float
    sure: bool = False
    same_code: bool = False


def similar_items(products: Sequence[Named], items: Sequence[Named], best: int) -> list[list[SimilarItem]]:
    """Return for each product at most `best` items, most similar first, equal ones in the order of the items."""
    if not items:
        return [[] for _ in products]
    item_words = [words(item.name) for item in items]
    codes = {item.code.casefold(): place for place, item in reversed(list(enumerate(items))) if item.code}
    found: list[list[SimilarItem]] = []
    for start in range(0, len(products), _BLOCK):
        block = products[start : start + _BLOCK]
        block_words = [words(product.name) for product in block]
        table = _scores(block_words, item_words)
        for row, product, own in zip(table, block, block_words, strict=True):
            place = codes.get(product.code.casefold()) if product.code else None
            if place is not None:
                row[place] = _SAME_CODE + 1  # before others whose words are the same
            found.append([_similar(row, one, own, item_words[one], one == place) for one in _best(row, best)])
    return found


def words(name: str) -> str:
    """Return the words of a name that tell products apart.

    >>> words("Microsoft 365 Business Premium [New Commerce Experience]"), words("M365 Business Prem")
    ('microsoft 365 business premium', 'microsoft 365 business premium')
    """
    plain = _WORD.findall(_BRACKETS.sub(" ", name).casefold()) or _WORD.findall(name.casefold())
    return " ".join(_LONG_FORMS.get(word, word) for word in plain)


def _scores(products: Sequence[str], items: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    sets = process.cdist(products, items, scorer=fuzz.token_set_ratio, dtype=np.float32)
    sorts = process.cdist(products, items, scorer=fuzz.token_sort_ratio, dtype=np.float32)
    scores: np.ndarray[tuple[int, int], np.dtype[np.float32]] = (sets + sorts) / 2
    return scores


def _best(row: np.ndarray[tuple[int], np.dtype[np.float32]], best: int) -> list[int]:
    return [int(place) for place in np.argsort(-row, kind="stable")[:best]]


def _similar(
    row: np.ndarray[tuple[int], np.dtype[np.float32]], place: int, product: str, item: str, same_code: bool
) -> SimilarItem:
    apart = set(product.split()) ^ set(item.split())
    score = min(round(float(row[place]), 1), _SAME_CODE)
    return SimilarItem(place, score, same_code or apart <= _NOISE, same_code)
