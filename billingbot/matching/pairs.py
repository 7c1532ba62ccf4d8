"""Pairs of a client and a company, as positions in the two lists that were compared."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

# What is worked on at a time, to keep memory bounded.
PAIRS_AT_A_TIME = 1_000_000

Positions = npt.NDArray[np.intp]
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Three arrays of one length: where the client stands, where the company stands, and how alike they are."""

    client: Positions
    company: Positions
    score: Scores

    def __len__(self) -> int:
        """Return how many pairs there are."""
        return len(self.score)

    def where(self, keep: npt.NDArray[np.bool_] | Positions) -> "Pairs":
        """Return the pairs that a mask or a list of places picks."""
        return Pairs(self.client[keep], self.company[keep], self.score[keep])

    def rows(self) -> Iterator[tuple[int, int, float]]:
        """Yield client, company and score of each pair."""
        return zip(self.client.tolist(), self.company.tolist(), self.score.tolist(), strict=True)
