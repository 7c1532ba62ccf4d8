"""Bulk edit of selected rows: what will change is shown first, changed as one batch, and taken back by one undo."""

import pytest
from playwright.sync_api import expect

from billingbot.domain.match import ClientStatus
from tests.browser.activity_page import ActivityPage
from tests.browser.client_page import ClientPage, RunningApp
from tests.browser.dialogs import Dialog, bring_into_sight, open_tool, select
from tests.browser.unused_clients import ListedClient, UnusedClients

CHANGES = "What will change"


@pytest.fixture
def three(clients: UnusedClients) -> list[ListedClient]:
    """Three linked clients with a new invoice each time, whose rows stand in the grid in this order."""
    return [clients.take(ClientStatus.MAPPED) for _ in range(3)]


def open_for(page: ClientPage, chosen: list[ListedClient]) -> Dialog:
    select(page, [client.client_id for client in chosen])
    return open_tool(page, f"Edit {len(chosen)} selected")


def change(dialog: Dialog, number: int) -> None:
    """Press the button that says how many clients it changes."""
    dialog.button(f"Change {number} clients").click()
    dialog.expect_closed()


def expect_ticked(page: ClientPage, client: ListedClient, column: str, ticked: bool = True) -> None:
    bring_into_sight(page, client.client_id)
    expect(page.tick(client.client_id, column)).to_have_attribute("aria-checked", str(ticked).lower())


def tick(page: ClientPage, client: ListedClient, column: str) -> None:
    bring_into_sight(page, client.client_id)
    page.tick(client.client_id, column).click()
    page.expect_saved()
    page.wait_until_idle()


def test_what_will_change_stands_below_before_it_does_and_one_undo_takes_it_back(
    page: ClientPage, three: list[ListedClient]
) -> None:
    tick(page, three[0], "excluded")
    excluded = page.figure("Excluded")
    dialog = open_for(page, three)
    dialog.expect_text("3 clients selected, 0 will change, 3 stay as they are")
    expect(dialog.button("Change 0 clients")).to_be_disabled()

    dialog.choose("Exclude", "On")

    dialog.expect_text("3 clients selected, 2 will change, 1 stays as it is")
    dialog.expect_text("Exclude · 2 of 3: off → on")
    table = dialog.table(CHANGES)
    expect(table.rows).to_have_count(2)
    assert table.records("Halo Id", "Halo Client", "What", "Before", "After") == [
        (str(client.client_id), client.name, "Exclude", "off", "on") for client in three[1:]
    ]
    change(dialog, 2)
    expect(page.notice).to_have_text("Changed 2 clients.")
    for client in three:
        expect_ticked(page, client, "excluded")
    expect(page.chip("Excluded")).to_have_text(f"Excluded {excluded + 2}")
    page.undo_button.click()
    for client in three[1:]:
        expect_ticked(page, client, "excluded", ticked=False)
    expect_ticked(page, three[0], "excluded")


@pytest.mark.parametrize("way_out", ["Cancel", "Escape", "Close"])
def test_leaving_the_dialog_changes_nothing_and_forgets_what_was_chosen(
    page: ClientPage, three: list[ListedClient], way_out: str
) -> None:
    dialog = open_for(page, three)
    dialog.choose("Exclude", "On")
    dialog.expect_text("3 will change")

    if way_out == "Escape":
        dialog.escape()
    else:
        dialog.button(way_out).click()
        dialog.expect_closed()

    for client in three:
        expect_ticked(page, client, "excluded", ticked=False)
    expect(page.notice).to_be_hidden()
    again = open_tool(page, "Edit 3 selected")
    expect(again.root.get_by_role("combobox", name="Exclude")).to_have_value("Leave as is")


@pytest.mark.parametrize(
    ("option", "column", "words"),
    [("Last", "last", "Default (New) → Last"), ("Recurring", "recurring", "Default (New) → Recurring")],
)
def test_an_assignment_without_a_target_warns_and_flags_the_rows(
    page: ClientPage, three: list[ListedClient], option: str, column: str, words: str
) -> None:
    missing = page.figure("Missing target")
    dialog = open_for(page, three)

    dialog.choose("Invoice Assignment", option)

    dialog.expect_text(f"Assignment · 3 of 3: {words}")
    dialog.expect_text("3 clients will have no target")
    change(dialog, 3)
    for client in three:
        expect_ticked(page, client, column)
        expect_ticked(page, client, "new", ticked=False)
    expect(page.chip("Missing target")).to_have_text(f"Missing target {missing + 3}")
    back = open_tool(page, "Edit 3 selected")
    back.choose("Invoice Assignment", "Default (New)")
    change(back, 3)
    for client in three:
        expect_ticked(page, client, "new")
    expect(page.chip("Missing target")).to_have_text(f"Missing target {missing}")


