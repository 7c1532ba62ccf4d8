"""Reading a file of clients: what spreadsheets do to it does not matter, and what cannot be used is said."""

import pytest

from billingbot.domain.client_settings import Setting
from billingbot.domain.integration import Assignment
from billingbot.errors import DomainError
from billingbot.jobs import read_import as module
from billingbot.jobs.client_file import Heading
from billingbot.jobs.read_import import ImportedRow, Refused, read_import

HEADINGS: list[str] = [
    Heading.INTEGRATION,
    Heading.CLIENT_ID,
    Heading.CLIENT,
    Heading.COMPANY_IDS,
    Heading.LAST_INVOICE,
    Heading.RECURRING_INVOICE,
    Heading.ASSIGNMENT,
    Heading.EXCLUDED,
    Heading.USE_GLOBAL,
    Heading.DROP_AZURE,
    Heading.COLLAPSE_AZURE,
    Heading.DROP_FAVORABLE_PRORATES,
    Heading.DROP_ZERO_DOLLAR,
    Heading.CHECK,
]
CELLS = "Pax8,7,Ash Dental,c2 c1,412,,Last,FALSE,TRUE,FALSE,FALSE,FALSE,TRUE,r0123456789".split(",")
ROW = ImportedRow(
    number=2,
    integration="Pax8",
    client_id=7,
    client="Ash Dental",
    company_ids=("c1", "c2"),
    settings={
        Setting.LAST_INVOICE_ID: 412,
        Setting.RECURRING_INVOICE_ID: None,
        Setting.ASSIGNMENT: Assignment.LAST,
        Setting.EXCLUDED: False,
        Setting.USE_GLOBAL: True,
        Setting.DROP_AZURE: False,
        Setting.COLLAPSE_AZURE: False,
        Setting.DROP_FAVORABLE_PRORATES: False,
        Setting.DROP_ZERO_DOLLAR: True,
    },
    check="r0123456789",
)


def file(*rows: list[str], headings: list[str] | None = None, delimiter: str = ",", end: str = "\n") -> bytes:
    lines = [HEADINGS if headings is None else headings, *rows]
    return "".join(delimiter.join(line) + end for line in lines).encode()


def with_cell(heading: Heading, cell: str) -> list[str]:
    cells = list(CELLS)
    cells[HEADINGS.index(heading)] = cell
    return cells


def only_row(content: bytes) -> ImportedRow:
    imported = read_import(content)
    assert imported.unreadable == ()
    (row,) = imported.rows
    return row


def why_not(row: list[str]) -> str:
    imported = read_import(file(row))
    assert imported.rows == ()
    (refused,) = imported.unreadable
    assert refused.number == 2
    return refused.why


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_the_file_is_read_whatever_a_spreadsheet_separates_cells_and_rows_with(
    delimiter: str, end: str, bom: bytes
) -> None:
    assert only_row(bom + file(CELLS, delimiter=delimiter, end=end)) == ROW


def test_quoted_cells_are_read_with_the_separators_and_line_ends_in_them() -> None:
    quoted = [f'"{cell}"' for cell in with_cell(Heading.CLIENT, 'Ash; "the" \r\nDental, Ltd'.replace('"', '""'))]
    headings = [f'"{heading}"' for heading in HEADINGS]

    assert only_row(file(quoted, headings=headings, delimiter=";")).client == 'Ash; "the" \r\nDental, Ltd'


def test_columns_may_stand_in_any_order_with_others_between_them() -> None:
    headings = ["My notes", *reversed(HEADINGS), "Status"]

    assert only_row(file(["call them", *reversed(CELLS), "Mapped"], headings=headings)) == ROW


def test_a_cell_that_was_neutralised_is_restored() -> None:
    assert only_row(file(with_cell(Heading.CLIENT, "'=cmd()"))).client == "=cmd()"
    assert only_row(file(with_cell(Heading.CLIENT, "'t Hooft"))).client == "'t Hooft"


def test_blank_rows_are_passed_over_and_counted() -> None:
    content = file([""] * len(HEADINGS), CELLS, [" "] * len(HEADINGS))

    assert only_row(content).number == 3


@pytest.mark.parametrize("cell", ["TRUE", "true", "True", " yes ", "YES", "1"])
def test_a_flag_is_on(cell: str) -> None:
    assert only_row(file(with_cell(Heading.EXCLUDED, cell))).settings[Setting.EXCLUDED] is True


@pytest.mark.parametrize("cell", ["FALSE", "false", "No", "0"])
def test_a_flag_is_off(cell: str) -> None:
    assert only_row(file(with_cell(Heading.USE_GLOBAL, cell))).settings[Setting.USE_GLOBAL] is False


