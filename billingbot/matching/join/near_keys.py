"""Pairs of keys that length and signature do not rule out.

All signatures of clients of one length are compared with those of all companies of fitting length, a tile at a time. A
tile is small enough to stay near the processor and large enough for threads to work beside each other; a strip is a
few tiles that use the same memory one after the other, because asking for fresh memory would take longer than the work.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
import numpy.typing as npt

from billingbot.matching.join.distinct_keys import DistinctKeys
from billingbot.matching.join.signatures import Signatures, choose_bits, letter_counts, signatures
from billingbot.matching.pairs import PAIRS_AT_A_TIME, Positions

_PAIRS_IN_A_TILE = 500_000
_TILES_IN_A_STRIP = 4
_STRIPS_A_THREAD = 2
# 100 - 99.9 is a little less than a tenth. Ratios of lengths lie further apart than this.
_ROUNDING = 1e-9


def near_keys(
    clients: DistinctKeys, companies: DistinctKeys, threshold: float
) -> Iterator[tuple[Positions, Positions]]:
    """Yield positions of client keys and of company keys, as pairs, a million at a time and more.

    Every pair that reaches the threshold is among them, and a few times as many that do not. Of names that are all
    made of the same letters, which pass one and all, some ten million pairs a thread are held.
    """
    theirs = letter_counts(companies.keys.tolist())
    bits = choose_bits(theirs)
    ours = signatures(letter_counts(clients.keys.tolist()), bits)
    strips = _strips(clients, companies, threshold, ours, signatures(theirs, bits))
    found: list[tuple[Positions, Positions]] = []
    gathered = 0
    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as threads:
        while some := list(islice(strips, workers * _STRIPS_A_THREAD)):
            for pairs in chain.from_iterable(threads.map(_near, some)):
                found.append(pairs)
                gathered += len(pairs[0])
                if gathered >= PAIRS_AT_A_TIME:
                    yield _together(found)
                    found, gathered = [], 0
    if gathered:
        yield _together(found)


@dataclass(frozen=True, slots=True)
class _Strip:
    """Signatures of clients and of companies, where they stand, how many bits may differ, and clients in a tile."""

    ours: Signatures
    theirs: Signatures
    first_client: int
    first_company: int
    budget: npt.NDArray[np.uint8]
    tile: int


def _strips(
    clients: DistinctKeys, companies: DistinctKeys, threshold: float, ours: Signatures, theirs: Signatures
) -> Iterator[_Strip]:
    for length in np.unique(clients.lengths).tolist():
        window, budget = _reach(length, companies.lengths, threshold)
        if not len(budget):
            continue
        first, last = np.searchsorted(clients.lengths, [length, length + 1]).tolist()
        tile = max(1, _PAIRS_IN_A_TILE // len(budget))
        for row in range(first, last, tile * _TILES_IN_A_STRIP):
            rows = slice(row, min(row + tile * _TILES_IN_A_STRIP, last))
            yield _Strip(ours[rows], theirs[window], row, window.start, budget, tile)


def _reach(length: int, lengths: npt.NDArray[np.intp], threshold: float) -> tuple[slice, npt.NDArray[np.uint8]]:
    """Return where the keys of fitting length stand, and how many edits each may be away."""
    edits = np.floor((100 - threshold) / 100 * (length + lengths) + _ROUNDING)
    fits = np.flatnonzero(np.abs(lengths - length) <= edits)
    # The keys are sorted by length, so what fits is one piece.
    window = slice(int(fits[0]), int(fits[-1]) + 1) if fits.size else slice(0, 0)
    return window, np.minimum(edits[window], 64).astype(np.uint8)


def _near(strip: _Strip) -> list[tuple[Positions, Positions]]:
    """Return, tile by tile, the pairs that differ in no more bits than allowed."""
    shape = min(strip.tile, len(strip.ours)), len(strip.theirs)
    differing, how_many, near = np.empty(shape, np.uint64), np.empty(shape, np.uint8), np.empty(shape, np.bool_)
    found = []
    for first in range(0, len(strip.ours), strip.tile):
        ours = strip.ours[first : first + strip.tile, np.newaxis]
        np.bitwise_xor(ours, strip.theirs, out=differing[: len(ours)])
        np.bitwise_count(differing[: len(ours)], out=how_many[: len(ours)])
        np.less_equal(how_many[: len(ours)], strip.budget, out=near[: len(ours)])
        client, company = np.divmod(np.flatnonzero(near[: len(ours)]), len(strip.theirs))
        found.append((client + (strip.first_client + first), company + strip.first_company))
    return found


def _together(found: list[tuple[Positions, Positions]]) -> tuple[Positions, Positions]:
    return np.concatenate([client for client, _ in found]), np.concatenate([company for _, company in found])
