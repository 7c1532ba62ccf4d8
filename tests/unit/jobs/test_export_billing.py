"""The tables of a month that are exported: amounts are numbers, every charge is in one row, names are text."""

import csv
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO, StringIO

from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from billingbot.domain.billing import Billing
from billingbot.exports.table import Table
from billingbot.jobs.billing_rows import Sent, billing_rows
from billingbot.jobs.export_billing import detail_table, summary_table
from billingbot.jobs.export_file import FileKind, table_file
from tests.unit.billing.charges import PAX8, account, applied, azure, charge, client, prorate, with_rules

NOW = datetime(2026, 11, 26, 10, 5, tzinfo=UTC)
FORMULA = "=cmd()"


def month() -> Billing:
    """Return a month in which something becomes of charges in every way there is."""
    accounts = account("c1", client(1, name=FORMULA)) | account("c2", client(2, name="Birch"), review=True)
    charges = (
        charge("1", "1234.565", "1000", quantity="3"),
        azure("2", "4.25", "4"),
        azure("3", "1.25", "1", sku="AZ", product="Azure Storage"),
        prorate("4", "-5", "-4"),
        charge("5", "9", "8", company_id="c2", company="Birch"),
        charge("6", "7", "6", company_id="c9", company="Nobody"),
    )
    return applied(*charges, accounts=accounts, by=with_rules("collapse_azure", "drop_favorable_prorates"))


def summary(filters: str = "") -> Table:
    billing = month()
    return summary_table(billing_rows(billing, Sent({})), PAX8, billing, filters, NOW)


def detail(client_ids: list[int] | None = None) -> Table:
    return detail_table(month(), client_ids, PAX8, "", NOW)


def cells(table: Table) -> list[list[str]]:
    return list(csv.reader(StringIO(table_file(table, FileKind.CSV, bom=False).decode(), newline="")))


def test_a_client_is_a_row_with_amounts_that_a_spreadsheet_can_add_up() -> None:
    heading, first, second = cells(summary())

    assert dict(zip(heading, first, strict=True)) == {
        "Halo Id": "1",
        "Halo Client": "'=cmd()",
        "Currency": "USD",
        "Lines": "2",
        "Cost": "1005.00",
        "Price": "1240.07",
        "Margin": "235.07",
        "Margin %": "19",
        "Dropped Charges": "1",
        "Waiting Charges": "0",
        "Assignment": "New",
        "Target": "New invoice",
        "State": "Ready",
    }
    assert second[-1] == "Waits for review"


def test_a_margin_without_a_price_is_empty() -> None:
    heading, _, second = cells(summary())

    assert second[heading.index("Margin %")] == ""


def test_every_charge_is_in_one_row_with_what_became_of_it() -> None:
    heading, *rows = cells(detail())
    names = ("Charge", "Outcome", "Why", "Invoice Line")

    assert [tuple(row[heading.index(name)] for name in names) for row in rows] == [
        ("1", "Line", "", "Office E3 · 3 · 2026-11-01 to 2026-11-30"),
        ("2", "Line", "Collapsed", "Microsoft Azure 2026-11"),
        ("3", "Line", "Collapsed", "Microsoft Azure 2026-11"),
        ("4", "Dropped", "Drop Favorable Prorates", ""),
        ("5", "Waiting", "Its company's client waits for review", ""),
        ("6", "Unassigned", "Its company has no client", ""),
    ]


def test_charges_are_exact_and_credits_keep_their_sign() -> None:
    heading, *rows = cells(detail())
    amounts = [[row[heading.index(name)] for name in ("Quantity", "Cost", "Price", "Margin")] for row in rows]

    assert amounts[0] == ["3", "1000.00", "1234.565", "234.565"]
    assert amounts[3] == ["1", "-4.00", "-5.00", "-1.00"]


def test_only_the_charges_of_the_clients_that_are_shown_are_exported() -> None:
    heading, *rows = cells(detail([2]))

    assert [row[heading.index("Charge")] for row in rows] == ["5"]


def test_a_month_without_a_row_is_a_table_with_headings() -> None:
    assert len(cells(detail([]))) == 1


def test_amounts_are_numbers_in_a_workbook_and_no_cell_is_a_formula() -> None:
    sheet = load_workbook(BytesIO(table_file(summary(), FileKind.EXCEL))).active
    heading = next(row for row in sheet.iter_rows() if row[0].value == "Halo Id")
    first = {of.value: sheet.cell(of.row + 1, of.column) for of in heading}

    assert (first["Price"].value, first["Margin %"].value, first["Halo Client"].value) == (1240.07, 19, FORMULA)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n"}


def test_a_pdf_shows_amounts_with_two_decimals_and_thousands_apart() -> None:
    document = PdfDocument(table_file(summary(), FileKind.PDF))
    text = "".join(page.get_textpage().get_text_range() for page in document)

    assert "1,240.07" in text
    assert "1,005.00" in text


def test_the_notes_say_which_month_it_is_and_how_it_was_chosen() -> None:
    assert summary("Ready; search: acme").notes == (
        ("Integration", "Pax8"),
        ("Month", "2026-11"),
        ("Exported", "2026-11-26 10:05 UTC"),
        ("Filter", "Ready; search: acme"),
        ("Clients", "2"),
    )


def test_amounts_stay_decimals_until_they_are_written() -> None:
    assert all(isinstance(amount, Decimal) for amount in detail().rows["Price"])
