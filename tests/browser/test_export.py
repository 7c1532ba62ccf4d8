"""Exports as files on the operator's disk: Excel, PDF and CSV, of what the grid shows or of all clients."""

import csv
import re
from datetime import UTC, datetime
from io import BytesIO, StringIO

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import expect

from billingbot.domain.match import ClientStatus
from billingbot.sandbox.oddities import ODDITIES
from tests.browser.client_page import ClientPage, RunningApp
from tests.browser.dialogs import Dialog, bring_into_sight, open_tool
from tests.browser.unused_clients import UnusedClients
from tests.unit.exports.pdf_reader import page_texts
from tests.wait import wait_for

FORMULAS = "=+-@"
# What the file looks like: title, four notes, an empty row, headings.
HEADING = 7
# Longer names are cut to two lines on paper, and the PDF says so.
FITS_ON_PAPER = 45


def open_export(page: ClientPage) -> Dialog:
    return open_tool(page, "Export")


def shown(dialog: Dialog, name: str) -> tuple[str, bytes]:
    """Download what is shown, and return name and content of the file."""
    return dialog.download(dialog.file_button("shown", name))


def csv_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def without_mark(content: bytes) -> bytes:
    """Return a CSV file that begins with its headings, b"" when it begins with a byte order mark."""
    return content if content.startswith(b"Integration,") else b""


def sheet(content: bytes) -> Worksheet:
    found = load_workbook(BytesIO(content)).active
    assert isinstance(found, Worksheet)
    return found


def column(found: Worksheet, heading: str) -> list[object]:
    """Return what stands below a heading."""
    headings, *rows = found.iter_rows(min_row=HEADING, values_only=True)
    return [row[headings.index(heading)] for row in rows]


def names_of(app: RunningApp) -> list[str]:
    return [client.name for client in app.sandbox.data.clients]


def words_missing(names: list[str], text: str) -> list[str]:
    """Return the names of which a word is not in the text. Each may be wrapped, with the next column in between."""
    return [name for name in names if len(name) < FITS_ON_PAPER and not all(word in text for word in name.split())]


def test_excel_holds_what_is_shown_filtered_and_sorted_as_in_the_grid(page: ClientPage) -> None:
    page.chip("Suggested").click()
    page.expect_shown(page.figure("Suggested"))
    page.search_box.fill("t")
    page.heading("client_id").locator(".ag-header-cell-text").click()
    page.heading("client_id").locator(".ag-header-cell-text").click()
    expect(page.heading("client_id")).to_have_attribute("aria-sort", "descending")
    number = int(page.row_count.inner_text().split()[0])
    dialog = open_export(page)
    dialog.expect_text(f"Shown now ({number} clients)")

    name, content = shown(dialog, "Excel")

    found = sheet(content)
    ids = column(found, "Halo Id")
    assert len(ids) == number > 5
    assert ids == sorted(ids, key=lambda number: -int(str(number)))
    assert set(column(found, "Status")) == {"Suggested"}
    assert [found.cell(row, 1).value for row in (1, 2, 4, 5)] == [
        "Client Management",
        "Integration: Pax8",
        "Filter: Suggested; search: t",
        f"Clients: {number}",
    ]
    today = datetime.now(UTC)
    assert re.fullmatch(rf"Exported: {today:%Y-%m-%d} \d\d:\d\d UTC", str(found.cell(3, 1).value))
    assert name == f"pax8-clients-{today:%Y-%m-%d}.xlsx"


