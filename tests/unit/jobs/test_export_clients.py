"""The client table that is exported: every column, in the order and the choice of the grid."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from pypdfium2 import PdfDocument

from billingbot.domain.client_settings import Setting, SettingValue
from billingbot.domain.decision import Decision, EditSettings, LinkCompany, Stamp
from billingbot.domain.integration import Assignment, Integration
from billingbot.domain.party import Client, Company
from billingbot.errors import NotFound
from billingbot.exports.table import Kind, Table
from billingbot.jobs.client_file import Heading
from billingbot.jobs.export_clients import client_table
from billingbot.jobs.export_file import FileKind, export_file
from tests.fakes import NOON
from tests.unit.jobs.conftest import Desk
from tests.unit.store.refreshes import fetched, refresh

NOW = datetime(2026, 11, 26, 10, 5, tzinfo=UTC)


@pytest.fixture
def decided(desk: Desk) -> Desk:
    """A desk with a client that has everything, one with a suggestion, and one with nothing."""
    lists = fetched(
        [Client(-5, "Birch Foods"), Client(2, "Ash Dental"), Client(3, "=cmd()")],
        [Company("c1", "Ash Ltd"), Company("c2", "Ash Two"), Company("c3", "Birch & Foods")],
    )
    refresh(desk.store, lists, [("c3", -5, "suggested", 94.97, "A word is unexplained.", 1)])
    edit: dict[Setting, SettingValue] = {
        Setting.ASSIGNMENT: Assignment.RECURRING,
        Setting.LAST_INVOICE_ID: 412,
        Setting.USE_GLOBAL: False,
        Setting.DROP_AZURE: True,
    }
    decisions: list[Decision] = [LinkCompany("c1", 2, 91.0, "Near."), LinkCompany("c2", 2), EditSettings(2, 0, edit)]
    desk.store.decide("pax8", decisions, Stamp("b0", "ann", NOON))
    return desk


def exported(desk: Desk, client_ids: list[int] | None = None, filters: str = "") -> Table:
    return client_table(desk.store, desk.store.integrations()[0], client_ids, filters, NOW)


def row_of(table: Table, client_id: int) -> dict[str, object]:
    rows = table.rows.astype("object").where(table.rows.notna(), None)
    [row] = rows[rows["Halo Id"] == client_id].to_dict("records")
    return {str(heading): cell for heading, cell in row.items()}


def test_every_column_of_a_client_that_has_everything(decided: Desk) -> None:
    row = row_of(exported(decided), 2)

    assert list(row) == [heading.value for heading in Heading]
    check = row.pop("Row Check")
    assert isinstance(check, str)
    assert len(check) == 11
    assert row == {
        "Integration": "Pax8",
        "Halo Id": 2,
        "Halo Client": "Ash Dental",
        "Status": "Mapped",
        "Distributor Client": "Ash Ltd · Ash Two",
        "Company Ids": "c1 c2",
        "Match Score": 91.0,
        "Match Reason": "Near.",
        "Last (# Invoice)": 412,
        "Recurring (# Invoice)": None,
        "Assignment": "Recurring",
        "Effective Assignment": "Recurring",
        "Missing Target": True,
        "Exclude": False,
        "Global Setting": False,
        "Drop Azure Lines": True,
        "Collapse Azure Lines": False,
        "Drop Favorable Prorates": False,
        "Drop Zero Dollar Lines": False,
    }


def test_a_client_that_nobody_has_decided_about_shows_what_it_inherits(decided: Desk) -> None:
    row = row_of(exported(decided), -5)

    assert (row["Assignment"], row["Effective Assignment"]) == ("Default", "New")
    assert (row["Global Setting"], row["Missing Target"]) == (True, False)
    assert (row["Status"], row["Distributor Client"], row["Company Ids"]) == ("Suggested", "", "")


def test_a_score_is_never_rounded_up(decided: Desk) -> None:
    assert row_of(exported(decided), -5)["Match Score"] == 94.9


def test_the_columns_have_the_types_that_the_exports_take(decided: Desk) -> None:
    table = exported(decided)
    types = {Kind.TEXT: "str", Kind.WHOLE: "Int64", Kind.SCORE: "float64", Kind.FLAG: "bool"}

    assert [str(dtype) for dtype in table.rows.dtypes] == [types[column.kind] for column in table.columns]


def test_what_is_shown_is_exported_in_the_order_of_the_grid(decided: Desk) -> None:
    assert exported(decided, [3, -5]).rows["Halo Id"].tolist() == [3, -5]
    assert exported(decided, [-5, 3, 2]).rows["Halo Id"].tolist() == [-5, 3, 2]


def test_all_clients_are_exported_by_name(decided: Desk) -> None:
    assert exported(decided).rows["Halo Id"].tolist() == [3, 2, -5]


def test_a_client_that_does_not_exist_is_left_out(decided: Desk) -> None:
    assert exported(decided, [99, 2]).rows["Halo Id"].tolist() == [2]


def test_no_client_is_a_table_without_rows(decided: Desk) -> None:
    table = exported(decided, [])

    assert table.rows.empty
    assert list(table.rows.columns) == [heading.value for heading in Heading]


def test_the_notes_say_what_was_exported_when_and_how_it_was_chosen(decided: Desk) -> None:
    assert exported(decided, [2], "Review; search: ash").notes == (
        ("Integration", "Pax8"),
        ("Exported", "2026-11-26 10:05 UTC"),
        ("Filter", "Review; search: ash"),
        ("Clients", "1"),
    )
    assert ("Filter", "none") in exported(decided).notes


def test_an_integration_that_does_not_exist_is_not_exported(decided: Desk) -> None:
    with pytest.raises(NotFound):
        client_table(decided.store, Integration("twilio", "Twilio"), None, "", NOW)


def test_each_kind_of_file_is_that_kind_of_file(decided: Desk) -> None:
    pax8 = decided.store.integrations()[0]
    starts = {kind: export_file(decided.store, pax8, [3, 2], "", NOW, kind)[:4] for kind in FileKind}

    assert starts == {FileKind.EXCEL: b"PK\x03\x04", FileKind.PDF: b"%PDF", FileKind.CSV: b"\xef\xbb\xbfI"}
    assert export_file(decided.store, pax8, None, "", NOW, FileKind.CSV, bom=False).startswith(b"Integration,Halo Id")


def test_the_csv_file_holds_the_rows_that_were_asked_for_with_formulas_neutralised(decided: Desk) -> None:
    content = export_file(decided.store, decided.store.integrations()[0], [3, -5], "", NOW, FileKind.CSV, bom=False)

    rows = list(csv.DictReader(StringIO(content.decode(), newline="")))

    assert [(row["Halo Id"], row["Halo Client"]) for row in rows] == [("3", "'=cmd()"), ("-5", "Birch Foods")]
    assert (rows[0]["Exclude"], rows[0]["Global Setting"], rows[0]["Match Score"]) == ("FALSE", "TRUE", "")


def test_only_the_pdf_lacks_the_check_that_only_an_import_reads(decided: Desk) -> None:
    content = export_file(decided.store, decided.store.integrations()[0], None, "", NOW, FileKind.PDF)

    text = "".join("".join(page.get_textpage().get_text_range() for page in PdfDocument(content)).split())

    assert "AshDental" in text
    assert "RowCheck" not in text
    assert not any(check in text for check in exported(decided).rows["Row Check"])
