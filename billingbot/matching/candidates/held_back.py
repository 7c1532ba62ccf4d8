"""Pairs that are alike enough to be linked, and what held them back."""

from collections import defaultdict
from collections.abc import Iterator

from billingbot.domain.match import Outcome
from billingbot.matching.candidates.candidate import PER_CLIENT, Candidate
from billingbot.matching.candidates.rivals import Rivals
from billingbot.matching.names.name import Name
from billingbot.matching.pairing.pair_up import Lists, Paired
from billingbot.matching.verdict.rule import Rule


def held_back(lists: Lists, paired: Paired, rule: Rule) -> Iterator[Candidate]:
    """Yield at most five pairs a client, best first for each client."""
    rivals = Rivals(lists, paired, rule.margin)
    offered: dict[int, int] = defaultdict(int)
    for left, right, score in paired.open_pairs.rows():
        room = max(0, PER_CLIENT - offered[left])
        offered[left] += len(paired.companies[right].rows)
        for client in paired.clients[left].rows:
            one = lists.clients[client]
            # Namesakes may have different legal forms: the very same first, and each is judged for itself.
            for company in sorted(paired.companies[right].rows, key=lambda row: _difference(one, lists.companies[row]))[
                :room
            ]:
                verdict = rule.verdict(one, lists.companies[company], score)
                reason = verdict.reason
                if verdict.outcome is not Outcome.SUGGESTED:
                    reason = rivals.reason((left, right), (client, company), score)
                yield Candidate(client, company, score, reason)


def _difference(one: Name, other: Name) -> int:
    """Return 0 for the same text, 1 for the same legal form, 2 for all else."""
    if one.text == other.text:
        return 0
    return 1 if one.forms == other.forms else 2