def test_modifiers_count_only_when_global_setting_goes_off_and_contradictions_are_said(
    page: ClientPage, three: list[ListedClient]
) -> None:
    dialog = open_for(page, three)
    for modifier in ("Drop Azure Lines", "Collapse Azure Lines", "Drop Favorable Prorates", "Drop Zero Dollar Lines"):
        dialog.choose(modifier, "On")
    dialog.expect_text("3 clients keep the modifiers of Pax8: Global Setting is on.")
    expect(dialog.button("Change 0 clients")).to_be_disabled()

    dialog.choose("Global Setting", "Off")

    dialog.expect_text("Global Setting · 3 of 3: on → off")
    dialog.expect_text("Drop Favorable Prorates · 3 of 3: off → on")
    dialog.expect_text("Drop Zero Dollar Lines · 3 of 3: off → on")
    dialog.expect_text("3 clients will drop Azure lines and collapse them too: drop wins.")
    change(dialog, 3)
    again = open_tool(page, "Edit 3 selected")
    again.choose("Collapse Azure Lines", "Off")
    again.expect_text("Collapse Azure Lines · 3 of 3: on → off")
    expect(again.root).not_to_contain_text("drop wins")
    again.choose("Global Setting", "On")
    again.expect_text("Drop Azure Lines · 3 of 3: on → off")
    again.escape()


def test_companies_are_unlinked_and_one_undo_links_them_again(page: ClientPage, three: list[ListedClient]) -> None:
    dialog = open_for(page, three)

    dialog.choose("Distributor Client", "Unlink companies")

    dialog.expect_text("Distributor Client · 3 of 3: linked → none")
    names = dialog.table(CHANGES).records("Halo Client", "What", "Before", "After")
    assert names == [(client.name, "Distributor Client", client.companies, "none") for client in three]
    change(dialog, 3)
    for client in three:
        expect(bring_into_sight(page, client.client_id).locator("[col-id=status]")).not_to_have_text("Mapped")
    page.undo_button.click()
    for client in three:
        row = bring_into_sight(page, client.client_id)
        expect(row.locator("[col-id=status]")).to_have_text("Mapped")
        expect(row.locator("[col-id=companies] .name")).to_have_text(client.companies)


def test_what_a_second_operator_changed_meanwhile_stops_all_and_the_choice_is_kept(
    page: ClientPage, other: ClientPage, three: list[ListedClient]
) -> None:
    dialog = open_for(page, three)
    dialog.choose("Invoice Assignment", "New")
    dialog.expect_text("Assignment · 3 of 3: Default (New) → New")
    tick(other, three[1], "recurring")
    other.page.keyboard.press("Escape")

    dialog.button("Change 3 clients").click()

    dialog.expect_text("Something changed meanwhile, so nothing was saved.")
    dialog.expect_text(f"{three[1].name} was changed by operator meanwhile.")
    expect_ticked(other, three[1], "recurring")
    for client in (three[0], three[2]):
        expect(other.row(client.client_id).locator("[col-id=new] .inherited")).to_be_visible()
    dialog.expect_text("1 of 3: Recurring → New")
    change(dialog, 3)
    for client in three:
        expect_ticked(other, client, "new")


def test_activity_shows_the_batch_and_undoes_it(
    page: ClientPage, shared_app: RunningApp, three: list[ListedClient]
) -> None:
    dialog = open_for(page, three)
    dialog.choose("Exclude", "On")
    dialog.button("Change 3 clients").dblclick()
    dialog.expect_closed()
    activity = ActivityPage.open(page.page.context, shared_app.url)
    activity.search_box.fill(three[0].name)
    # The other one is the refresh that linked it.
    activity.expect_rows(2)

    activity.click_row(0)
    expect(activity.title).to_have_text("Changed the settings of 3 clients")
    for client in three:
        expect(activity.details).to_contain_text(client.name)
    expect(activity.details).to_contain_text("Exclude: off → on")
    activity.button("Undo …").click()
    activity.button("Undo all of it").click()

    expect(activity.notice).to_contain_text("Undone.")
    for client in three:
        expect_ticked(page, client, "excluded", ticked=False)
    activity.page.close()
