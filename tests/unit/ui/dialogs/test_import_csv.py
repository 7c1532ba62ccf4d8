"""Import: upload, review, apply."""

import csv
from io import StringIO

from billingbot.domain.client_settings import Setting
from billingbot.domain.match import ClientStatus
from billingbot.exports.csv_file import csv_file
from billingbot.jobs.export_clients import client_table
from billingbot.ui.client_page import DialogKind
from tests.unit.jobs.import_files import ClientFile
from tests.unit.ui.dialogs.dialog_page import HOSTILE, Desk, DialogPage
from tests.unit.ui.dialogs.tables import table_with


def exported(desk: Desk) -> ClientFile:
    pax8 = desk.app.store.integration("pax8")
    table = client_table(desk.app.store, pax8, None, "", desk.app.now())
    headings, *rows = csv.reader(StringIO(csv_file(table, bom=False).decode(), newline=""))
    return ClientFile(headings, rows)


def opened(desk: Desk) -> DialogPage:
    page = desk.page()
    page.state.open(DialogKind.IMPORT, [])
    return page.run()


def upload(page: DialogPage, content: bytes, name: str = "clients.csv") -> DialogPage:
    page.at.file_uploader[0].set_value((name, content, "text/csv"))
    return page.run()


def test_at_first_there_is_only_a_place_for_the_file(desk: Desk) -> None:
    page = opened(desk)

    assert page.buttons() == ["Close"]
    assert page.at.file_uploader[0].allowed_type == [".csv"]
    assert "Export the clients as CSV" in page.said()


def test_an_untouched_file_changes_nothing_and_says_so(desk: Desk) -> None:
    page = upload(opened(desk), exported(desk).content())

    assert "Nothing of this file would change anything." in page.said()
    assert "0 rows refused · 60 rows unchanged" in page.said()
    assert page.buttons() == ["Close"]


def test_an_edited_file_is_reviewed_applied_and_undone_as_one(desk: Desk) -> None:
    mapped, suggested = desk.client(ClientStatus.MAPPED), desk.client(ClientStatus.SUGGESTED)
    free = desk.app.store.free_companies("pax8")[0]
    file = exported(desk)
    file.edit(mapped, Exclude="TRUE", Company_Ids="")
    file.edit(suggested, Company_Ids=free.company_id, Assignment="Never")
    file.edit(desk.client(ClientStatus.REVIEW), Assignment="Recurring")
    page = upload(opened(desk), file.content())

    changes = table_with(page, "Before")
    assert changes["What"].tolist().count("Distributor Client") == 1
    assert len(changes) == 3
    assert table_with(page, "Why")["Why"].tolist() == [
        "Assignment “Never” is none of Default, New, Last and Recurring."
    ]
    assert "3 changes of 2 clients · 1 row refused · 57 rows unchanged" in page.said()
    assert "the other rows can be applied all the same" in page.said()
    assert "Apply 3 changes" in page.buttons()

    page.click("save")

    notice = page.state.notice
    assert notice is not None
    assert notice.text == "Imported 3 changes of 2 clients. 1 row refused."
    assert page.state.dialog is None
    assert desk.settings(mapped).excluded
    assert desk.links(mapped) == []
    assert desk.app.store.history("pax8", mapped, 1)[0].reason == "Imported from clients.csv."

    desk.app.store.undo(notice.batch, desk.app.stamp("ann"))

    assert len(desk.links(mapped)) == 1
    assert not desk.settings(mapped).excluded


def test_a_file_that_cannot_be_used_is_refused_in_a_sentence_and_another_can_be_tried(desk: Desk) -> None:
    page = upload(opened(desk), b"PK\x03\x04 a workbook")
    assert "This is a workbook, not a CSV file." in page.errors()[0]
    assert page.buttons() == ["Close"]

    upload(page, exported(desk).content())

    assert page.errors() == []
    assert "60 rows unchanged" in page.said()


def test_a_file_of_another_integration_is_refused_as_a_whole(desk: Desk) -> None:
    file = exported(desk)
    for row in file.rows:
        row[0] = HOSTILE

    page = upload(opened(desk), file.content())

    assert "not of Pax8" in page.errors()[0]
    assert HOSTILE not in page.said()


def test_a_changed_target_is_read_from_halo(desk: Desk) -> None:
    halo = desk.app.connections.halo
    assert halo is not None
    invoices = [
        (row["client_id"], invoice)
        for _, row in desk.app.store.client_rows("pax8").iterrows()
        for invoice in halo.invoices(row["client_id"])
    ]
    owner, open_one = next((owner, invoice) for owner, invoice in invoices if not invoice.refusal)
    other, closed = next(
        (owner, invoice) for owner, invoice in invoices if invoice.refusal and owner != open_one.client_id
    )
    file = exported(desk)
    file.set(owner, "Last (# Invoice)", str(open_one.invoice_id))
    file.set(other, "Last (# Invoice)", str(closed.invoice_id))

    page = upload(opened(desk), file.content())

    (why,) = table_with(page, "Why")["Why"]
    assert why.startswith(f"HaloPSA says that invoice {closed.invoice_id} cannot take charges.")
    page.click("save")
    assert desk.settings(owner).last_invoice_id == open_one.invoice_id
    assert desk.settings(other).last_invoice_id is None


def test_somebody_who_was_faster_stops_all_and_the_file_is_compared_again(desk: Desk) -> None:
    mapped, review = desk.client(ClientStatus.MAPPED), desk.client(ClientStatus.REVIEW)
    file = exported(desk)
    file.edit(mapped, Exclude="TRUE")
    file.edit(review, Exclude="TRUE")
    page = upload(opened(desk), file.content())
    desk.edit(mapped, {Setting.LAST_INVOICE_ID: 5})

    page.click("save")

    assert "nothing was saved" in page.said()
    assert not desk.settings(review).excluded
    assert "last by bob" in table_with(page, "Why")["Why"].iloc[0]

    page.click("save")

    assert desk.settings(review).excluded
    assert not desk.settings(mapped).excluded


def test_taking_the_file_away_takes_the_review_away(desk: Desk) -> None:
    file = exported(desk)
    file.edit(desk.client(ClientStatus.MAPPED), Exclude="TRUE")
    page = upload(opened(desk), file.content())
    assert "Apply 1 change" in page.buttons()

    page.at.file_uploader[0].set_value(None)
    page.run()

    assert page.buttons() == ["Close"]
    assert page.tables() == []
