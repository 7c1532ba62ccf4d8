"""The whole table of a client grid as browsers fetch it: JSON, packed once for all of them.

A component's data would be packed again in each run of a page, be sent before the grid's frame is even asked for, and
be unpacked row by row there; for 10,000 clients that takes longer than all else.
"""

import gzip

import pandas as pd

# More would cost more time than it saves on a local network.
_LEVEL = 1


def table_body(table: pd.DataFrame, revision: int) -> bytes:
    """Return `{"revision": …, "table": {"columns": […], "data": [[…], …]}}` as gzip; a missing number is null.

    Args:
        table: columns of `grid_rows`.
        revision: of the store, that the rows are of.
    """
    text = table.to_json(orient="split", index=False, force_ascii=False)
    return gzip.compress(f'{{"revision":{revision},"table":{text}}}'.encode(), _LEVEL)
