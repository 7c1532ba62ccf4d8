"""What names are made of: 3-grams, and how much each of them tells.

A 3-gram is a letter with its two neighbours; a word begins and ends with a space, and no gram reaches over two words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from billingbot.matching.pairs import Positions

Codes = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float32]

_SPACE = ord(" ")
_BITS_OF_A_CHARACTER = 21  # of any in Unicode; three fit into 63 bits
_PARTS_OF_ONE = 64  # sums of such parts are exact in float32, whatever their order, for names of some 1,800 letters


@dataclass(frozen=True, slots=True)
class Grams:
    """The known grams in ascending order, and the weight of each: its squared inverse document frequency."""

    code: Codes
    weight: Weights


@dataclass(frozen=True, slots=True)
class Bags:
    """How often names have which grams: name `row[i]` has gram `gram[i]` `count[i]` times; by row, then gram."""

    row: Positions
    gram: Positions
    count: Weights


def known_grams(keys: Sequence[str], corpus: Sequence[str]) -> Grams:
    """Return the grams of the keys, weighted by how few names of the corpus have them.

    The inverse document frequency is log(1 + N / n) for a gram in n of N names; one that is in none counts as if it
    were in one. The 1 lets a gram that all have still tell a little: two lists of one name would be unlike otherwise.
    """
    code = _once(_codes(keys)[1])
    row, found = _codes(corpus)
    gram = np.searchsorted(code, found)
    known = gram < len(code)
    known[known] = code[gram[known]] == found[known]
    pair = _once(row[known] * len(code) + gram[known])
    names = np.bincount(pair % max(len(code), 1), minlength=len(code))
    squared = np.log1p(max(len(corpus), 1) / np.maximum(names, 1)) ** 2
    return Grams(code, (np.round(squared * _PARTS_OF_ONE) / _PARTS_OF_ONE).astype(np.float32))


def bags(keys: Sequence[str], grams: Grams) -> Bags:
    """Return the grams of each key; all of them have to be known."""
    row, code = _codes(keys)
    pair = np.sort(row * len(grams.code) + np.searchsorted(grams.code, code))
    first = np.flatnonzero(_differs_from_the_one_before(pair))
    count = np.diff(np.append(first, len(pair))).astype(np.float32)
    return Bags(*np.divmod(pair[first], max(len(grams.code), 1)), count)


def squared_lengths(bags: Bags, grams: Grams, rows: int) -> npt.NDArray[np.float64]:
    """Return the squared length of each of so many names, as a vector of weighted grams."""
    squares = np.bincount(bags.row, grams.weight[bags.gram] * bags.count**2, minlength=rows)
    return squares.astype(np.float64, copy=False)  # of no rows, bincount makes integers


def _codes(keys: Sequence[str]) -> tuple[Positions, Codes]:
    """Return for every letter of every key the position of the key, and the code of the gram around the letter."""
    text = f" {' '.join(keys)} "
    letter = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    row = np.repeat(np.arange(len(keys)), [len(key) + 1 for key in keys])
    middle = np.flatnonzero(letter[1:-1] != _SPACE) + 1
    before, after = letter[middle - 1], letter[middle + 1]
    return row[middle - 1], (before << _BITS_OF_A_CHARACTER | letter[middle]) << _BITS_OF_A_CHARACTER | after


def _once(numbers: Codes) -> Codes:
    """Return each number once, in ascending order. `np.unique` hashes instead, which takes 60 times as long."""
    ascending = np.sort(numbers)
    return ascending[_differs_from_the_one_before(ascending)]


def _differs_from_the_one_before(numbers: Codes) -> npt.NDArray[np.bool_]:
    return np.append(True, numbers[1:] != numbers[:-1])[: len(numbers)]
