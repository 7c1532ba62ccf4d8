"""The law of the import: a file that nobody edited asks for nothing, whatever names it holds and who saved it."""

import csv
import unicodedata
from collections.abc import Callable, Sequence
from io import BytesIO, StringIO

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billingbot.domain.client_settings import Setting, SettingValue
from billingbot.domain.decision import EditSettings, LinkCompany, Stamp
from billingbot.domain.integration import Assignment, Integration
from billingbot.domain.party import Client, Company
from billingbot.exports.csv_file import csv_file
from billingbot.jobs.client_values import standings
from billingbot.jobs.compare_import import Comparison, Present, compare
from billingbot.jobs.export_clients import client_table, table_of
from billingbot.jobs.read_import import read_import
from tests.fakes import NOON
from tests.unit.jobs.conftest import Desk
from tests.unit.jobs.import_files import review
from tests.unit.store.refreshes import fetched, refresh

HOSTILE = [
    "=cmd()",
    "'=cmd()",
    "''=cmd()",
    "'t Hooft",
    "'",
    "＝1+1",
    " \t=1",
    "\u00a0-1",
    "@SUM(A1)",
    "-12",
    "<img src=x onerror=alert(1)>",
    'Say "hi"; now, \tthere',
    "two\nlines",
    "two\r\nlines",
    "x" * 300,
    "شركة النور",
    "😀 GmbH",
    "e\u0301 and é",
    "TRUE",
    "0012",
    "1e5",
    "NaN",
    "",
]


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def semicolons(content: bytes) -> bytes:
    """Save the file as a spreadsheet in central Europe does."""
    out = StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(cells(content))
    return out.getvalue().encode()


def quoted_tabs(content: bytes) -> bytes:
    out = StringIO(newline="")
    csv.writer(out, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(cells(content))
    return out.getvalue().encode("utf-8-sig")


def as_it_is(content: bytes) -> bytes:
    return content


def composed(content: bytes) -> bytes:
    """Save the file as an editor does that writes é as one character."""
    return unicodedata.normalize("NFC", content.decode("utf-8-sig")).encode()


SPREADSHEETS = [as_it_is, semicolons, quoted_tabs]


def typed(cell: str) -> str | int | bool | None:
    """Return what a spreadsheet takes a cell for."""
    if cell in ("TRUE", "FALSE"):
        return cell == "TRUE"
    try:
        return int(cell) if str(int(cell)) == cell else cell
    except ValueError:
        return cell or None


def through_a_workbook(content: bytes) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in cells(content):
        sheet.append([typed(cell) for cell in row])
    stored = BytesIO()
    book.save(stored)
    out = StringIO(newline="")
    sheet = openpyxl.load_workbook(stored).active
    assert sheet is not None
    csv.writer(out).writerows(sheet.iter_rows(values_only=True))
    return out.getvalue().encode("utf-8-sig")


@st.composite
def client_tables(draw: st.DrawFn) -> pd.DataFrame:
    """Return rows of `Store.client_rows`, as far as an export reads them, about up to four clients."""
    names = st.text(max_size=300) | st.sampled_from(HOSTILE)
    ids = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40)
    big = st.none() | st.integers(-(2**63), 2**63 - 1)
    client_ids = draw(st.lists(st.integers(-(2**63), 2**63 - 1), unique=True, min_size=1, max_size=4))
    rows = [
        {
            "client_id": client_id,
            "client": draw(names),
            "companies": draw(names),
            "company_ids": " ".join(draw(st.lists(ids, unique=True, max_size=3))),
            "status": "Mapped",
            "score": draw(st.none() | st.floats(0, 100)),
            "reason": draw(names),
            "last_invoice_id": draw(big),
            "recurring_invoice_id": draw(big),
            "assignment": draw(st.sampled_from(Assignment)).value,
            **{
                flag: draw(st.booleans())
                for flag in (
                    "inherited",
                    "missing_target",
                    "excluded",
                    "use_global",
                    "drop_azure",
                    "collapse_azure",
                    "drop_favorable_prorates",
                    "drop_zero_dollar",
                )
            },
            "version": 0,
        }
        for client_id in client_ids
    ]
    numbers = {"client_id": "int64", "last_invoice_id": "Int64", "recurring_invoice_id": "Int64", "score": "float64"}
    return pd.DataFrame(rows, dtype="object").astype(numbers).infer_objects()


