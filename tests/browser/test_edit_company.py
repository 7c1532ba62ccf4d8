"""Edit Company in a browser: each control, what it does to the row, and two operators in it at once."""

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from billingbot.domain.match import ClientStatus
from tests.browser.client_dialog import ClientDialog
from tests.browser.client_page import ClientPage, RunningApp
from tests.browser.unused_clients import UnusedClients

RULES = ("Drop Azure Lines", "Collapse Azure Lines", "Drop Favorable Prorates", "Drop Zero Dollar Lines")
# Not "Default (New)".
NEW = re.compile("^New$")


def edit(page: ClientPage, client_id: int) -> ClientDialog:
    return ClientDialog.open(page, client_id, "Edit Company")


def test_it_says_what_the_client_is_linked_to_and_what_each_setting_does(
    page: ClientPage, clients: UnusedClients
) -> None:
    client = clients.take(ClientStatus.MAPPED)

    dialog = edit(page, client.client_id)

    for text in (
        "Mapped",
        client.companies,
        "of 100 · linked automatically, 20",
        "Drops all Microsoft Azure and arrears charges",
        "Makes one line of all Azure and arrears lines",
        "Drops prorates with a negative price",
        "Drops lines with a price of exactly 0",
        "Ignores all charges of this client",
        "BillingBot never changes the margin of Azure charges. Configure it in Pax8",
        "Charges go to a new invoice each time.",
    ):
        dialog.expect_text(text)
    expect(dialog.button("Save")).to_be_disabled()


def test_do_not_invoice_is_exclude_in_the_list_and_undo_takes_it_back(page: ClientPage, clients: UnusedClients) -> None:
    client_id = clients.take(ClientStatus.MAPPED).client_id
    dialog = edit(page, client_id)

    dialog.flip("Do Not Invoice")
    dialog.expect_text("nothing is billed, and the other settings do not matter")
    dialog.press("Save")

    expect(page.notice).to_contain_text("Exclude: off → on")
    expect(page.tick(client_id, "excluded")).to_have_attribute("aria-checked", "true")
    expect(page.row(client_id).locator("[col-id=status]")).to_have_text("Excluded")
    page.undo_button.click()
    expect(page.tick(client_id, "excluded")).to_have_attribute("aria-checked", "false")
    expect(edit(page, client_id).switch("Do Not Invoice")).not_to_be_checked()


def test_a_client_that_was_excluded_in_the_list_is_not_invoiced_here(page: ClientPage, clients: UnusedClients) -> None:
    client_id = clients.take(ClientStatus.MAPPED).client_id
    page.tick(client_id, "excluded").click()
    page.expect_saved()

    dialog = edit(page, client_id)

    expect(dialog.switch("Do Not Invoice")).to_be_checked()
    dialog.flip("Do Not Invoice")
    dialog.press("Save")
    expect(page.tick(client_id, "excluded")).to_have_attribute("aria-checked", "false")


@pytest.mark.parametrize("way", ["Escape", "Cancel", "Close"])
def test_leaving_without_saving_changes_nothing(page: ClientPage, clients: UnusedClients, way: str) -> None:
    client_id = clients.take(ClientStatus.UNMAPPED).client_id
    dialog = edit(page, client_id)
    dialog.flip("Do Not Invoice")
    dialog.flip("Global Setting")
    dialog.flip("Drop Zero Dollar Lines")
    expect(dialog.button("Save")).to_be_enabled()

    dialog.dismiss(way)

    expect(page.notice).to_be_hidden()
    again = edit(page, client_id)
    expect(again.switch("Do Not Invoice")).not_to_be_checked()
    expect(again.switch("Global Setting")).to_be_checked()
    again.escape()
    ClientDialog.open(page, client_id, "History").expect_text("Nothing was decided about this client yet.")


def test_with_global_setting_on_the_rules_are_greyed_and_name_their_source(
    page: ClientPage, clients: UnusedClients
) -> None:
    dialog = edit(page, clients.take(ClientStatus.MAPPED).client_id)

    expect(dialog.switch("Global Setting")).to_be_checked()
    for rule in RULES:
        expect(dialog.switch(rule)).to_be_disabled()
    expect(dialog.root.get_by_text("from Pax8", exact=True)).to_have_count(len(RULES))

    dialog.flip("Global Setting")

    for rule in RULES:
        expect(dialog.switch(rule)).to_be_enabled()
    expect(dialog.root.get_by_text("from Pax8", exact=True)).to_have_count(0)


def test_own_rules_are_saved_each_and_wait_while_global_setting_is_on_again(
    page: ClientPage, clients: UnusedClients
) -> None:
    client_id = clients.take(ClientStatus.MAPPED).client_id
    dialog = edit(page, client_id)
    dialog.flip("Global Setting")
    for rule in RULES[1:]:
        dialog.flip(rule)
    dialog.press("Save")
    expect(page.notice).to_contain_text(
        "Global Setting: on → off; Collapse Azure Lines: off → on; Drop Favorable Prorates: off → on; "
        "Drop Zero Dollar Lines: off → on"
    )

    dialog = edit(page, client_id)
    dialog.flip("Global Setting")
    for rule in RULES:
        expect(dialog.switch(rule)).not_to_be_checked()
    dialog.press("Save")

    dialog = edit(page, client_id)
    dialog.flip("Global Setting")
    expect(dialog.switch(RULES[0])).not_to_be_checked()
    for rule in RULES[1:]:
        expect(dialog.switch(rule)).to_be_checked()


