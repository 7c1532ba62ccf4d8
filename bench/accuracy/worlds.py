"""Worlds in which links are judged: closed, where every true partner is there, and open, where half of them are not.

The open world is the realistic and the dangerous one: a client that does not exist at the distributor must stay alone.
"""

import random
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from bench.accuracy.labelled import PAIR, ListSet

OPEN_SEEDS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class World:
    """The two lists that a matcher sees, and the gold pairs of which both sides are there. Frames as in `ListSet`."""

    clients: pd.DataFrame
    companies: pd.DataFrame
    gold: pd.DataFrame

    @property
    def reachable(self) -> int:
        """How many right links a one-to-one answer can hold: exact when gold is many to one, or one to many."""
        return min(self.gold["client_id"].nunique(), self.gold["company_id"].nunique())

    def right(self, pairs: pd.DataFrame) -> npt.NDArray[np.bool_]:
        """Say of each pair (client_id · company_id) whether it is right: gold, or two identical full names."""
        gold = pd.MultiIndex.from_frame(self.gold[PAIR])
        client = pairs["client_id"].map(self.clients.set_index("client_id")["full"])
        company = pairs["company_id"].map(self.companies.set_index("company_id")["full"])
        same_name = (client.to_numpy() == company.to_numpy()) & (client.to_numpy() != "")
        right: npt.NDArray[np.bool_] = pd.MultiIndex.from_frame(pairs[PAIR]).isin(gold) | same_name
        return right


def closed_world(labelled: ListSet) -> World:
    """Return both lists as they are."""
    return World(labelled.clients, labelled.companies, labelled.gold)


def open_world(labelled: ListSet, seed: int) -> World:
    """Return the lists without a random half of the companies that are somebody's partner."""
    partners = sorted(set(labelled.gold["company_id"]))
    gone = random.Random(seed).sample(partners, len(partners) // 2)  # noqa: S311 - a repeatable draw, no secret
    return World(
        labelled.clients,
        labelled.companies[~labelled.companies["company_id"].isin(gone)],
        labelled.gold[~labelled.gold["company_id"].isin(gone)],
    )
