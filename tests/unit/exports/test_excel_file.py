"""A workbook as another library reads it."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from billingbot.exports.excel_file import excel_file
from billingbot.exports.table import Table
from billingbot.sandbox.oddities import ODDITIES
from tests.unit.exports.tables import client_table, text_table

HEADING = 6  # below the title, three notes and an empty row


def sheet(table: Table) -> Worksheet:
    book = load_workbook(BytesIO(excel_file(table)))
    assert book.properties.title == table.title
    return book.active


def part(table: Table, name: str) -> str:
    with ZipFile(BytesIO(excel_file(table))) as file:
        return file.read(name).decode()


def test_title_notes_and_headings_are_above_the_rows() -> None:
    rows = list(sheet(client_table(["Acme", "Best"])).values)

    assert [row[0] for row in rows[:5]] == [
        "Client Management",
        "Integration: Pax8",
        "Exported: 2026-11-26 10:00 UTC",
        "Filter: Review; search: acme",
        None,
    ]
    assert rows[5:] == [
        ("Halo Id", "Halo Client", "Match Score", "Last (# Invoice)", "Exclude"),
        (1, "Acme", 94.7, 1_234_567, True),
        (2, "Best", None, None, False),
    ]


@pytest.mark.fault(23)
def test_no_cell_is_a_formula_or_a_link() -> None:
    names = [client for client, _ in ODDITIES] + ["{=1+1}", "http://example.com", "mailto:a@b.c", "＝1+1", "@SUM(1)"]
    table = client_table(names)
    found = [cell for row in sheet(table).iter_rows() for cell in row]

    assert {cell.data_type for cell in found} == {"s", "n", "b"}
    assert [cell for cell in found if cell.hyperlink] == []
    assert "<f>" not in part(table, "xl/worksheets/sheet1.xml")


def test_names_are_what_they_were() -> None:
    names = [client for client, _ in ODDITIES] + ["x" * 300, "a\nb", " edges ", "_x0041_", "مؤسسة", "山田", "क्लिनिक"]

    assert [unescape(cell.value) for cell in sheet(client_table(names))["B"][HEADING:]] == names


@pytest.mark.fault(23)
@pytest.mark.parametrize("name", ["<r>Acme</r>", "<r><t>Acme</t></r>", "<r></r>", "<r>&</r>", "<r> x </r>"])
def test_a_name_that_looks_like_markup_of_rich_text_is_a_name(name: str) -> None:
    assert unescape(sheet(client_table([name])).cell(HEADING + 1, 2).value) == name


@pytest.mark.fault(23)
@pytest.mark.parametrize("char", [*map(chr, range(32)), "\x7f", "\x85", "\ufffe", "\uffff"], ids=ascii)
def test_control_characters_break_nothing(char: str) -> None:
    assert unescape(sheet(client_table([f"a{char}b"])).cell(HEADING + 1, 2).value) == f"a{char}b"


@pytest.mark.parametrize("char", ["x", "🦷"])
def test_a_text_that_is_too_long_is_cut_and_says_so(char: str) -> None:
    value = sheet(client_table([char * 40_000])).cell(HEADING + 1, 2).value

    assert value.startswith(char * 16_000)
    assert value.endswith(f"{char} … [cut: 40,000 characters]")
    assert 32_766 <= len(value.encode("utf-16-le")) / 2 <= 32_767


def test_a_text_that_just_fits_is_whole() -> None:
    assert sheet(client_table(["x" * 32_767])).cell(HEADING + 1, 2).value == "x" * 32_767


def test_ids_have_no_separators_scores_a_decimal_and_numbers_are_on_the_right() -> None:
    ids, name, score, invoice, excluded = sheet(client_table(["Acme"]))[HEADING + 1]

    assert [ids.number_format, score.number_format, invoice.number_format] == ["0", "0.0", "0"]
    assert [cell.alignment.horizontal for cell in (ids, score, invoice)] == ["right"] * 3
    assert [name.number_format, name.alignment.horizontal] == ["@", "left"]
    assert excluded.alignment.horizontal == "center"


def test_the_heading_stays_and_filters() -> None:
    found = sheet(client_table(["Acme", "Best", "Corp"]))

    assert found.freeze_panes == "A7"
    assert found.auto_filter.ref == "A6:E9"


def test_columns_are_wide_enough_for_their_texts_and_the_words_of_their_headings() -> None:
    found = sheet(client_table(["Acme"]))

    assert found.column_dimensions["B"].width >= 30
    assert found.column_dimensions["D"].width >= len("Invoice)") + 3
    assert found.row_dimensions[HEADING].height == 2 * 15  # "Last (# Invoice)" needs two lines


def test_it_prints_in_landscape_as_wide_as_a_page_with_headings_on_each() -> None:
    found = sheet(client_table(["Acme"]))

    assert found.page_setup.orientation == "landscape"
    assert (found.sheet_properties.pageSetUpPr.fitToPage, found.page_setup.fitToHeight) == (True, 0)
    assert found.print_title_rows == "$6:$6"


def test_no_rows_are_a_heading_with_a_filter() -> None:
    found = sheet(client_table([]))

    assert found.max_row == HEADING
    assert found.auto_filter.ref == "A6:E6"


def test_a_title_that_excel_refuses_as_a_sheets_name_is_no_error() -> None:
    table = text_table([["a"]])
    odd = replace(table, title="'Costs' [2026/11]: what? * of \\ all, and more than 31 characters")

    [name] = load_workbook(BytesIO(excel_file(odd))).sheetnames

    assert name.split() == ["Costs", "2026", "11", "what", "of"]
