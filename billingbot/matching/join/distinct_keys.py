"""The distinct keys of a list, so that namesakes are compared once, and the way back to their places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from billingbot.matching.pairs import PAIRS_AT_A_TIME, Pairs, Positions

Keys = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class DistinctKeys:
    """The distinct keys, shortest first, and where each stands in the list; "" is none.

    Key k stands at `places[first[k] : first[k] + times[k]]`.
    """

    keys: Keys
    sorted_words: Keys
    lengths: npt.NDArray[np.intp]
    places: Positions
    first: Positions
    times: npt.NDArray[np.intp]


def distinct_keys(keys: Sequence[str]) -> DistinctKeys:
    """Return the distinct keys of a list."""
    distinct = sorted(filter(None, dict.fromkeys(keys)), key=len)
    number = {key: k for k, key in enumerate(distinct)}
    number[""] = len(distinct)
    numbers = np.fromiter((number[key] for key in keys), np.intp, len(keys))
    times = np.bincount(numbers, minlength=len(distinct) + 1)
    return DistinctKeys(
        keys=np.array(distinct, dtype=object),
        sorted_words=np.array([sorted_words(key) for key in distinct], dtype=object),
        lengths=np.fromiter(map(len, distinct), np.intp, len(distinct)),
        places=np.argsort(numbers, kind="stable"),
        first=np.cumsum(times) - times,
        times=times,
    )


def sorted_words(key: str) -> str:
    """Return the key with its words in alphabetical order.

    It is split at every single space, so that the length and the letters stay what they are whatever the key.
    """
    return " ".join(sorted(key.split(" ")))


def at_their_places(pairs: Pairs, clients: DistinctKeys, companies: DistinctKeys) -> Iterator[Pairs]:
    """Yield pairs of keys as pairs of positions in the lists, once for each place where the keys stand."""
    for part in _parts(clients.times[pairs.client]):
        key, client = _places(clients, pairs.client[part])
        company, score = pairs.company[part][key], pairs.score[part][key]
        for piece in _parts(companies.times[company]):
            pair, place = _places(companies, company[piece])
            yield Pairs(client[piece][pair], place, score[piece][pair])


def _places(side: DistinctKeys, keys: Positions) -> tuple[Positions, Positions]:
    """Return for each place at which the keys stand: which of the keys it is, and the place."""
    times = side.times[keys]
    which = np.repeat(np.arange(len(keys)), times)
    nth = np.arange(len(which)) - np.repeat(np.cumsum(times) - times, times)
    return which, side.places[side.first[keys][which] + nth]


def _parts(sizes: npt.NDArray[np.intp]) -> Iterator[slice]:
    """Yield consecutive slices whose sizes sum up to a million at most, or hold a single one."""
    total = np.cumsum(sizes)
    first, done = 0, 0
    while first < len(sizes):
        last = max(first + 1, int(np.searchsorted(total, done + PAIRS_AT_A_TIME, side="right")))
        yield slice(first, last)
        first, done = last, int(total[last - 1])
