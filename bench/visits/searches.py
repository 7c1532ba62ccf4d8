"""Words to search for, and which client comes first after each key."""

import re
import unicodedata
from functools import reduce

import pandas as pd

Word = tuple[tuple[str, str], ...]
"""Keys, each with the name of the first row that is left."""

# In no status, and not in the "true" and "false" that a plain grid also searches.
_START = "[bhjkyz][a-z]{2}"


def cell_texts(rows: pd.DataFrame) -> "pd.Series[str]":
    """Return the cells of each row as one text, without upper case; a missing value is empty."""
    columns = (rows[name].astype("str").fillna("") for name in rows)
    return reduce(lambda left, right: left + "\n" + right, columns).str.casefold()


def search_words(rows: pd.DataFrame, count: int) -> list[Word]:
    """Return words of the clients' names of which each key brings another client to the top.

    `rows` are in the order in which they are shown; columns as `make_databases` returns them.
    """
    texts = cell_texts(rows)
    plain = texts.map(lambda text: unicodedata.normalize("NFD", text))
    plain = plain.str.replace("[\u0300-\u036f]", "", regex=True)
    found = {start for name in rows["halo_client"] for start in re.findall(rf"\b{_START}", name.casefold())}
    starts = sorted(found, key=lambda start: start[::-1])
    words = (_word(rows["halo_client"], texts, plain, start) for start in starts)
    return [word for word, _ in zip(filter(None, words), range(count), strict=False)]


def _word(names: "pd.Series[str]", texts: "pd.Series[str]", plain: "pd.Series[str]", start: str) -> Word | None:
    """Return the word, unless a page that ignores accents would show another client, or one is shown twice running."""
    prefixes = [start[: length + 1] for length in range(len(start))]
    tops = [names[texts.str.contains(prefix, regex=False)].iloc[0] for prefix in prefixes]
    others = [names[plain.str.contains(prefix, regex=False)].iloc[0] for prefix in prefixes]
    shown = [names.iloc[0], *tops]
    if tops != others or len(set(shown)) < len(shown) or not all(name.isascii() for name in tops):
        return None
    return tuple(zip(start, tops, strict=True))
