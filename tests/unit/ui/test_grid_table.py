import gzip
import json

import pandas as pd

from billingbot.ui.grid_table import table_body

HOSTILE = "</title><img src=x onerror='alert(1)'> & Söhne \\ 漢字 🙂 شركة"


def test_rows_come_out_as_they_went_in() -> None:
    table = pd.DataFrame({"client_id": [2**31 - 6, -240], "client": [HOSTILE, ""], "inherited": [True, False]})
    table["invoice"] = pd.array([None, 5], dtype="Int64")

    answer = json.loads(gzip.decompress(table_body(table, 7)))

    assert answer["revision"] == 7
    assert answer["table"]["columns"] == ["client_id", "client", "inherited", "invoice"]
    assert answer["table"]["data"] == [[2**31 - 6, HOSTILE, True, None], [-240, "", False, 5]]


def test_no_rows_are_a_table_too() -> None:
    table = pd.DataFrame({"client_id": pd.Series([], dtype="int64")})

    assert json.loads(gzip.decompress(table_body(table, 1)))["table"] == {"columns": ["client_id"], "data": []}
