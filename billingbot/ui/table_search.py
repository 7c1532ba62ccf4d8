"""Searching a table that a dialog shows, as you type."""

from collections.abc import Sequence

import pandas as pd


def matching_rows(table: pd.DataFrame, columns: Sequence[str], text: str) -> pd.DataFrame:
    """Return the rows in which each word of the text is in one of the columns, whatever its case; in their order.

    >>> table = pd.DataFrame({"name": ["Acme Dental", "Birch"], "id": [12, 13]})
    >>> matching_rows(table, ["name", "id"], "DENTAL 12")["id"].tolist(), len(matching_rows(table, ["id"], " "))
    ([12], 2)
    """
    words = text.casefold().split()
    if not words or table.empty:
        return table
    searched = table[columns[0]].astype(str)
    for column in columns[1:]:
        searched = searched + "\n" + table[column].astype(str)
    folded = searched.str.casefold()
    found = pd.Series(True, index=table.index)
    for word in words:
        found &= folded.str.contains(word, regex=False)
    return table[found]
