"""Imports that cannot be carried out, or not wholly: bad files, rows that cannot be meant, others who are faster."""

import re

import pytest
from playwright.sync_api import expect

from billingbot.domain.match import ClientStatus
from tests.browser.client_page import ClientPage, RunningApp
from tests.browser.dialogs import Dialog, open_tool
from tests.browser.edited_files import CHANGES, REFUSED, exclude, expect_excluded, exported, upload
from tests.browser.unused_clients import ListedClient, UnusedClients
from tests.unit.jobs.import_files import ClientFile

APPLY = re.compile("^Apply ")
MEANWHILE = "Something changed meanwhile, so nothing was saved."


@pytest.fixture
def pair(clients: UnusedClients) -> tuple[ListedClient, ListedClient]:
    return clients.take(ClientStatus.MAPPED), clients.take(ClientStatus.MAPPED)


def refusals(dialog: Dialog) -> dict[str, str]:
    """Return why each client's row is refused, by the client's name."""
    return {client: why for client, why in dialog.table(REFUSED).records("Halo Client", "Why")}


def test_a_file_that_cannot_be_used_says_why_and_another_can_take_its_place(
    page: ClientPage, pair: tuple[ListedClient, ListedClient]
) -> None:
    file = exported(page)
    file.edit(pair[0].client_id, Exclude="TRUE")
    good = file.content()
    headings = good.split(b"\r\n")[0] + b"\r\n"
    other = ClientFile(file.headings, [["Twilio", *row[1:]] for row in file.rows])
    without_check = ClientFile(file.headings[:-1], [row[:-1] for row in file.rows])
    twice = ClientFile(file.headings, [*file.rows, file.row(pair[0].client_id)])
    unusable = {
        "picture": (
            b"\x89PNG\r\n\x1a\n\xff\xfe",
            "The file is not UTF-8 text. Save it as “CSV UTF-8” and upload that.",
        ),
        "utf-16": (good.decode().encode("utf-16"), "The file is not UTF-8 text."),
        "workbook": (b"PK\x03\x04rest", "This is a workbook, not a CSV file."),
        "empty": (b"", "The file is empty."),
        "blank": (b"\r\n \r\n", "The file is empty."),
        "prose": (b"Dear Ann,\r\nplease exclude Acme.\r\n", "The first row holds no headings."),
        "headings": (headings, "The file holds headings only: there is nothing to import."),
        "column": (without_check.content(), "The file lacks columns: Row Check."),
        "torn": (good + b'"Pax8,', "The file breaks off or is no CSV file after row"),
        "twice": (twice.content(), f"Halo Id {pair[0].client_id} stands in rows"),
        "other": (other.content(), "The file is of Twilio, not of Pax8."),
    }
    dialog = open_tool(page, "Import")

    for name, (content, sentence) in unusable.items():
        dialog.upload(f"{name}.csv", content)
        dialog.expect_text(f"{name}.csv")
        dialog.expect_text(sentence)
        expect(dialog.button(APPLY)).to_be_hidden()
        expect(dialog.table(CHANGES).region).to_be_hidden()

    dialog.upload("good.csv", good)
    dialog.expect_text("1 change of 1 client")
    expect(dialog.root).not_to_contain_text("The file is of Twilio")
    dialog.button("Cancel").click()
    dialog.expect_closed()
    expect(page.notice).to_be_hidden()
    expect_excluded(page, pair[0], excluded=False)


def test_files_that_come_faster_than_they_are_reviewed_leave_the_page_alive(page: ClientPage) -> None:
    broken: list[str] = []
    page.page.on("pageerror", lambda error: broken.append(str(error)))
    dialog = open_tool(page, "Import")
    unusable = {"prose.csv": (b"Dear Ann", "holds no headings"), "blank.csv": (b" ", "The file is empty.")}

    for number in range(12):
        for name, (content, sentence) in unusable.items():
            dialog.upload(name, content)
            # The next one comes while this one is drawn.
            dialog.expect_text(sentence if number % 2 else name)

    dialog.escape()
    assert broken == []


def test_a_file_that_is_taken_away_again_leaves_nothing_to_apply(
    page: ClientPage, pair: tuple[ListedClient, ListedClient]
) -> None:
    file = exported(page)
    file.edit(pair[0].client_id, Exclude="TRUE")
    dialog = upload(page, file.content())
    expect(dialog.button(APPLY)).to_be_visible()

    dialog.button(re.compile("^Remove ")).click()

    expect(dialog.button(APPLY)).to_be_hidden()
    expect(dialog.table(CHANGES).region).to_be_hidden()


