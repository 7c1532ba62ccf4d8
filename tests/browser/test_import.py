"""Import: an exported CSV comes back edited, is reviewed, applied as one batch, and taken back by one undo."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from billingbot.domain.match import ClientStatus
from billingbot.domain.party import Company
from tests.browser.activity_page import ActivityPage
from tests.browser.client_page import ClientPage, RunningApp
from tests.browser.dialogs import bring_into_sight, open_tool
from tests.browser.edited_files import CHANGES, expect_excluded, export, exported, parsed, upload
from tests.browser.unused_clients import ListedClient, UnusedClients
from tests.unit.jobs.import_files import ClientFile

IMG = "<img src=x onerror=alert(1)>"


@pytest.fixture
def pair(clients: UnusedClients) -> tuple[ListedClient, ListedClient]:
    return clients.take(ClientStatus.MAPPED), clients.take(ClientStatus.MAPPED)


def test_a_file_that_nobody_edited_changes_nothing_whatever_the_names(page: ClientPage, shared_app: RunningApp) -> None:
    everybody = len(shared_app.sandbox.data.clients)
    content = export(page)
    dialog = upload(page, content)
    nothing = f"0 changes of 0 clients · 0 rows refused · {everybody} rows unchanged"
    dialog.expect_text(nothing)
    dialog.expect_text("Nothing of this file would change anything.")

    dialog.upload("resaved.csv", ClientFile(*parsed(content)).content(";", "\n"))

    expect(dialog.root.get_by_text("resaved.csv")).to_be_visible()
    dialog.expect_text(nothing)
    expect(dialog.root.get_by_role("button", name="Apply")).to_be_hidden()
    dialog.button("Close").last.click()
    dialog.expect_closed()


def test_an_edited_file_is_reviewed_applied_as_one_batch_and_undone_as_one(
    page: ClientPage, shared_app: RunningApp, clients: UnusedClients, companies: Iterator[Company]
) -> None:
    billed, unlinked, excluded = (clients.take(ClientStatus.MAPPED) for _ in range(3))
    linked, company = clients.take(ClientStatus.UNMAPPED), next(companies)
    invoice = str(shared_app.sandbox.control.add_invoice(billed.client_id))
    file = exported(page)
    file.edit(billed.client_id, Assignment="Last")
    file.set(billed.client_id, "Last (# Invoice)", invoice)
    file.edit(unlinked.client_id, Company_Ids="")
    file.edit(excluded.client_id, Exclude="yes")
    file.edit(linked.client_id, Company_Ids=company.company_id)

    dialog = upload(page, file.content())

    dialog.expect_text(f"5 changes of 4 clients · 0 rows refused · {len(file.rows) - 4} rows unchanged")
    assert sorted(dialog.table(CHANGES).records("Halo Client", "What", "Before", "After")) == sorted(
        [
            (billed.name, "Last invoice", "none", invoice),
            (billed.name, "Assignment", "Default (New)", "Last"),
            (unlinked.name, "Distributor Client", unlinked.companies, "none"),
            (excluded.name, "Exclude", "off", "on"),
            (linked.name, "Distributor Client", "none", company.name),
        ]
    )
    dialog.button("Apply 5 changes").click()
    dialog.expect_closed()
    expect(page.notice).to_have_text("Imported 5 changes of 4 clients.")
    expect(bring_into_sight(page, billed.client_id).locator("[col-id=last_invoice_id]")).to_have_text(invoice)
    expect(page.tick(billed.client_id, "last")).to_have_attribute("aria-checked", "true")
    expect(bring_into_sight(page, unlinked.client_id).locator("[col-id=status]")).not_to_have_text("Mapped")
    expect_excluded(page, excluded)
    expect(bring_into_sight(page, linked.client_id).locator("[col-id=companies] .name")).to_have_text(company.name)
    page.undo_button.click()
    expect_excluded(page, excluded, excluded=False)
    for client, status in ((billed, "Mapped"), (unlinked, "Mapped"), (linked, "Unmapped")):
        expect(bring_into_sight(page, client.client_id).locator("[col-id=status]")).to_have_text(status)
    expect(bring_into_sight(page, billed.client_id).locator("[col-id=last_invoice_id]")).to_have_text("")
    expect(page.tick(billed.client_id, "new")).to_have_attribute("aria-checked", "true")


def test_activity_shows_the_import_with_its_file_and_undoes_it(
    page: ClientPage, shared_app: RunningApp, pair: tuple[ListedClient, ListedClient]
) -> None:
    file = exported(page)
    for client in pair:
        file.edit(client.client_id, Exclude="TRUE")
    dialog = upload(page, file.content(), "month end.csv")
    dialog.button("Apply 2 changes").dblclick()
    dialog.expect_closed()
    for client in pair:
        expect_excluded(page, client)

    activity = ActivityPage.open(page.page.context, shared_app.url)
    activity.search_box.fill("month end.csv")
    activity.expect_rows(1)
    activity.click_row(0)
    expect(activity.title).to_have_text("Changed the settings of 2 clients")
    expect(activity.details).to_contain_text("Imported from month end.csv.")
    activity.button("Undo …").click()
    activity.button("Undo all of it").click()

    expect(activity.notice).to_contain_text("Undone.")
    for client in pair:
        expect_excluded(page, client, excluded=False)
    activity.page.close()


def test_companies_of_two_clients_are_swapped_in_one_import(
    page: ClientPage, pair: tuple[ListedClient, ListedClient]
) -> None:
    first, second = pair
    file = exported(page)
    place = file.headings.index("Company Ids")
    theirs = [file.row(client.client_id)[place] for client in pair]
    file.edit(first.client_id, Company_Ids=theirs[1])
    file.edit(second.client_id, Company_Ids=theirs[0])

    dialog = upload(page, file.content())
    dialog.button("Apply 2 changes").click()
    dialog.expect_closed()

    for client, other in ((first, second), (second, first)):
        companies = bring_into_sight(page, client.client_id).locator("[col-id=companies] .name")
        expect(companies).to_have_text(other.companies)


@pytest.mark.parametrize("way_out", ["Cancel", "Escape"])
def test_leaving_the_review_changes_nothing(
    page: ClientPage, pair: tuple[ListedClient, ListedClient], way_out: str
) -> None:
    file = exported(page)
    file.edit(pair[0].client_id, Exclude="TRUE")
    dialog = upload(page, file.content())
    dialog.expect_text("1 change of 1 client")

    if way_out == "Escape":
        dialog.escape()
    else:
        dialog.button(way_out).click()
        dialog.expect_closed()

    expect_excluded(page, pair[0], excluded=False)
    expect(page.notice).to_be_hidden()
    again = open_tool(page, "Import")
    expect(again.table(CHANGES).region).to_be_hidden()


def test_hostile_names_go_through_file_review_grid_and_activity_as_they_are(
    page: ClientPage, shared_app: RunningApp
) -> None:
    alerts: list[str] = []
    page.page.on("dialog", lambda alert: alerts.append(alert.message))
    hostile = [
        client for client in shared_app.sandbox.data.clients if client.name.startswith(("<", "=", "+", "-", "@"))
    ]
    assert len(hostile) == 6
    file = exported(page)
    for client in hostile:
        file.edit(client.client_id, Exclude="TRUE")

    dialog = upload(page, file.content(), f"=cmd() {IMG}.csv".replace("/", ""))

    dialog.expect_text("6 changes of 6 clients · 0 rows refused")
    assert sorted(dialog.table(CHANGES).cells("Halo Client")) == sorted(client.name for client in hostile)
    dialog.button("Apply 6 changes").click()
    dialog.expect_closed()
    activity = ActivityPage.open(page.page.context, shared_app.url)
    activity.click_row(0)
    for client in hostile:
        expect(activity.details).to_contain_text(client.name)
    expect(activity.details).to_contain_text(f"Imported from =cmd() {IMG}.csv.")
    assert page.page.locator("img[src=x]").count() + activity.page.locator("img[src=x]").count() == 0
    activity.page.close()
    again = upload(page, export(page))
    again.expect_text("0 changes of 0 clients · 0 rows refused")
    assert alerts == []
