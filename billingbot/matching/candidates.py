"""The companies that are offered for a client that was not linked, best first, each with what held it back."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from billingbot.domain.match import Outcome
from billingbot.matching.join.similar_pairs import similarity
from billingbot.matching.names.name import Name
from billingbot.matching.pairing.groups import Group
from billingbot.matching.pairing.pair_up import CANDIDATES_A_CLIENT, Lists, Paired
from billingbot.matching.suggestions.suggest import suggest
from billingbot.matching.verdict.judge import alike
from billingbot.matching.verdict.rule import Rule

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """A client and a company, by position in the lists; the reason is a sentence."""

    client: int
    company: int
    score: float
    reason: str


def held_back(lists: Lists, paired: Paired, rule: Rule) -> Iterator[Candidate]:
    """Yield at most five pairs a client that are alike enough but were not linked, by client group, best first."""
    rivals = _Rivals(lists, paired, rule.margin)
    offered: dict[int, int] = defaultdict(int)
    pairs = paired.open_pairs
    for left, right, score in zip(pairs.client.tolist(), pairs.company.tolist(), pairs.score.tolist(), strict=True):
        ours, theirs = paired.clients[left], paired.companies[right]
        room = CANDIDATES_A_CLIENT - offered[left]
        offered[left] += len(theirs.rows)
        for company in theirs.rows[: max(0, room)]:
            verdict = rule.verdict(lists.clients[ours.rows[0]], lists.companies[company], score)
            for client in ours.rows:
                stands_alone = verdict.outcome is not Outcome.SUGGESTED
                reason = rivals.reason(left, right, score, client, company) if stands_alone else verdict.reason
                yield Candidate(client, company, score, reason)


def nearest(lists: Lists, corpus: Sequence[str], threshold: float) -> Iterator[Candidate]:
    """Yield at most five pairs a client that are near though not alike enough, by client, best first."""
    ours, theirs = [name.key for name in lists.clients], [name.key for name in lists.companies]
    found = suggest(ours, theirs, corpus, lists.rejected, CANDIDATES_A_CLIENT)
    for client, company in zip(found.client.tolist(), found.company.tolist(), strict=True):
        score = similarity(ours[client], theirs[company])
        yield Candidate(client, company, score, _near(ours[client], theirs[company], score, threshold))


def _near(client_key: str, company_key: str, score: float, threshold: float) -> str:
    if score >= threshold:
        return f"{alike(score)}, but other pairs are closer."
    common = set(company_key.split())
    shared = [word for word in dict.fromkeys(client_key.split()) if word in common]
    what = f"both have: {_short(' '.join(shared))}" if shared else "parts of the words are the same"
    return f"{alike(score)}, less than {threshold:g} %; {what}."


class _Rivals:
    """Who else comes near a pair: the pairs of each side, best first."""

    def __init__(self, lists: Lists, paired: Paired, margin: float) -> None:
        self._lists, self._paired, self._margin = lists, paired, margin
        self._companies_of: dict[int, list[tuple[float, int]]] = defaultdict(list)
        self._clients_of: dict[int, list[tuple[float, int]]] = defaultdict(list)
        pairs = paired.open_pairs
        for left, right, score in zip(pairs.client.tolist(), pairs.company.tolist(), pairs.score.tolist(), strict=True):
            self._companies_of[left].append((score, right))
            self._clients_of[right].append((score, left))

    def reason(self, left: int, right: int, score: float, client: int, company: int) -> str:
        """Return the reason of a pair against which nothing speaks but its rivals."""
        paired, lists = self._paired, self._lists
        rival = self._rival(self._companies_of[left], right, paired.companies, company, score)
        if rival is not None:
            return f"{alike(score)}, but {_who('company', lists.companies, company, *rival, score)}."
        rival = self._rival(self._clients_of[right], left, paired.clients, client, score)
        if rival is not None:
            return f"{alike(score)}, but {_who('client', lists.clients, client, *rival, score)}."
        return f"{alike(score)}."

    def _rival(
        self, ranked: list[tuple[float, int]], group: int, groups: list[Group], row: int, score: float
    ) -> tuple[int, float] | None:
        """Return the row of the closest rival and its score: a namesake, or the best of another group."""
        for other in groups[group].rows:
            if other != row:
                return other, score
        best = max(((s, -other) for s, other in ranked if other != group), default=None)
        if best is None or score - best[0] > self._margin:
            return None
        return groups[-best[1]].rows[0], best[0]


def _who(side: str, names: Sequence[Name], row: int, rival: int, rival_score: float, score: float) -> str:
    if names[row].text == names[rival].text:
        return f"another {side} has the same name"
    if rival_score == score:
        how = "is as close"
    else:
        how = f"is {'closer' if rival_score > score else 'nearly as close'} ({int(rival_score)} %)"
    return f"the {side} “{_short(names[rival].text)}” {how}"


def _short(text: str) -> str:
    """Return the text on one line, cut where a sentence would become unreadable."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_NAME else line[: _LONGEST_NAME - 1] + "…"
