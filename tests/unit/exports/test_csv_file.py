"""CSV that a spreadsheet cannot run, and that comes back as it was."""

import csv
from decimal import Decimal
from io import StringIO

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from billingbot.exports.csv_file import csv_file, plain_cell
from billingbot.exports.table import Column, Kind, Table
from billingbot.sandbox.oddities import ODDITIES
from tests.unit.exports.tables import client_table, text_table

# Everything that matters to the rule comes up often enough here.
TEXTS = st.text() | st.text(alphabet="'=+-@＝＋－＠\t\r\n \u00a0\u3000\u200b\x00\",;a1")


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def written(texts: list[str]) -> list[str]:
    """Return the cells of a column of these texts."""
    return [row[0] for row in cells(csv_file(text_table([texts, ["-"] * len(texts)]), bom=False))[1:]]


def runs(cell: str) -> bool:
    """Return whether a spreadsheet takes the cell for something to run, or for something else than is written."""
    return cell.lstrip().startswith(tuple("=+-@＝＋－＠")) or cell.startswith(("\t", "\r", "\n"))


@pytest.mark.fault(23)
@settings(deadline=None)
@given(st.lists(TEXTS))
@example(["=cmd()", "'=cmd()", "''=cmd()", " =1", "' =1", "'", "''", "'tis", "", "\t", "\ufeff=1"])
def test_every_text_comes_back_and_none_runs(texts: list[str]) -> None:
    found = written(texts)

    assert [plain_cell(cell) for cell in found] == texts
    assert not any(map(runs, found))


@pytest.mark.fault(23)
@pytest.mark.parametrize(
    "text", ["=1+1", "+1 Dental", "-20 Storage", "@Home", "\tx", "\rx", "\nx", " =1", "＝1", "－1"]
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert written([text]) == [f"'{text}"]


@pytest.mark.parametrize("text", ["Acme = Co", "'s-Hertogenbosch", "'", "A-1", "3M", "", "#1", "<img src=x onerror=1>"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert written([text]) == [text]
    assert plain_cell(text) == text


def test_a_cell_that_a_person_wrote_stays_as_it_is() -> None:
    assert plain_cell("=1+1") == "=1+1"


def test_headings_are_first_numbers_are_numbers_and_flags_are_words() -> None:
    content = csv_file(client_table(['Say "Acme", Ltd', "B"]), bom=False)

    assert content == (
        b"Halo Id,Halo Client,Match Score,Last (# Invoice),Exclude\r\n"
        b'1,"Say ""Acme"", Ltd",94.7,1234567,TRUE\r\n'
        b"2,B,,,FALSE\r\n"
    )


@pytest.mark.fault(23)
def test_negative_numbers_are_no_formulas() -> None:
    table = client_table(["A"])
    table.rows["Halo Id"] = -7

    assert cells(csv_file(table, bom=False))[1][0] == "-7"


def test_a_byte_order_mark_comes_first_when_it_is_asked_for() -> None:
    with_mark, without = (csv_file(client_table(["Øre"]), bom=bom) for bom in (True, False))

    assert with_mark == b"\xef\xbb\xbf" + without


def test_odd_names_come_back() -> None:
    names = [client for client, _ in ODDITIES] + ["x" * 300, "two\r\nlines", "semi;colon"]

    assert [plain_cell(row[1]) for row in cells(csv_file(client_table(names), bom=True))[1:]] == names


def test_no_rows_are_headings_only() -> None:
    assert len(cells(csv_file(client_table([]), bom=True))) == 1


def test_numbers_are_exact_and_without_marks_or_exponents() -> None:
    columns = (Column("Price", Kind.AMOUNT, 10), Column("Quantity", Kind.NUMBER, 10))
    rows = pd.DataFrame(
        {
            "Price": pd.Series([Decimal("1234567.1250000000"), Decimal("1E+3"), None], dtype="object"),
            "Quantity": pd.Series([Decimal("3.0000000000"), Decimal("-0.5"), None], dtype="object"),
        }
    )

    content = csv_file(Table("Amounts", (), columns, rows), bom=False).decode()

    assert content.splitlines()[1:] == ["1234567.125,3", "1000.00,-0.5", ","]
