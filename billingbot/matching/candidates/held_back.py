"""Pairs that are alike enough to be linked, and what held them back."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from billingbot.domain.match import Outcome
from billingbot.matching.candidates.candidate import Candidate
from billingbot.matching.candidates.rivals import Rivals
from billingbot.matching.names.name import Name
from billingbot.matching.pairing.pair_up import CANDIDATES_A_CLIENT, Lists, Paired
from billingbot.matching.verdict.rule import Rule


def held_back(lists: Lists, paired: Paired, rule: Rule) -> Iterator[Candidate]:
    """Yield at most five pairs a client, best first for each client."""
    rivals = Rivals(lists, paired, rule.margin)
    offered: dict[int, int] = defaultdict(int)
    for left, right, score in paired.open_pairs.rows():
        room = max(0, CANDIDATES_A_CLIENT - offered[left])
        offered[left] += len(paired.companies[right].rows)
        namesakes = _Namesakes(lists.companies, paired.companies[right].rows)
        for client in paired.clients[left].rows:
            # Namesakes may have different legal forms, so each is judged for itself.
            for company in namesakes.like(lists.clients[client])[:room]:
                verdict = rule.verdict(lists.clients[client], lists.companies[company], score)
                reason = verdict.reason
                if verdict.outcome is not Outcome.SUGGESTED:
                    reason = rivals.reason((left, right), (client, company), score)
                yield Candidate(client, company, score, reason)


class _Namesakes:
    """Companies of one key, the first five of each spelling: there may be thousands, and as many clients."""

    def __init__(self, names: Sequence[Name], rows: Sequence[int]) -> None:
        self._all = rows[:CANDIDATES_A_CLIENT]
        self._by_text: dict[str, list[int]] = defaultdict(list)
        self._by_forms: dict[frozenset[str], list[int]] = defaultdict(list)
        for row in rows:
            for same in (self._by_text[names[row].text], self._by_forms[names[row].forms]):
                if len(same) < CANDIDATES_A_CLIENT:
                    same.append(row)

    def like(self, one: Name) -> list[int]:
        """Return those of the very same text first, then those of the same legal form, then the others."""
        same = *self._by_text.get(one.text, ()), *self._by_forms.get(one.forms, ())
        return list(dict.fromkeys([*same, *self._all]))
