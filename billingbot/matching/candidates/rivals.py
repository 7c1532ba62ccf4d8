"""Who comes as close to a pair as its two sides to each other, in words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from billingbot.matching.names.name import Name
from billingbot.matching.pairing.groups import Group
from billingbot.matching.pairing.pair_up import Lists, Paired
from billingbot.matching.verdict.sentences import alike, in_a_sentence


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the lists: what a row is called, the names, the groups, and for each other group its pairs by score."""

    called: str
    names: Sequence[Name]
    groups: Sequence[Group]
    pairs_of: dict[int, list[tuple[float, int]]]


class Rivals:
    """The open pairs, seen from both sides."""

    def __init__(self, lists: Lists, paired: Paired, margin: float) -> None:
        """Take the pairs that stayed open; a rival further away than the margin is none."""
        self._companies = _Side("company", lists.companies, paired.companies, defaultdict(list))
        self._clients = _Side("client", lists.clients, paired.clients, defaultdict(list))
        self._margin = margin
        for client, company, score in paired.open_pairs.rows():
            self._companies.pairs_of[client].append((score, company))
            self._clients.pairs_of[company].append((score, client))

    def reason(self, groups: tuple[int, int], rows: tuple[int, int], score: float) -> str:
        """Return why a pair against which nothing else speaks is not linked.

        Args:
            groups: positions of the client's and of the company's group.
            rows: positions of the client and of the company.
            score: how alike they are, 0..100.
        """
        rival = self._rival(self._companies, groups, rows[1], score) or self._rival(
            self._clients, groups[::-1], rows[0], score
        )
        return f"{alike(score)}, but {rival}." if rival else f"{alike(score)}."

    def _rival(self, side: _Side, groups: tuple[int, int], row: int, score: float) -> str | None:
        """Return who on a side competes with the row, of the second group, for the first group."""
        for namesake in side.groups[groups[1]].rows:
            if namesake != row:
                return _namesake(side, row, namesake)
        others = [pair for pair in side.pairs_of[groups[0]] if pair[1] != groups[1]]
        # Of equal ones the first in the list, so that the sentence is the same each time.
        best, group = max(others, key=lambda pair: (pair[0], -pair[1]), default=(0.0, -1))
        if group < 0 or score - best > self._margin:
            return None
        name = in_a_sentence(side.names[side.groups[group].rows[0]].text)
        if best == score:
            return f"the {side.called} “{name}” is as close"
        return f"the {side.called} “{name}” is {'closer' if best > score else 'nearly as close'} ({int(best)} %)"


def _namesake(side: _Side, row: int, namesake: int) -> str:
    if side.names[row].text == side.names[namesake].text:
        return f"another {side.called} has the same name"
    return f"the {side.called} “{in_a_sentence(side.names[namesake].text)}” is as close"
