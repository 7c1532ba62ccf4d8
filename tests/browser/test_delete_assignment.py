"""Delete Assignment in a browser: what goes, what stays, and that no refresh brings it back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from billingbot.domain.match import ClientStatus
from billingbot.domain.party import Company
from tests.browser.client_dialog import ClientDialog, pick_invoice
from tests.browser.client_page import REFRESH_MILLISECONDS, ClientPage, RunningApp
from tests.browser.dialogs import bring_into_sight
from tests.browser.unused_clients import UnusedClients


def delete(page: ClientPage, client_id: int) -> ClientDialog:
    return ClientDialog.open(page, client_id, "Delete Assignment")


def add_company(page: ClientPage, client_id: int, company: Company) -> None:
    dialog = ClientDialog.open(page, client_id, "Assign Company")
    dialog.search(company.company_id)
    expect(dialog.table("Companies").rows).to_have_count(1)
    page.wait_until_idle()
    dialog.table("Companies").click_box(company.company_id)
    dialog.press("Assign")


def test_it_says_what_goes_and_what_stays_and_undo_brings_the_link_back(
    page: ClientPage, clients: UnusedClients
) -> None:
    client = clients.take(ClientStatus.MAPPED)
    name = page.row(client.client_id).locator("[col-id=companies] .name")
    dialog = delete(page, client.client_id)
    for text in (
        client.companies,
        "of 100 · linked automatically",
        "Its charges are assigned to no client from now on, and not billed.",
        "Billing rules and target invoices of the client stay.",
        "no refresh of Pax8 brings it back",
    ):
        dialog.expect_text(text)

    dialog.press("Delete assignment")

    expect(page.notice).to_contain_text(f"unlinked {client.companies}")
    expect(page.row(client.client_id).locator("[col-id=status]")).not_to_have_text("Mapped")
    page.undo_button.click()
    expect(name).to_have_text(client.companies)
    expect(page.row(client.client_id).locator("[col-id=status]")).to_have_text("Mapped")


@pytest.mark.parametrize("way", ["Escape", "Cancel", "Close"])
def test_leaving_deletes_nothing(page: ClientPage, clients: UnusedClients, way: str) -> None:
    client = clients.take(ClientStatus.MAPPED)

    delete(page, client.client_id).dismiss(way)

    expect(page.notice).to_be_hidden()
    expect(page.row(client.client_id).locator("[col-id=companies] .name")).to_have_text(client.companies)


def test_of_several_companies_it_asks_which(
    page: ClientPage, clients: UnusedClients, companies: Iterator[Company]
) -> None:
    client, second, third = clients.take(ClientStatus.MAPPED), next(companies), next(companies)
    for company in (second, third):
        add_company(page, client.client_id, company)
    name = page.row(client.client_id).locator("[col-id=companies] .name")
    expect(name).to_contain_text(third.name)

    dialog = delete(page, client.client_id)
    expect(dialog.button("Delete assignment")).to_be_disabled()
    boxes = dialog.root.get_by_role("checkbox")
    expect(boxes).to_have_count(3)
    for company in (second, third):
        dialog.root.locator("label").filter(has_text=company.name).click()
    dialog.press("Delete 2 assignments")

    expect(name).to_have_text(client.companies)
    expect(page.notice).to_contain_text("unlinked 2 companies")


def test_where_nothing_is_linked_the_action_says_so_and_so_does_the_dialog(
    page: ClientPage, shared_app: RunningApp, warm_context: BrowserContext, clients: UnusedClients
) -> None:
    client_id = clients.take(ClientStatus.UNMAPPED).client_id
    bring_into_sight(page, client_id)
    expect(page.action(client_id, "Delete Assignment")).to_have_attribute("aria-disabled", "true")
    expect(page.action(client_id, "Delete Assignment")).to_have_attribute(
        "title", "Delete Assignment: no company is linked"
    )

    tab = ClientPage.open(warm_context, f"{shared_app.url}?client={client_id}&dialog=delete_assignment")

    dialog = ClientDialog.shown(tab, "Delete Assignment")
    dialog.expect_text("No Pax8 company is linked to this client.")
    expect(dialog.button("Delete assignment")).to_be_hidden()
    tab.page.close()


def test_a_link_that_another_operator_deleted_meanwhile_is_said_to_be_gone(
    page: ClientPage, shared_app: RunningApp, warm_context: BrowserContext, clients: UnusedClients
) -> None:
    client = clients.take(ClientStatus.MAPPED)
    mine = delete(page, client.client_id)
    tab = ClientPage.open_with_rows(warm_context, shared_app.url)
    delete(tab, client.client_id).press("Delete assignment")
    tab.page.close()

    mine.button("Delete assignment").click()

    expect(mine.root.get_by_role("alert").first).to_contain_text(client.companies)
    mine.expect_text("No Pax8 company is linked to this client.")
    expect(mine.button("Delete assignment")).to_be_hidden()


def test_rules_and_targets_stay_and_no_refresh_brings_the_pair_back(
    page: ClientPage, shared_app: RunningApp, clients: UnusedClients
) -> None:
    client = clients.take(ClientStatus.MAPPED)
    invoice_id = shared_app.sandbox.control.add_invoice(client.client_id)
    picker = pick_invoice(page, client.client_id, "last")
    picker.table("Invoices").click_box(str(invoice_id))
    picker.press("Assign")
    rules = ClientDialog.open(page, client.client_id, "Edit Company")
    rules.flip("Global Setting")
    rules.flip("Drop Zero Dollar Lines")
    rules.press("Save")

    delete(page, client.client_id).press("Delete assignment")
    page.refresh()
    expect(page.progress).to_be_visible()
    expect(page.progress).to_be_hidden(timeout=REFRESH_MILLISECONDS)
    page.wait_until_idle()

    row = bring_into_sight(page, client.client_id)
    expect(row.locator("[col-id=companies]")).not_to_contain_text(client.companies)
    expect(row.locator("[col-id=status]")).not_to_have_text("Mapped")
    expect(row.locator("[col-id=last_invoice_id]")).to_have_text(str(invoice_id))
    expect(page.tick(client.client_id, "last")).to_have_attribute("aria-checked", "true")
    rules = ClientDialog.open(page, client.client_id, "Edit Company")
    expect(rules.switch("Global Setting")).not_to_be_checked()
    expect(rules.switch("Drop Zero Dollar Lines")).to_be_checked()
