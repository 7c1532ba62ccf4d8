"""From names that are alike to links: both must be each other's only best, by a margin, and stand up to the guards.

A pair that is held back goes on competing with its neighbours until one of its sides is linked elsewhere; what then
stands alone is linked in the same go. So the answer does not depend on the order of the rows, and a second look at
what is left, with what is linked out of the way, finds nothing new. Two pairs that can be linked at the same time
never share a side, so it does not matter in which order they are found either.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from billingbot.domain.match import Outcome
from billingbot.matching.join.kept import keep_best
from billingbot.matching.join.similar_pairs import similar_pairs
from billingbot.matching.names.name import Name
from billingbot.matching.pairing.contest import without_rival
from billingbot.matching.pairing.groups import Group, groups_of, rows_by_key, without
from billingbot.matching.pairs import Pairs, Positions
from billingbot.matching.verdict.judge import Verdict
from billingbot.matching.verdict.rule import Rule

# What may be offered to a client.
CANDIDATES_A_CLIENT = 5
# A company's best client and its runner-up: with them the margin is exact.
_BEST_OF_A_COMPANY = 2


@dataclass(frozen=True, slots=True)
class Lists:
    """The names of both lists, and the positions of pairs that count as unlike whatever their names.

    `clients_apart` and `companies_apart` are the rows for which anybody was ever rejected, here or not.
    """

    clients: Sequence[Name]
    companies: Sequence[Name]
    rejected: Collection[tuple[int, int]]
    clients_apart: Collection[int]
    companies_apart: Collection[int]


@dataclass(frozen=True, slots=True)
class Link:
    """A client and a company, by position in the lists, that are to be linked."""

    client: int
    company: int
    score: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Paired:
    """The links, and the pairs that are alike enough but stay open: positions in the two lists of groups.

    The open pairs are those of the best five of each client group and of the best two of each company group.
    """

    links: list[Link]
    clients: list[Group]
    companies: list[Group]
    open_pairs: Pairs


def pair_up(lists: Lists, rule: Rule) -> Paired:
    """Link what can be linked."""
    clients = groups_of(lists.clients, lists.clients_apart)
    companies = groups_of(lists.companies, lists.companies_apart)
    links = new = _same_names(lists, clients, companies, rule)
    while True:
        clients = without(clients, {link.client for link in new})
        companies = without(companies, {link.company for link in new})
        pairs = _alike(lists, clients, companies, rule.threshold)
        new = _links(lists, clients, companies, pairs.where(without_rival(pairs, rule.margin)), rule)
        if not new:
            return Paired(links, clients, companies, pairs)
        links = links + new
        # Who is like nobody now is like nobody later, when fewer are left.
        clients = [clients[client] for client in np.unique(pairs.client)]
        companies = [companies[company] for company in np.unique(pairs.company)]


def _same_names(lists: Lists, clients: list[Group], companies: list[Group], rule: Rule) -> list[Link]:
    """Link names that are equal, legal form included, and that nobody shares: no rival can come closer than that."""
    links = []
    theirs = rows_by_key(companies)
    for key, rows in rows_by_key(clients).items():
        if len(rows) != 1 or len(theirs.get(key, [])) != 1:
            continue
        client, company = rows[0], theirs[key][0]
        one, other = lists.clients[client], lists.companies[company]
        if one.forms == other.forms and (client, company) not in lists.rejected:
            links.append(Link(client, company, 100.0, rule.verdict(one, other, 100.0)))
    return links


def _alike(lists: Lists, clients: list[Group], companies: list[Group], threshold: float) -> Pairs:
    """Return the best pairs of the groups, without the rejected ones."""
    left, right = [group.key for group in clients], [group.key for group in companies]
    rejected = _numbers_of_rejected(lists, clients, companies)
    blocks = similar_pairs(left, right, threshold)
    if rejected.size:
        blocks = (_leave_out(block, rejected, len(companies)) for block in blocks)
    return keep_best(blocks, CANDIDATES_A_CLIENT, _BEST_OF_A_COMPANY)


def _numbers_of_rejected(lists: Lists, clients: list[Group], companies: list[Group]) -> Positions:
    """Return each rejected pair of groups as one number; a row with a rejected pair is a group of its own."""
    ours = {group.rows[0]: position for position, group in enumerate(clients)}
    theirs = {group.rows[0]: position for position, group in enumerate(companies)}
    return np.array(
        [
            ours[client] * len(companies) + theirs[company]
            for client, company in lists.rejected
            if client in ours and company in theirs
        ],
        dtype=np.intp,
    )


def _leave_out(pairs: Pairs, numbers: Positions, companies: int) -> Pairs:
    return pairs.where(~np.isin(pairs.client * companies + pairs.company, numbers))


def _links(lists: Lists, clients: list[Group], companies: list[Group], clear: Pairs, rule: Rule) -> list[Link]:
    """Return links for the pairs that nothing speaks against and whose names nobody shares."""
    links = []
    for left, right, score in clear.rows():
        if len(clients[left].rows) > 1 or len(companies[right].rows) > 1:
            continue
        client, company = clients[left].rows[0], companies[right].rows[0]
        verdict = rule.verdict(lists.clients[client], lists.companies[company], score)
        if verdict.outcome is not Outcome.SUGGESTED:
            links.append(Link(client, company, score, verdict))
    return links
