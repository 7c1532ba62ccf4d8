"""Pairs of a client and a company, as positions in the two lists that were compared."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Positions = npt.NDArray[np.intp]
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Three arrays of one length: where the client stands, where the company stands, and how alike they are."""

    client: Positions
    company: Positions
    score: Scores