def test_excel_has_a_frozen_heading_numbers_filters_and_no_formula(page: ClientPage, shared_app: RunningApp) -> None:
    content = shown(open_export(page), "Excel")[1]

    found = sheet(content)
    assert found.freeze_panes == f"A{HEADING + 1}"
    assert found.auto_filter.ref == f"A{HEADING}:{found.cell(found.max_row, found.max_column).coordinate}"
    cells = [cell for row in found.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n", "b"}
    assert [cell.coordinate for cell in cells if cell.hyperlink] == []
    assert {type(value) for value in column(found, "Halo Id")} == {int}
    assert {type(value) for value in column(found, "Exclude")} == {bool}
    assert sorted(map(str, column(found, "Halo Client"))) == sorted(names_of(shared_app))


def test_all_takes_what_a_filter_hides_by_name(page: ClientPage, shared_app: RunningApp) -> None:
    page.search_box.fill("onerror")
    page.expect_shown(1)
    dialog = open_export(page)
    everybody = len(shared_app.sandbox.data.clients)

    dialog.expect_text(f"All ({everybody} clients)")
    found = sheet(dialog.download(dialog.file_button("all", "Excel"))[1])

    assert len(column(found, "Halo Id")) == everybody
    assert found.cell(4, 1).value == "Filter: none"
    dialog.expect_text("Shown now (1 client)")
    assert column(sheet(shown(dialog, "Excel")[1]), "Halo Client") == ["<img src=x onerror=alert(1)>"]


def test_pdf_holds_the_names_that_are_shown_and_no_others(page: ClientPage) -> None:
    page.chip("Review").click()
    number = page.figure("Review")
    page.expect_shown(number)
    names = page.cells("client").all_inner_texts()
    assert len(names) == number

    name, content = shown(open_export(page), "PDF")

    text = " ".join(page_texts(content))
    assert re.fullmatch(r"pax8-clients-\d{4}-\d\d-\d\d\.pdf", name)
    assert "Integration: Pax8" in text
    assert "Filter: Review" in text
    assert f"Clients: {number}" in text
    assert words_missing(names, text) == []
    assert [odd for odd, _ in ODDITIES if len(odd) > 1 and odd in text] == []


def test_pdf_of_all_holds_every_name_in_every_script(page: ClientPage, shared_app: RunningApp) -> None:
    dialog = open_export(page)

    pages = page_texts(dialog.download(dialog.file_button("all", "PDF"))[1])

    assert len(pages) > 2
    assert f"/ {len(pages)}" in pages[0]
    assert words_missing(names_of(shared_app), " ".join(pages)) == []


def test_csv_neutralises_formulas_and_begins_with_a_mark_only_when_asked(
    page: ClientPage, shared_app: RunningApp
) -> None:
    dialog = open_export(page)
    bom = dialog.root.get_by_role("checkbox", name="CSV with BOM, for Excel")
    expect(bom).to_be_checked()

    name, marked = shown(dialog, "CSV")
    dialog.root.get_by_text("CSV with BOM, for Excel", exact=True).click()
    expect(bom).not_to_be_checked()
    unmarked = wait_for(lambda: without_mark(shown(dialog, "CSV")[1]), "a file without a mark")

    assert re.fullmatch(r"pax8-clients-\d{4}-\d\d-\d\d\.csv", name)
    assert marked.startswith(b"\xef\xbb\xbfIntegration,")
    assert csv_rows(marked) == csv_rows(unmarked)
    cells = [cell for row in csv_rows(unmarked) for heading, cell in row.items() if heading != "Halo Id"]
    assert [cell for cell in cells if cell.startswith(tuple(FORMULAS)) and not re.fullmatch(r"-\d+", cell)] == []
    names = [row["Halo Client"] for row in csv_rows(unmarked)]
    dangerous = [name for name in names_of(shared_app) if name.startswith(tuple(FORMULAS))]
    assert len(dangerous) > 3
    assert [name for name in dangerous if f"'{name}" not in names] == []


def test_a_file_holds_what_stands_at_the_click_not_at_the_opening(
    page: ClientPage, other: ClientPage, clients: UnusedClients
) -> None:
    client = clients.take(ClientStatus.MAPPED)
    dialog = open_export(page)
    bring_into_sight(other, client.client_id)
    other.tick(client.client_id, "excluded").click()
    other.expect_saved()

    rows = csv_rows(shown(dialog, "CSV")[1])

    assert next(row for row in rows if row["Halo Id"] == str(client.client_id))["Exclude"] == "TRUE"


def test_with_nothing_shown_only_all_can_be_exported(page: ClientPage) -> None:
    page.search_box.fill("no client is called like this")
    page.expect_shown(0)
    dialog = open_export(page)

    for name in ("Excel", "PDF", "CSV"):
        expect(dialog.file_button("shown", name)).to_be_disabled()
        expect(dialog.file_button("all", name)).to_be_enabled()


def test_files_can_be_taken_one_after_another_and_the_grid_is_as_it_was(page: ClientPage) -> None:
    page.search_box.fill("brothers")
    expect(page.row_count).to_contain_text(" of ")
    count = page.row_count.inner_text()
    dialog = open_export(page)

    endings = [shown(dialog, name)[0].split(".")[1] for name in ("Excel", "PDF", "CSV", "Excel")]

    assert endings == ["xlsx", "pdf", "csv", "xlsx"]
    # Streamlit disables a button while it makes the file, which takes the focus off it, and so out of the dialog.
    page.page.keyboard.press("Tab")
    dialog.escape()
    expect(page.row_count).to_have_text(count)
    expect(page.search_box).to_have_value("brothers")
    again = open_export(page)
    again.button("Close").last.click()
    again.expect_closed()