def test_drop_and_collapse_together_are_warned_of(page: ClientPage, clients: UnusedClients) -> None:
    dialog = edit(page, clients.take(ClientStatus.MAPPED).client_id)
    warning = dialog.root.get_by_role("alert").filter(has_text="drop wins")
    dialog.flip("Global Setting")
    dialog.flip("Drop Azure Lines")
    expect(warning).to_be_hidden()

    dialog.flip("Collapse Azure Lines")

    expect(warning).to_be_visible()


def test_save_waits_until_something_differs(page: ClientPage, clients: UnusedClients) -> None:
    dialog = edit(page, clients.take(ClientStatus.MAPPED).client_id)

    dialog.flip("Do Not Invoice")
    expect(dialog.button("Save")).to_be_enabled()
    dialog.flip("Do Not Invoice")

    expect(dialog.button("Save")).to_be_disabled()


def test_the_invoice_assignment_is_the_tick_in_the_list_and_default_takes_it_away(
    page: ClientPage, clients: UnusedClients
) -> None:
    client_id = clients.take(ClientStatus.MAPPED).client_id
    dialog = edit(page, client_id)
    dialog.pick("Default (New)")
    dialog.pick(NEW)
    dialog.press("Save")
    expect(page.notice).to_contain_text("Assignment: default → New")
    expect(page.row(client_id).locator("[col-id=new] .inherited")).to_be_hidden()
    expect(page.tick(client_id, "new")).to_have_attribute("aria-checked", "true")

    dialog = edit(page, client_id)
    dialog.pick("Default (New)")
    dialog.press("Save")

    expect(page.row(client_id).locator("[col-id=new] .inherited")).to_be_visible()


@pytest.mark.parametrize(("assignment", "kind"), [("Last", "invoice"), ("Recurring", "recurring invoice")])
def test_an_assignment_without_a_target_goes_on_to_assign_invoice(
    page: ClientPage, clients: UnusedClients, assignment: str, kind: str
) -> None:
    client_id = clients.take(ClientStatus.MAPPED).client_id
    dialog = edit(page, client_id)
    dialog.pick(assignment)
    dialog.expect_text(f"There is no {kind} to put charges on yet")

    dialog.button("Save").click()

    picker = ClientDialog.shown(page, "Assign Invoice")
    picker.expect_text(f"No {kind} is picked yet")
    picker.escape()
    expect(page.notice).to_contain_text(f"Assignment: default → {assignment}")
    expect(page.tick(client_id, assignment.lower())).to_have_attribute("aria-checked", "true")
    expect(page.row(client_id).get_by_role("button", name=re.compile("^Pick"))).to_be_visible()


class TestTwoOperators:
    @pytest.fixture
    def client_id(self, clients: UnusedClients) -> int:
        return clients.take(ClientStatus.MAPPED).client_id

    @pytest.fixture
    def mine(
        self, page: ClientPage, client_id: int, shared_app: RunningApp, warm_context: BrowserContext
    ) -> ClientDialog:
        """My dialog, just refused: both chose an assignment, and they saved first."""
        theirs = edit(ClientPage.open_with_rows(warm_context, shared_app.url), client_id)
        mine = edit(page, client_id)
        mine.pick("Recurring")
        theirs.pick(NEW)
        theirs.press("Save")
        theirs.page.page.close()

        mine.button("Save").click()

        return mine

    def test_the_second_save_shows_theirs_and_mine_and_keeps_what_i_chose(self, mine: ClientDialog) -> None:
        mine.expect_text("was changed by operator meanwhile. Nothing of yours is saved yet.")
        expect(mine.root.get_by_role("columnheader")).to_have_text(["Setting", "Theirs", "Yours"])
        expect(mine.root.get_by_role("table").get_by_role("cell")).to_have_text(["Assignment", "New", "Recurring"])
        expect(mine.root.get_by_role("radio", name="Recurring")).to_be_checked()

    def test_mine_can_be_saved_over_theirs(self, page: ClientPage, client_id: int, mine: ClientDialog) -> None:
        mine.button("Save mine anyway").click()

        ClientDialog.shown(page, "Assign Invoice").escape()
        expect(page.notice).to_contain_text("Assignment: New → Recurring")
        expect(page.tick(client_id, "recurring")).to_have_attribute("aria-checked", "true")

    def test_theirs_can_be_taken(self, page: ClientPage, client_id: int, mine: ClientDialog) -> None:
        mine.button("Take theirs").click()

        expect(mine.button("Take theirs")).to_be_hidden()
        expect(mine.root.get_by_role("radio", name="New", exact=True)).to_be_checked()
        expect(mine.button("Save")).to_be_disabled()
        mine.escape()
        expect(page.tick(client_id, "new")).to_have_attribute("aria-checked", "true")
        expect(page.row(client_id).locator("[col-id=new] .inherited")).to_be_hidden()
