"""Pairs that are not alike enough to be linked, and are near all the same."""

from collections.abc import Iterator, Sequence

from billingbot.matching.candidates.candidate import Candidate
from billingbot.matching.join.similar_pairs import similarity
from billingbot.matching.pairing.pair_up import CANDIDATES_A_CLIENT, Lists
from billingbot.matching.suggestions.suggest import suggest
from billingbot.matching.verdict.sentences import alike, in_a_sentence
from billingbot.matching.verdict.telling_words import FILL_WORDS


def near(lists: Lists, corpus: Sequence[str], threshold: float) -> Iterator[Candidate]:
    """Yield at most five pairs a client, by client, nearest first.

    Args:
        lists: the names that are not linked.
        corpus: the keys that say how rare a part of a word is.
        threshold: the score from which a pair would be alike enough, 0..100.
    """
    ours, theirs = [name.key for name in lists.clients], [name.key for name in lists.companies]
    for client, company, _ in suggest(ours, theirs, corpus, lists.rejected, CANDIDATES_A_CLIENT).rows():
        score = similarity(ours[client], theirs[company])
        # What is alike enough was held back, or is not among the five best of the client.
        if score < threshold:
            reason = f"{alike(score)}, less than {threshold:g} %; {_common(ours[client], theirs[company])}."
            yield Candidate(client, company, score, reason)


def _common(client_key: str, company_key: str) -> str:
    theirs = set(company_key.split()) - FILL_WORDS
    shared = [word for word in dict.fromkeys(client_key.split()) if word in theirs]
    return f"both have: {in_a_sentence(' '.join(shared))}" if shared else "parts of the words are the same"
