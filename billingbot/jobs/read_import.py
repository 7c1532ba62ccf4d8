"""Read a file of clients that an operator edited: from bytes to rows, whatever they ask for."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from billingbot.domain.client_settings import SettingValue
from billingbot.domain.integration import Assignment
from billingbot.errors import DomainError
from billingbot.exports.csv_file import plain_cell
from billingbot.jobs.client_file import DEFAULT, SETTING_COLUMNS, Heading
from billingbot.jobs.client_values import Settings

# As many as an upload may have.
MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 100_000
_READ = (Heading.INTEGRATION, Heading.CLIENT_ID, Heading.CLIENT, Heading.COMPANY_IDS, *SETTING_COLUMNS, Heading.CHECK)
# Characters of a cell that a refusal quotes.
_SHOWN = 40
_WHOLE = re.compile(r"-?[0-9]{1,19}(\.0+)?")
_ASSIGNMENTS: Mapping[str, Assignment | None] = {
    DEFAULT.lower(): None,
    **{assignment.value: assignment for assignment in Assignment},
}
_FLAGS: Mapping[str, bool] = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """What the file says of a client. `number` is the row as a spreadsheet counts them: the headings are row 1."""

    number: int
    integration: str
    client_id: int
    client: str
    company_ids: tuple[str, ...]
    settings: Settings
    check: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not carried out, and why, in a sentence."""

    number: int
    client: str
    why: str


@dataclass(frozen=True, slots=True)
class ImportedRows:
    """The rows of a file in their order, and those that could not be read."""

    rows: tuple[ImportedRow, ...]
    unreadable: tuple[Refused, ...]


def read_import(content: bytes) -> ImportedRows:
    """Return what a CSV file says: UTF-8, comma, semicolon or tab, headings first, columns in any order.

    Raises `DomainError` when the file as a whole cannot be used, with a sentence that says what to do.
    """
    table = _table(_text(content))
    places = _places(table[0][1])
    rows: list[ImportedRow] = []
    unreadable: list[Refused] = []
    for number, cells in table[1:]:
        row = _row(number, cells, places)
        if isinstance(row, Refused):
            unreadable.append(row)
        else:
            rows.append(row)
    if not rows and not unreadable:
        raise DomainError("The file holds headings only: there is nothing to import.")
    _refuse_repeated(rows)
    return ImportedRows(tuple(rows), tuple(unreadable))


def _text(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise DomainError(f"The file is larger than {MAX_BYTES // 2**20} MB. Import it in parts.")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise DomainError("This is a workbook, not a CSV file. Save it as “CSV UTF-8” and upload that.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DomainError("The file is not UTF-8 text. Save it as “CSV UTF-8” and upload that.") from error
    if not text.strip():
        raise DomainError("The file is empty.")
    return text


def _table(text: str) -> list[tuple[int, list[str]]]:
    """Return the rows that are not blank, with their numbers; the first are the headings."""
    table: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                table.append((number, cells))
            if len(table) > MAX_ROWS + 1:
                raise DomainError(f"The file has more than {MAX_ROWS:,} rows. Import it in parts.")
    except csv.Error as error:
        raise DomainError(f"The file breaks off or is no CSV file after row {len(table)}: {error}.") from error
    return table


def _delimiter(text: str) -> str:
    """Return the separator under which the first line holds most headings: no heading holds one itself."""
    first = re.split(r"[\r\n]", text.lstrip(), maxsplit=1)[0]
    return max(",;\t", key=lambda delimiter: len(_known(first.split(delimiter))))


def _known(cells: Sequence[str]) -> list[str]:
    return [name for cell in cells if (name := cell.strip().strip('"').strip()) in _READ]


def _places(headings: Sequence[str]) -> Mapping[Heading, int]:
    known = _known(headings)
    if not known:
        raise DomainError("The first row holds no headings. Import a CSV file that was exported here.")
    if missing := [heading.value for heading in _READ if heading not in known]:
        raise DomainError(f"The file lacks columns: {', '.join(missing)}. Export it again and keep all columns.")
    if len(known) > len(_READ):
        raise DomainError("A heading stands in the file twice. Keep each column once.")
    names = [heading.strip() for heading in headings]
    return {heading: names.index(heading) for heading in _READ}


def _row(number: int, cells: Sequence[str], places: Mapping[Heading, int]) -> ImportedRow | Refused:
    if len(cells) <= max(places.values()):
        return Refused(number, "", "The row ends before its last column.")
    row = {heading: plain_cell(cells[place]) for heading, place in places.items()}
    try:
        settings = {setting: _setting(heading, row[heading]) for heading, setting in SETTING_COLUMNS.items()}
        client_id = _whole(Heading.CLIENT_ID, row[Heading.CLIENT_ID])
        if client_id is None:
            raise DomainError("Halo Id is empty.")
    except DomainError as error:
        return Refused(number, row[Heading.CLIENT], str(error))
    return ImportedRow(
        number,
        row[Heading.INTEGRATION],
        client_id,
        row[Heading.CLIENT],
        tuple(sorted(set(row[Heading.COMPANY_IDS].split()))),
        settings,
        row[Heading.CHECK].strip(),
    )


def _setting(heading: Heading, cell: str) -> SettingValue:
    if heading in (Heading.LAST_INVOICE, Heading.RECURRING_INVOICE):
        return _whole(heading, cell)
    word = cell.strip().lower()
    if heading is Heading.ASSIGNMENT:
        if word in _ASSIGNMENTS:
            return _ASSIGNMENTS[word]
        raise DomainError(f"{heading} “{_short(cell)}” is none of Default, New, Last and Recurring.")
    if word in _FLAGS:
        return _FLAGS[word]
    raise DomainError(f"{heading} “{_short(cell)}” is neither TRUE nor FALSE.")


def _whole(heading: Heading, cell: str) -> int | None:
    """Read an id. Some spreadsheets write 12 as 12.0."""
    if not cell.strip():
        return None
    if not _WHOLE.fullmatch(cell.strip()):
        raise DomainError(f"{heading} “{_short(cell)}” is no whole number.")
    return int(cell.strip().split(".")[0])


def _short(cell: str) -> str:
    return cell if len(cell) <= _SHOWN else f"{cell[:_SHOWN]}…"


def _refuse_repeated(rows: Sequence[ImportedRow]) -> None:
    """Refuse a file in which a client stands twice: nobody can tell which row is meant."""
    places: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        places[row.client_id].append(row.number)
    for client_id, numbers in places.items():
        if len(numbers) > 1:
            where = " and ".join(str(number) for number in numbers[:2])
            raise DomainError(f"Halo Id {client_id} stands in rows {where}. Keep one row for each client.")
