"""The dialogs of a client that HaloPSA does not list any more: nothing is linked to it, and its rules are kept."""

import pytest
from playwright.sync_api import BrowserContext, expect

from billingbot.domain.match import ClientStatus
from tests.browser.client_dialog import ClientDialog
from tests.browser.client_page import REFRESH_MILLISECONDS, ClientPage, RunningApp
from tests.browser.dialogs import bring_into_sight
from tests.browser.unused_clients import RefreshedLists, UnusedClients


@pytest.fixture
def clients(refreshed_lists: RefreshedLists) -> UnusedClients:
    """Clients of an app of its own."""
    return UnusedClients(refreshed_lists.clients)


def refresh(page: ClientPage) -> None:
    page.refresh()
    expect(page.progress).to_be_visible()
    expect(page.progress).to_be_hidden(timeout=REFRESH_MILLISECONDS)
    page.wait_until_idle()


def test_a_client_that_is_gone_gets_no_company_but_keeps_its_rules_and_its_link(
    context: BrowserContext, refreshed_app: RunningApp, clients: UnusedClients
) -> None:
    client = clients.take(ClientStatus.MAPPED)
    refreshed_app.sandbox.control.remove_client(client.client_id)
    page = ClientPage.open_with_rows(context, refreshed_app.url)
    refresh(page)
    expect(bring_into_sight(page, client.client_id).locator("[col-id=status]")).to_have_text("Gone")

    offer = ClientDialog.open(page, client.client_id, "Assign Company")
    offer.expect_text("HaloPSA does not list this client any more, so no company can be linked to it.")
    expect(offer.button("Assign")).to_be_hidden()
    offer.dismiss("Close")

    edit = ClientDialog.open(page, client.client_id, "Edit Company")
    edit.expect_text("Gone")
    edit.expect_text(client.companies)
    edit.flip("Do Not Invoice")
    edit.press("Save")
    expect(page.tick(client.client_id, "excluded")).to_have_attribute("aria-checked", "true")
    ClientDialog.open(page, client.client_id, "Delete Assignment").expect_text(client.companies)
    page.page.keyboard.press("Escape")

    refreshed_app.sandbox.control.restore_client(client.client_id)
    refresh(page)
    row = bring_into_sight(page, client.client_id)
    expect(row.locator("[col-id=companies] .name")).to_have_text(client.companies)
    expect(row.locator("[col-id=status]")).to_have_text("Excluded")


def test_a_client_that_goes_while_its_dialog_is_open_is_refused(
    context: BrowserContext, refreshed_app: RunningApp, clients: UnusedClients
) -> None:
    client = clients.take(ClientStatus.SUGGESTED)
    page, other = (ClientPage.open_with_rows(context, refreshed_app.url) for _ in range(2))
    offer = ClientDialog.open(page, client.client_id, "Assign Company")
    offer.table("Companies").click_box(offer.table("Companies").cells("Company")[0])
    expect(offer.button("Assign")).to_be_enabled()
    refreshed_app.sandbox.control.remove_client(client.client_id)
    refresh(other)

    offer.button("Assign").click()

    expect(offer.root.get_by_role("alert").first).to_contain_text(f"HaloPSA no longer lists {client.name}")
    expect(offer.button("Assign")).to_be_hidden()
    offer.dismiss("Close")
    expect(page.row(client.client_id).locator("[col-id=companies] .name")).to_be_hidden()