def compared(content: bytes, rows: pd.DataFrame, integration: Integration) -> Comparison:
    present = Present(
        integration, {now.client_id: now for now in standings(rows)}, frozenset(), frozenset(), companies={}, holders={}
    )
    return compare(read_import(content), present)


@settings(max_examples=150, deadline=None)
@given(
    rows=client_tables(),
    name=st.text(min_size=1, max_size=20),
    respelled=st.sampled_from(SPREADSHEETS),
    bom=st.booleans(),
)
def test_an_untouched_file_is_unchanged_for_every_table(
    rows: pd.DataFrame, name: str, respelled: Callable[[bytes], bytes], bom: bool
) -> None:
    integration = Integration("pax8", name)
    content = csv_file(table_of(rows, integration, "", NOON), bom=bom)

    assert compared(respelled(content), rows, integration) == Comparison((), (), (), len(rows))


@pytest.fixture
def hostile(desk: Desk) -> Desk:
    """A desk whose clients and companies have hostile names, with negative ids and decisions of each kind."""
    desk.halo.rows = [Client(-number, name) for number, name in enumerate(HOSTILE)]
    desk.pax8.rows = [Company(f"={number}'", name) for number, name in enumerate(HOSTILE)]
    refresh(desk.store, fetched(desk.halo.rows, desk.pax8.rows))
    edit: dict[Setting, SettingValue] = {
        Setting.ASSIGNMENT: Assignment.LAST,
        Setting.LAST_INVOICE_ID: -7,
        Setting.USE_GLOBAL: False,
    }
    links = [LinkCompany(company.company_id, -number // 2) for number, company in enumerate(desk.pax8.rows)]
    desk.store.decide("pax8", [*links, EditSettings(-3, 0, edit)], Stamp("b0", "ann", NOON))
    return desk


@pytest.mark.parametrize(
    "respelled", [*SPREADSHEETS, composed, through_a_workbook], ids=lambda function: function.__name__
)
def test_hostile_names_come_back_unchanged(hostile: Desk, respelled: Callable[[bytes], bytes]) -> None:
    pax8 = hostile.store.integrations()[0]
    content = csv_file(client_table(hostile.store, pax8, None, "", NOON), bom=True)

    plan = review(hostile, respelled(content))

    assert (plan.changes, plan.refused, plan.unchanged) == ((), (), len(HOSTILE))


@pytest.mark.parametrize("respelled", [*SPREADSHEETS, through_a_workbook], ids=lambda function: function.__name__)
def test_the_customers_of_the_sandbox_come_back_unchanged(desk: Desk, respelled: Callable[[bytes], bytes]) -> None:
    desk.sandbox_lists(240)
    desk.refresh()
    pax8 = desk.store.integrations()[0]
    content = csv_file(client_table(desk.store, pax8, None, "", NOON), bom=False)

    plan = review(desk, respelled(content))

    assert (plan.changes, plan.refused, plan.unchanged) == ((), (), 240)


def test_one_edited_cell_among_the_customers_of_the_sandbox_is_one_change(desk: Desk) -> None:
    desk.sandbox_lists(240)
    desk.refresh()
    pax8 = desk.store.integrations()[0]
    headings, *rows = cells(csv_file(client_table(desk.store, pax8, None, "", NOON), bom=False))
    rows[100][headings.index("Exclude")] = "TRUE"

    plan = review(desk, _saved([headings, *rows]))

    assert [change.client_id for change in plan.changes] == [int(rows[100][headings.index("Halo Id")])]
    assert plan.unchanged == 239


def _saved(rows: Sequence[Sequence[str]]) -> bytes:
    out = StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()
