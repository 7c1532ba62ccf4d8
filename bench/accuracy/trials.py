"""Every rule, run on labelled names: `billingbot.matching.match` with its outcomes, and what stands beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from rapidfuzz import fuzz

from bench.accuracy.figures import Hits, Strays, Tally, hits, strays, tally
from bench.accuracy.labelled import PairSet
from bench.accuracy.simple_rules import BARE_RULE, one_to_one
from bench.accuracy.worlds import World
from billingbot.matching import match
from billingbot.matching.names.name import name_key

CONFIDENT = "confident"
LINKED = "confident + review"
# What a line of the tables is called, and the outcomes that it counts.
OUTCOMES = {CONFIDENT: [CONFIDENT], "review": ["review"], LINKED: [CONFIDENT, "review"], "suggested": ["suggested"]}


@dataclass(frozen=True, slots=True)
class Trial:
    """What came out on one set in one kind of world, seeds added up. tallies: by outcome of `match`, then by rule.

    reachable: links to find. not_confident and not_linked: the golds that are left when the right confident links, or
    all right links, are taken.
    """

    tallies: dict[str, Tally]
    reachable: int
    not_confident: Hits
    not_linked: Hits
    strays: Strays


def try_lists(worlds: Sequence[World], candidates: Mapping[str, pd.DataFrame]) -> Trial:
    """Run `match` and the rules, given as their candidate pairs by label, in each of the worlds."""
    trial = Trial({}, 0, Hits(0, 0, 0), Hits(0, 0, 0), Strays(0, 0))
    for world in worlds:
        found = match(world.clients[["client_id", "name"]], world.companies[["company_id", "name"]])
        tallies = _by_outcome(found, world)
        tallies |= {label: tally(one_to_one(pairs, world), world) for label, pairs in candidates.items()}
        trial = Trial(
            {label: trial.tallies.get(label, Tally(0, 0, 0)) + counted for label, counted in tallies.items()},
            trial.reachable + world.reachable,
            trial.not_confident + hits(found, world, OUTCOMES[CONFIDENT]),
            trial.not_linked + hits(found, world, OUTCOMES[LINKED]),
            trial.strays + strays(found, world),
        )
    return trial


def try_pairs(labelled: PairSet) -> dict[str, Tally]:
    """Run `match` on each pair alone, as a list of one against a list of one, and the bare rule beside it.

    A pair is right here by its label only.
    """
    pairs = labelled.pairs
    outcome = pd.Series([_outcome(left, right) for left, right in zip(pairs["left"], pairs["right"], strict=True)])
    bare = pd.Series([_bare(left, right) for left, right in zip(pairs["left"], pairs["right"], strict=True)])
    lines = {label: outcome.isin(outcomes) for label, outcomes in OUTCOMES.items()} | {BARE_RULE: bare}
    reachable = int(pairs["same"].sum())
    return {
        label: Tally(int(found.sum()), int((found & pairs["same"]).sum()), reachable) for label, found in lines.items()
    }


def _by_outcome(found: pd.DataFrame, world: World) -> dict[str, Tally]:
    return {label: tally(found[found["outcome"].isin(outcomes)], world) for label, outcomes in OUTCOMES.items()}


def _outcome(client: str, company: str) -> str:
    """Return what `match` says of two names; "" is nothing."""
    clients = pd.DataFrame({"client_id": pd.Series([1], dtype="int64"), "name": [client]})
    companies = pd.DataFrame({"company_id": ["1"], "name": [company]})
    found = match(clients, companies)
    return str(found["outcome"].iloc[0]) if len(found) else ""


def _bare(client: str, company: str) -> bool:
    keys = name_key(client), name_key(company)
    return all(keys) and fuzz.ratio(*keys) >= 90