def test_rows_that_cannot_be_meant_are_refused_with_reasons_and_the_others_applied(
    page: ClientPage, shared_app: RunningApp, clients: UnusedClients, pair: tuple[ListedClient, ListedClient]
) -> None:
    control = shared_app.sandbox.control
    good, holder = pair
    slipped, unknown, taken, bound, unreadable, foreign, posted, theirs, renumbered = (
        clients.take(ClientStatus.MAPPED) for _ in range(9)
    )
    closed = control.add_invoice(posted.client_id)
    control.post_invoice(closed)
    of_holder = control.add_invoice(holder.client_id)
    file = exported(page)
    held = file.row(holder.client_id)[file.headings.index("Company Ids")]
    file.edit(good.client_id, Exclude="TRUE")
    file.edit(slipped.client_id, Halo_Client="Somebody Else", Exclude="TRUE")
    file.edit(unknown.client_id, Company_Ids="nonsense")
    file.edit(taken.client_id, Company_Ids=held)
    file.edit(bound.client_id, Drop_Azure_Lines="TRUE")
    file.edit(unreadable.client_id, Exclude="perhaps")
    file.edit(foreign.client_id, Integration="Twilio", Exclude="TRUE")
    file.set(posted.client_id, "Last (# Invoice)", str(closed))
    file.set(theirs.client_id, "Last (# Invoice)", str(of_holder))
    file.edit(renumbered.client_id, Exclude="TRUE", Halo_Id="987654321")

    dialog = upload(page, file.content())

    dialog.expect_text(f"1 change of 1 client · 9 rows refused · {len(file.rows) - 10} rows unchanged")
    assert refusals(dialog) == {
        "Somebody Else": f"Client {slipped.client_id} is “{slipped.name}” here. The row may have slipped; "
        "names are changed in HaloPSA.",
        unknown.name: "Pax8 lists no company nonsense.",
        taken.name: f"{holder.companies} is linked to {holder.name}.",
        bound.name: "With Global Setting on, the modifiers are those of Pax8. Set Global Setting to FALSE as well.",
        unreadable.name: "Exclude “perhaps” is neither TRUE nor FALSE.",
        foreign.name: "The row is of Twilio, not of Pax8.",
        posted.name: f"HaloPSA says that invoice {closed} cannot take charges. "
        "Posted: HaloPSA does not change it any more.",
        theirs.name: f"HaloPSA says that invoice {of_holder} belongs to another client, {holder.client_id}.",
        renumbered.name: "HaloPSA has no client 987654321.",
    }
    dialog.button("Apply 1 change").click()
    dialog.expect_closed()
    expect(page.notice).to_have_text("Imported 1 change of 1 client. 9 rows refused.")
    expect_excluded(page, good)
    for client in (slipped, unreadable, foreign):
        expect_excluded(page, client, excluded=False)


def test_a_modifier_is_taken_when_its_row_leaves_global_setting_too(
    page: ClientPage, pair: tuple[ListedClient, ListedClient]
) -> None:
    file = exported(page)
    file.edit(pair[0].client_id, Global_Setting="FALSE", Drop_Azure_Lines="TRUE")

    dialog = upload(page, file.content())

    dialog.expect_text("2 changes of 1 client · 0 rows refused")
    whats = dialog.table(CHANGES).records("What", "Before", "After")
    assert sorted(whats) == [("Drop Azure Lines", "off", "on"), ("Global Setting", "on", "off")]


def test_a_row_of_a_client_that_was_changed_since_the_export_is_refused_and_others_are_not_reverted(
    page: ClientPage, other: ClientPage, clients: UnusedClients, pair: tuple[ListedClient, ListedClient]
) -> None:
    stale, untouched = pair
    fresh = clients.take(ClientStatus.MAPPED)
    file = exported(page)
    for client in pair:
        exclude(other, client)
    file.edit(stale.client_id, Assignment="New")
    file.edit(fresh.client_id, Exclude="TRUE")

    dialog = upload(page, file.content())

    dialog.expect_text("1 change of 1 client · 1 row refused")
    why = "Changed here since the export, last by operator, or its Row Check is not its own. Export it again."
    assert refusals(dialog) == {stale.name: why}
    dialog.button("Apply 1 change").click()
    dialog.expect_closed()
    for client in (stale, untouched, fresh):
        expect_excluded(page, client)


def test_what_a_second_operator_changes_between_review_and_click_stops_all_and_is_reviewed_anew(
    page: ClientPage, other: ClientPage, pair: tuple[ListedClient, ListedClient]
) -> None:
    theirs, mine = pair
    file = exported(page)
    file.edit(theirs.client_id, Assignment="New")
    file.edit(mine.client_id, Exclude="TRUE")
    dialog = upload(page, file.content())
    dialog.expect_text("2 changes of 2 clients")
    exclude(other, theirs)

    dialog.button("Apply 2 changes").click()

    dialog.expect_text(MEANWHILE)
    dialog.expect_text(f"{theirs.name} was changed by operator meanwhile.")
    expect_excluded(other, mine, excluded=False)
    dialog.expect_text("1 change of 1 client · 1 row refused")
    assert list(refusals(dialog)) == [theirs.name]
    dialog.button("Apply 1 change").click()
    dialog.expect_closed()
    expect_excluded(page, mine)
    expect_excluded(page, theirs)
