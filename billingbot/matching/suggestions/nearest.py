"""The nearest companies of a client, by the cosine of their weighted 3-grams.

The vector of a name is the sum of the vectors of its words. So what a word shares with every company is worked out
once and added up for each client that has the word: cheaper, by numpy, than to find out what could be left out.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial, reduce

import numpy as np

from billingbot.matching.pairs import Positions, Scores
from billingbot.matching.suggestions.grams import Bags, Grams, Weights, bags, known_grams, squared_lengths

_BYTES_OF_WORDS = 128 * 2**20  # of what words share with companies; the words used last are kept
_ROUNDING = 1e-5  # more than float32 takes off a cosine


class Nearest:
    """Finds companies for clients; fastest when it is asked in alphabetical order, as words come together then."""

    def __init__(self, clients: Sequence[str], companies: Sequence[str], corpus: Sequence[str]) -> None:
        """Prepare the search.

        Args:
            clients: keys that will be asked for, each not only of spaces.
            companies: keys that can be found, each not only of spaces.
            corpus: keys that say how rare a gram is.
        """
        grams = known_grams([*clients, *companies], corpus)
        of_clients, of_companies = bags(clients, grams), bags(companies, grams)
        square = squared_lengths(of_clients, grams, len(clients))
        self._client_square = dict(zip(clients, square.tolist(), strict=True))
        self._company_square = squared_lengths(of_companies, grams, len(companies))
        self._per_length = (1 / np.sqrt(self._company_square)).astype(np.float32)
        self._shared = _shared_by_word(
            sorted({word for key in clients for word in _words(key)}), of_companies, grams, len(companies)
        )
        self._buffers = np.empty((2, len(companies)), np.float32)  # for sums over all companies

    def nearest(self, client: str, floor: float, most: int) -> tuple[Positions, Scores]:
        """Return positions and cosines of the companies that reach the floor, best first, equal ones as they stand."""
        square = self._client_square[client]
        one_buffer, another = self._buffers
        shared = reduce(partial(np.add, out=one_buffer), map(self._shared, _words(client)))
        scaled = np.multiply(shared, self._per_length, out=another)
        [near] = np.nonzero(scaled >= np.float32((floor - _ROUNDING) * square**0.5))
        cosine = shared[near] / np.sqrt(square * self._company_square[near])
        if len(near) > most:
            last = np.partition(cosine, len(near) - most)[len(near) - most]
            near, cosine = near[cosine >= last], cosine[cosine >= last]
        best = np.argsort(-cosine, kind="stable")[:most]
        best = best[cosine[best] >= floor]
        return near[best], cosine[best]


def _words(key: str) -> list[str]:
    """Return the words of a key. Only a space parts them, as it does for grams; `split()` knows other white space."""
    return [word for word in key.split(" ") if word]


def _shared_by_word(words: Sequence[str], companies: Bags, grams: Grams, rows: int) -> Callable[[str], Weights]:
    """Return a function that tells the product of a word's vector with those of all companies."""
    of_words = bags(words, grams)
    begin = dict(zip(words, np.searchsorted(of_words.row, np.arange(len(words))).tolist(), strict=True))
    end = dict(zip(words, np.searchsorted(of_words.row, np.arange(len(words)), side="right").tolist(), strict=True))
    by_gram = np.argsort(companies.gram, kind="stable")
    border = np.searchsorted(companies.gram[by_gram], np.arange(1, len(grams.code)))
    having = np.split(companies.row[by_gram], border)
    amount = np.split((companies.count * grams.weight[companies.gram])[by_gram], border)

    @lru_cache(max(_BYTES_OF_WORDS // (4 * max(rows, 1)), 1))
    def shared(word: str) -> Weights:
        total = np.zeros(rows, np.float32)
        of_word = slice(begin[word], end[word])
        for gram, count in zip(of_words.gram[of_word].tolist(), of_words.count[of_word].tolist(), strict=True):
            np.add.at(total, having[gram], amount[gram] if count == 1 else amount[gram] * np.float32(count))
        return total

    return shared
