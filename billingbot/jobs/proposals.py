"""What waits for a click, of many clients at once: suggestions to accept or to reject, links to confirm."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from billingbot.domain.decision import LinkCompany, Receipt, Stamp
from billingbot.domain.match import ClientStatus, Outcome
from billingbot.ports import DecisionStore, Store


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair that the machine found and a person has to look at. `score` is 0..100, None when no machine gave one."""

    client_id: int
    client: str
    company_id: str
    company: str
    score: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A client that was asked about and cannot be decided here, and why, in a sentence."""

    client_id: int
    client: str
    why: str


@dataclass(frozen=True, slots=True)
class Proposals:
    """What can be decided together, in the order that was asked for, and what cannot."""

    pairs: tuple[Proposal, ...]
    left_out: tuple[LeftOut, ...]


def best_suggestions(store: Store, integration: str, client_ids: Sequence[int]) -> Proposals:
    """Return the best candidate of each of these clients that is Suggested now."""
    waiting, left_out = _with_status(store, integration, client_ids, ClientStatus.SUGGESTED)
    candidates = store.candidates(integration, waiting["client_id"].tolist()).drop_duplicates("client_id")
    best = waiting[["client_id", "client"]].merge(candidates, on="client_id")
    return Proposals(_proposals(best), left_out)


def acceptable(suggestions: Proposals) -> Proposals:
    """Keep one client for each company: the most alike; of equals nobody gets it."""
    rivals: dict[str, list[Proposal]] = defaultdict(list)
    for pair in suggestions.pairs:
        rivals[pair.company_id].append(pair)
    lost = {pair: why for pairs in rivals.values() for pair, why in _losers(pairs).items()}
    return Proposals(
        tuple(pair for pair in suggestions.pairs if pair not in lost),
        suggestions.left_out + tuple(LeftOut(pair.client_id, pair.client, why) for pair, why in lost.items()),
    )


def links_under_review(store: Store, integration: str, client_ids: Sequence[int]) -> Proposals:
    """Return the links that wait for a look, of these clients that are in Review now."""
    waiting, left_out = _with_status(store, integration, client_ids, ClientStatus.REVIEW)
    # Most clients hold one company: their row says all about it.
    several = waiting["company_ids"].str.contains(" ").astype("bool")
    alone = waiting[~several].rename(columns={"company_ids": "company_id", "companies": "company"})
    names = zip(waiting.loc[several, "client_id"], waiting.loc[several, "client"], strict=True)
    beside = [pair for client_id, client in names for pair in _reviewed(store, integration, client_id, client)]
    places = {client_id: place for place, client_id in enumerate(client_ids)}
    pairs = sorted([*_proposals(alone), *beside], key=lambda pair: places[pair.client_id])
    return Proposals(tuple(pairs), left_out)


def accept_suggestions(store: DecisionStore, integration: str, pairs: Sequence[Proposal], stamp: Stamp) -> Receipt:
    """Link all pairs as one batch, each with its score and reason. Raises `DecisionRefused` when one is not open."""
    links = [LinkCompany(pair.company_id, pair.client_id, pair.score, pair.reason, suggested=True) for pair in pairs]
    return store.decide(integration, links, stamp)


def _with_status(
    store: Store, integration: str, client_ids: Sequence[int], status: ClientStatus
) -> tuple[pd.DataFrame, tuple[LeftOut, ...]]:
    """Return the rows of the clients that have the status, in the order asked for, and the others."""
    asked = pd.DataFrame({"client_id": pd.Series(client_ids, dtype="int64")})
    rows = asked.merge(store.client_rows(integration, client_ids), on="client_id", how="left")
    waiting = rows["status"] == status.value
    others = rows[~waiting].fillna({"client": "", "status": "unknown"})
    left_out = zip(*(others[name].tolist() for name in ("client_id", "client", "status")), strict=True)
    return rows[waiting], tuple(
        LeftOut(client_id, client, f"Is {now} now, not {status} any more.") for client_id, client, now in left_out
    )


def _reviewed(store: Store, integration: str, client_id: int, client: str) -> Iterator[Proposal]:
    for link in store.links(integration, client_id):
        if link.outcome is Outcome.REVIEW:
            yield Proposal(client_id, client, link.company_id, link.company, link.score, link.reason)


def _proposals(rows: pd.DataFrame) -> tuple[Proposal, ...]:
    names = ("client_id", "client", "company_id", "company", "score", "reason")
    return tuple(Proposal(*row) for row in zip(*(rows[name].tolist() for name in names), strict=True))


def _losers(rivals: Sequence[Proposal]) -> Mapping[Proposal, str]:
    """Return who does not get the company that all of them are suggested, and why."""
    if len(rivals) == 1:
        return {}
    first, second = sorted(rivals, key=lambda pair: pair.score or 0, reverse=True)[:2]
    if first.score == second.score:
        why = (
            f"{first.company} is suggested equally strongly to {first.client} and {second.client}, so neither gets it."
        )
        return dict.fromkeys(rivals, why)
    why = f"{first.company} goes to {first.client}, whose name is more alike."
    return {pair: why for pair in rivals if pair is not first}
