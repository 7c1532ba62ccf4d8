"""Counting: right and wrong links, and where the true partner stands among the candidates that a person is shown."""

from dataclasses import dataclass

import pandas as pd

from bench.accuracy.labelled import PAIR
from bench.accuracy.worlds import World


@dataclass(frozen=True, slots=True)
class Tally:
    """How many pairs were found, how many of them are right, and how many right ones there are to find."""

    found: int
    right: int
    reachable: int

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.found + other.found, self.right + other.right, self.reachable + other.reachable)

    @property
    def wrong(self) -> int:
        """Pairs found that are not right."""
        return self.found - self.right

    @property
    def wrong_share(self) -> float:
        """Wrong of found, 0..1; 0 when nothing was found."""
        return self.wrong / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Right of reachable; NaN when there is nothing to find."""
        return self.right / self.reachable if self.reachable else float("nan")


@dataclass(frozen=True, slots=True)
class Hits:
    """Of so many gold pairs, how many are the first candidate of their client, and how many among the first five."""

    golds: int
    first: int
    five: int

    def __add__(self, other: "Hits") -> "Hits":
        return Hits(self.golds + other.golds, self.first + other.first, self.five + other.five)

    @property
    def at_one(self) -> float:
        """Share of the golds, 0..1; NaN when there are none."""
        return self.first / self.golds if self.golds else float("nan")

    @property
    def at_five(self) -> float:
        """Share of the golds, 0..1; NaN when there are none."""
        return self.five / self.golds if self.golds else float("nan")


@dataclass(frozen=True, slots=True)
class Strays:
    """Clients without a partner in the world, and how many of them are shown a candidate though not linked."""

    clients: int
    suggested: int

    def __add__(self, other: "Strays") -> "Strays":
        return Strays(self.clients + other.clients, self.suggested + other.suggested)


def tally(pairs: pd.DataFrame, world: World) -> Tally:
    """Count pairs (client_id · company_id) in a world."""
    return Tally(len(pairs), int(world.right(pairs).sum()), world.reachable)


def hits(found: pd.DataFrame, world: World, settled: list[str]) -> Hits:
    """Count the golds that are still open once the right pairs of the settled outcomes are, by their candidate's rank.

    A gold of which either side is settled is not counted, for a candidate must be free; one whose side is taken by a
    wrong link is, and is missed. What a client has that is not confident are its candidates, a review link the first.
    """
    done = found[found["outcome"].isin(settled) & world.right(found)]
    gold = world.gold
    still_open = gold[~(gold["client_id"].isin(done["client_id"]) | gold["company_id"].isin(done["company_id"]))]
    shown = found[found["outcome"] != "confident"]
    shown = shown.assign(below=shown["outcome"] != "review").sort_values(["client_id", "below", "rank"])
    shown = shown.assign(place=shown.groupby("client_id").cumcount() + 1)
    place = still_open.merge(shown, on=PAIR)["place"]
    return Hits(len(still_open), int((place <= 1).sum()), int((place <= 5).sum()))


def strays(found: pd.DataFrame, world: World) -> Strays:
    """Count the clients that have no partner."""
    alone = world.clients[~world.clients["client_id"].isin(world.gold["client_id"])]["client_id"]
    linked = found[found["outcome"] != "suggested"]["client_id"]
    return Strays(len(alone), int((alone.isin(found["client_id"]) & ~alone.isin(linked)).sum()))
