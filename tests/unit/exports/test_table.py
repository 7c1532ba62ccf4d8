"""A table and its rows belong together."""

import pandas as pd
import pytest

from billingbot.errors import DomainError
from billingbot.exports.table import Column, Kind, Table, values
from tests.unit.exports.tables import client_table


def test_rows_have_to_have_the_columns_in_their_order() -> None:
    columns = (Column("Client", Kind.TEXT, 10), Column("Id", Kind.WHOLE, 5))
    rows = pd.DataFrame({"Id": [1], "Client": ["Acme"]})

    with pytest.raises(DomainError, match="Client"):
        Table("Clients", (), columns, rows)


def test_what_is_missing_is_none_and_a_missing_text_is_empty() -> None:
    ids, names, scores, invoices, excluded = values(client_table(["Acme", ""]))

    assert [ids, names] == [[1, 2], ["Acme", ""]]
    assert [scores, invoices] == [[94.7, None], [1_234_567, None]]
    assert excluded == [True, False]


def test_a_text_that_is_not_there_is_empty() -> None:
    rows = pd.DataFrame({"Client": pd.Series(["Acme", None], dtype="str")})

    assert list(values(Table("Clients", (), (Column("Client", Kind.TEXT, 10),), rows))) == [["Acme", ""]]
