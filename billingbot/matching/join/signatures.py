"""64 bits a key that tell most unlike keys apart without looking at them twice.

A bit says "this letter occurs at least so many times". Inserting or deleting one character changes the count of one
letter by one, and so flips at most one bit: two keys that are d insertions and deletions apart differ in at most d
bits, whichever bits are taken. Sorting the words of a key changes no count, so this holds for sorted words too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

# Characters are counted by their code modulo this: the least number by which a-z, 0-9 and space do not meet. Where
# other characters meet, two keys can only look more alike than they are.
_LETTERS = 91
_MOST_TIMES = 9
_CHARACTERS_AT_A_TIME = 1_000_000

Counts = npt.NDArray[np.uint8]
Signatures = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Bits:
    """What each of the 64 bits of a signature says: `letter` occurs at least `times` times."""

    letter: npt.NDArray[np.intp]
    times: Counts


def letter_counts(keys: Sequence[str]) -> Counts:
    """Return how often each letter class occurs, keys x classes; 255 stands for more, too."""
    lengths = np.fromiter(map(len, keys), np.intp, len(keys))
    counts = np.empty((len(keys), _LETTERS), np.uint8)
    strip_of = np.cumsum(lengths) // _CHARACTERS_AT_A_TIME
    edges = [0, *(np.flatnonzero(np.diff(strip_of)) + 1).tolist(), len(keys)]
    for first, last in pairwise(edges):
        rows = slice(first, last)
        counts[rows] = _counts(keys[rows], lengths[rows])
    return counts


def choose_bits(counts: Counts) -> Bits:
    """Return the 64 bits that halve these keys most evenly: an even bit tells the most."""
    times = np.arange(1, _MOST_TIMES + 1, dtype=np.uint8)
    share = np.array([(counts >= least).mean(axis=0) if len(counts) else np.zeros(_LETTERS) for least in times])
    evenest = np.argsort(np.abs(share.ravel() - 0.5), kind="stable")[:64]
    return Bits(letter=evenest % _LETTERS, times=times[evenest // _LETTERS])


def signatures(counts: Counts, bits: Bits) -> Signatures:
    """Return the signature of each row."""
    packed = np.packbits(counts.take(bits.letter, axis=1) >= bits.times, axis=1)
    return packed.view(np.uint64).ravel()


def _counts(keys: Sequence[str], lengths: npt.NDArray[np.intp]) -> Counts:
    text = "".join(keys).encode("utf-32-le", "surrogatepass")
    letter = np.frombuffer(text, np.dtype("<u4")) % np.uint32(_LETTERS)
    place = np.repeat(np.arange(len(keys)) * _LETTERS, lengths) + letter
    counts = np.bincount(place, minlength=len(keys) * _LETTERS)
    return np.minimum(counts, 255).astype(np.uint8).reshape(len(keys), _LETTERS)
