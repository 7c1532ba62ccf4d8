"""The join, the whole of `match`, and what one would use instead: each a task over the same lists.

A task gets the lists ready and returns the work that is measured, which says how many pairs it found. The tasks import
what they need: each runs in a process whose memory is its own, and not every environment has every library.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType

Lists = Mapping[str, Sequence[str]]
"""clients · companies (names) · client_keys · company_keys."""

Work = Callable[[], int]
THRESHOLD = 90
# Rows of the similarity matrix that cdist fills at a time: 20,000 x 2,000 bytes are 40 MB.
_ROWS_AT_A_TIME = 2_000


def join(lists: Lists) -> Work:
    """Every pair of keys that reaches the threshold."""
    from billingbot.matching.join.similar_pairs import similar_pairs

    return lambda: sum(
        len(block.score) for block in similar_pairs(lists["client_keys"], lists["company_keys"], THRESHOLD)
    )


def join_and_keep(lists: Lists) -> Work:
    """The same, of which the five best of each client and of each company are kept."""
    from billingbot.matching.join.kept import keep_best
    from billingbot.matching.join.similar_pairs import similar_pairs

    return lambda: len(keep_best(similar_pairs(lists["client_keys"], lists["company_keys"], THRESHOLD), 5, 5).score)


def whole_match(lists: Lists) -> Work:
    """Keys, join, guards, pairing, suggestions; the pairs are rows of the result."""
    import pandas as pd

    from billingbot.matching import match

    clients = pd.DataFrame({"client_id": range(len(lists["clients"])), "name": lists["clients"]})
    companies = pd.DataFrame(
        {"company_id": [f"c{number}" for number in range(len(lists["companies"]))], "name": lists["companies"]}
    )
    return lambda: len(match(clients, companies))


def cdist(lists: Lists) -> Work:
    """All with all on all cores in strips: keys and sorted words, as the join does."""
    return _cdist([_as_is(lists), _sorted_words(lists)])


def cdist_as_is(lists: Lists) -> Work:
    """All with all on all cores in strips: keys as they are only, which is half the task and finds fewer pairs."""
    return _cdist([_as_is(lists)])


def string_grouper(lists: Lists) -> Work:
    """Cosine of character 3-grams at 0.8: another measure, and so other pairs."""
    import pandas as pd

    match_strings = import_module("string_grouper").match_strings
    left, right = pd.Series(lists["client_keys"]), pd.Series(lists["company_keys"])
    return lambda: len(match_strings(left, right, min_similarity=0.8, max_n_matches=len(right)))


def duckdb(lists: Lists) -> Work:
    """All with all in SQL, by Jaro-Winkler at 0.9: another measure, and so other pairs."""
    import duckdb as database
    import pandas as pd

    connection = database.connect()
    connection.register("client", pd.DataFrame({"key": lists["client_keys"]}))
    connection.register("company", pd.DataFrame({"key": lists["company_keys"]}))
    query = "SELECT count(*) FROM client a, company b WHERE jaro_winkler_similarity(a.key, b.key) >= 0.9"
    return lambda: int(connection.execute(query).fetchall()[0][0])


TASKS: Mapping[str, Callable[[Lists], Work]] = MappingProxyType(
    {
        "join": join,
        "join and keep": join_and_keep,
        "match": whole_match,
        "cdist": cdist,
        "cdist as is": cdist_as_is,
        "string_grouper": string_grouper,
        "duckdb": duckdb,
    }
)

Sides = tuple[Sequence[str], Sequence[str]]


def _cdist(measures: Sequence[Sides]) -> Work:
    import numpy as np
    from rapidfuzz import fuzz, process

    def work() -> int:
        found = 0
        for first in range(0, len(measures[0][0]), _ROWS_AT_A_TIME):
            strip = np.logical_or.reduce(
                [
                    process.cdist(
                        clients[first : first + _ROWS_AT_A_TIME],
                        companies,
                        scorer=fuzz.ratio,
                        score_cutoff=THRESHOLD,
                        dtype=np.uint8,
                        workers=-1,
                    )
                    for clients, companies in measures
                ]
            )
            found += int(np.count_nonzero(strip))
        return found

    return work


def _as_is(lists: Lists) -> Sides:
    """Return the keys of both sides; an empty one is like nothing."""
    return [key for key in lists["client_keys"] if key], [key for key in lists["company_keys"] if key]


def _sorted_words(lists: Lists) -> Sides:
    clients, companies = _as_is(lists)
    return [" ".join(sorted(key.split())) for key in clients], [" ".join(sorted(key.split())) for key in companies]
