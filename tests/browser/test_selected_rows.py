"""Which rows a bulk edit takes: those that are selected, and all of a filter are those that it shows."""

import re

from playwright.sync_api import BrowserContext, expect

from billingbot.domain.match import ClientStatus
from tests.browser.client_page import ClientPage, RunningApp
from tests.browser.dialogs import open_tool, select
from tests.browser.unused_clients import UnusedClients

CHANGES = "What will change"


def test_selecting_all_takes_what_the_filter_shows_and_no_more(page: ClientPage) -> None:
    page.search_box.fill("brothers")
    expect(page.row_count).to_contain_text(" of ")
    shown = int(page.row_count.inner_text().split()[0])
    assert 0 < shown < 30

    page.heading("ag-Grid-SelectionColumn").get_by_role("checkbox").check()

    button = page.grid.get_by_role("button", name=f"Edit {shown} selected")
    expect(button).to_be_visible()
    page.search_box.fill("")
    expect(page.row_count).not_to_contain_text(" of ")
    expect(button).to_be_visible()
    dialog = open_tool(page, f"Edit {shown} selected")
    dialog.expect_text(f"{shown} clients selected")
    dialog.choose("Exclude", "On")
    expect(dialog.button(re.compile(r"^Change \d+ clients$"))).to_be_enabled()
    assert all("brothers" in name.lower() for name in dialog.table(CHANGES).cells("Halo Client"))
    dialog.escape()


def test_rows_stay_selected_when_a_filter_hides_them_until_the_selection_is_cleared(
    page: ClientPage, clients: UnusedClients
) -> None:
    three = [clients.take(ClientStatus.MAPPED) for _ in range(3)]
    select(page, [client.client_id for client in three[:2]])
    page.search_box.fill(three[2].name)
    expect(page.row(three[0].client_id)).to_be_hidden()
    dialog = open_tool(page, "Edit 2 selected")
    dialog.choose("Exclude", "On")
    assert sorted(dialog.table(CHANGES).cells("Halo Client")) == sorted(client.name for client in three[:2])
    dialog.escape()

    page.grid.get_by_role("button", name="Clear selection").click()

    expect(page.grid.get_by_role("button", name=re.compile(r"^Edit \d"))).to_be_hidden()
    page.search_box.fill("")
    expect(page.grid.locator(".ag-row-selected")).to_have_count(0)


def test_every_row_can_be_changed_at_once(context: BrowserContext, refreshed_app: RunningApp) -> None:
    page = ClientPage.open_with_rows(context, refreshed_app.url)
    everybody = len(refreshed_app.sandbox.data.clients)
    page.heading("ag-Grid-SelectionColumn").get_by_role("checkbox").check()
    dialog = open_tool(page, f"Edit {everybody} selected")

    dialog.choose("Exclude", "On")
    dialog.button(f"Change {everybody} clients").click()
    dialog.expect_closed()

    expect(page.chip("Excluded")).to_have_text(f"Excluded {everybody}")
    page.undo_button.click()
    expect(page.chip("Excluded")).to_have_text("Excluded 0")