@pytest.mark.parametrize(
    ("cell", "assignment"),
    [
        ("Default", None),
        ("default", None),
        ("New", Assignment.NEW),
        (" LAST", Assignment.LAST),
        ("recurring", "recurring"),
    ],
)
def test_an_assignment_is_read_in_any_case(cell: str, assignment: Assignment | None) -> None:
    assert only_row(file(with_cell(Heading.ASSIGNMENT, cell))).settings[Setting.ASSIGNMENT] == assignment


@pytest.mark.parametrize(("cell", "number"), [("-7", -7), ("412.0", 412), (" 12 ", 12), ("", None)])
def test_an_invoice_is_a_whole_number_or_nothing(cell: str, number: int | None) -> None:
    assert only_row(file(with_cell(Heading.RECURRING_INVOICE, cell))).settings[Setting.RECURRING_INVOICE_ID] == number


def test_a_company_that_is_named_twice_is_one() -> None:
    assert only_row(file(with_cell(Heading.COMPANY_IDS, " c1  c1 "))).company_ids == ("c1",)


@pytest.mark.parametrize(
    ("heading", "cell", "why"),
    [
        (Heading.EXCLUDED, "maybe", "Exclude “maybe” is neither TRUE nor FALSE."),
        (Heading.DROP_AZURE, "", "Drop Azure Lines “” is neither TRUE nor FALSE."),
        (Heading.ASSIGNMENT, "Never", "Assignment “Never” is none of Default, New, Last and Recurring."),
        (Heading.LAST_INVOICE, "1.23E+18", "Last (# Invoice) “1.23E+18” is no whole number."),
        (Heading.RECURRING_INVOICE, "12.5", "Recurring (# Invoice) “12.5” is no whole number."),
        (Heading.LAST_INVOICE, "x" * 99, f"Last (# Invoice) “{'x' * 40}…” is no whole number."),
        (Heading.CLIENT_ID, "seven", "Halo Id “seven” is no whole number."),
        (Heading.CLIENT_ID, "", "Halo Id is empty."),
    ],
)
def test_a_value_that_cannot_be_read_refuses_its_row_only(heading: Heading, cell: str, why: str) -> None:
    assert why_not(with_cell(heading, cell)) == why

    imported = read_import(file(with_cell(heading, cell), with_cell(Heading.CLIENT_ID, "8")))

    assert [row.client_id for row in imported.rows] == [8]


def test_a_row_that_ends_early_is_refused() -> None:
    assert why_not(CELLS[:5]) == "The row ends before its last column."


def test_a_refused_row_says_whose_it_is() -> None:
    (refused,) = read_import(file(with_cell(Heading.EXCLUDED, "<b>"))).unreadable

    assert refused == Refused(2, "Ash Dental", "Exclude “<b>” is neither TRUE nor FALSE.")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf \r\n \r\n", "The file is empty."),
        (b"PK\x03\x04rest of a workbook", "This is a workbook, not a CSV file."),
        (b"\xd0\xcf\x11\xe0rest of an old workbook", "This is a workbook, not a CSV file."),
        (file(with_cell(Heading.CLIENT, "Müller")).decode().encode("cp1252"), "not UTF-8 text. Save it as “CSV UTF-8”"),
        (file(CELLS).decode().encode("utf-16"), "not UTF-8 text"),
        (b"\x89PNG\r\n\x1a\n", "not UTF-8 text"),
        (b"name,amount\r\nAsh,1\r\n", "The first row holds no headings."),
        (file(headings=None), "The file holds headings only"),
        (file(CELLS, CELLS), "Halo Id 7 stands in rows 2 and 3."),
        (file(CELLS, headings=[*HEADINGS[:-1], "Exclude"]), "lacks columns: Row Check"),
        (file([*CELLS, ""], headings=[*HEADINGS, "Exclude"]), "A heading stands in the file twice."),
        (file(CELLS[2:], headings=HEADINGS[2:]), "The file lacks columns: Integration, Halo Id."),
        (file(CELLS) + b'Pax8,8,"Ash', "The file breaks off or is no CSV file after row 2"),
        (b"\x00\x01\x02\x03", "The first row holds no headings."),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_as_a_whole(content: bytes, message: str) -> None:
    with pytest.raises(DomainError) as refused:
        read_import(content)

    assert message in str(refused.value)


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(DomainError, match="larger than 64 MB"):
        read_import(bytes(module.MAX_BYTES + 1))


def test_too_many_rows_are_refused() -> None:
    rows = [with_cell(Heading.CLIENT_ID, str(number)) for number in range(module.MAX_ROWS + 1)]

    with pytest.raises(DomainError, match="more than 100,000 rows"):
        read_import(file(*rows))

    assert len(read_import(file(*rows[:-1])).rows) == module.MAX_ROWS


def test_a_cell_without_an_end_is_not_taken_for_the_rest_of_the_file() -> None:
    content = file(CELLS) + b'"' + b"x" * 200_000

    with pytest.raises(DomainError, match="after row 2"):
        read_import(content)
