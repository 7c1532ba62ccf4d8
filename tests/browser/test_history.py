"""History in a browser: who changed what of one client, why, and the way back from its list."""

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from billingbot.domain.match import ClientStatus
from tests.browser.client_dialog import ClientDialog
from tests.browser.client_page import ClientPage, RunningApp
from tests.browser.dialogs import bring_into_sight
from tests.browser.unused_clients import UnusedClients


def look_back(page: ClientPage, client_id: int) -> ClientDialog:
    return ClientDialog.open(page, client_id, "History")


def tick(page: ClientPage, client_id: int, column: str) -> None:
    bring_into_sight(page, client_id)
    page.tick(client_id, column).click()
    page.expect_saved()


def test_it_says_when_who_what_before_and_after_and_why_the_newest_first(
    page: ClientPage, clients: UnusedClients
) -> None:
    client = clients.take(ClientStatus.MAPPED)
    tick(page, client.client_id, "new")
    tick(page, client.client_id, "excluded")

    changes = look_back(page, client.client_id).table("Changes")

    expect(changes.headings).to_have_text(["When (UTC)", "Who", "What", "Why", "State"])
    expect(changes.rows).to_have_count(3)
    excluded, assigned, (who, what, why) = changes.records("Who", "What", "Why")
    assert excluded[:2] == ("operator", "Exclude: off → on")
    assert assigned[:2] == ("operator", "Assignment: default → New")
    assert (who, what) == ("BillingBot", f"Linked {client.companies}")
    assert why.endswith(".")
    times = changes.cells("When (UTC)")
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", time) for time in times)
    assert times == sorted(times, reverse=True)


def test_a_change_is_undone_from_the_list_which_says_by_whom_and_offers_it_no_more(
    page: ClientPage, clients: UnusedClients
) -> None:
    client_id = clients.take(ClientStatus.UNMAPPED).client_id
    tick(page, client_id, "excluded")
    dialog = look_back(page, client_id)
    expect(dialog.button("Undo")).to_be_disabled()
    dialog.table("Changes").click_box("Exclude: off → on")

    dialog.press("Undo")

    expect(page.notice).to_contain_text("Undone.")
    expect(page.tick(client_id, "excluded")).to_have_attribute("aria-checked", "false")
    dialog = look_back(page, client_id)
    changes = dialog.table("Changes")
    assert changes.records("What", "State") == [
        ("Exclude: on → off", "undo"),
        ("Exclude: off → on", "undone by operator"),
    ]
    changes.click_box("Exclude: off → on")
    expect(changes.ticked).to_have_count(1)
    page.wait_until_idle()
    expect(dialog.button("Undo")).to_be_disabled()
    changes.click_box("Exclude: on → off")
    dialog.press("Undo")
    expect(page.tick(client_id, "excluded")).to_have_attribute("aria-checked", "true")


def test_what_was_changed_since_is_not_undone(page: ClientPage, clients: UnusedClients) -> None:
    client_id = clients.take(ClientStatus.UNMAPPED).client_id
    tick(page, client_id, "excluded")
    tick(page, client_id, "excluded")
    dialog = look_back(page, client_id)
    dialog.table("Changes").click_box("Exclude: off → on")

    dialog.button("Undo").click()

    expect(dialog.root.get_by_role("alert")).to_contain_text("changed")
    expect(dialog.table("Changes").rows).to_have_count(2)
    expect(page.tick(client_id, "excluded")).to_have_attribute("aria-checked", "false")


def test_what_another_operator_undid_meanwhile_is_refused(
    page: ClientPage, shared_app: RunningApp, warm_context: BrowserContext, clients: UnusedClients
) -> None:
    client_id = clients.take(ClientStatus.UNMAPPED).client_id
    tick(page, client_id, "excluded")
    mine = look_back(page, client_id)
    mine.table("Changes").click_box("Exclude: off → on")
    tab = ClientPage.open_with_rows(warm_context, shared_app.url)
    theirs = look_back(tab, client_id)
    theirs.table("Changes").click_box("Exclude: off → on")
    theirs.press("Undo")
    tab.page.close()

    mine.button("Undo").click()

    expect(mine.root.get_by_role("alert")).to_contain_text("undone already, by operator")
    expect(mine.table("Changes").rows).to_have_count(2)


def test_what_was_done_to_many_clients_at_once_says_so_before_it_is_undone(
    page: ClientPage, clients: UnusedClients
) -> None:
    linked = page.figure("Matched automatically")
    dialog = look_back(page, clients.take(ClientStatus.MAPPED).client_id)

    dialog.table("Changes").click_box("BillingBot")

    dialog.expect_text(f"This was done to {linked} clients at once (Linked {linked} companies).")
    expect(dialog.button(f"Undo for all {linked} clients")).to_be_enabled()


def test_a_long_history_is_searched(page: ClientPage, clients: UnusedClients) -> None:
    client_id = clients.take(ClientStatus.UNMAPPED).client_id
    for column in ("new", "excluded") * 5:
        tick(page, client_id, column)
    dialog = look_back(page, client_id)
    changes = dialog.table("Changes")
    expect(changes.rows).to_have_count(10)

    dialog.search("exclude ON OPERATOR")

    expect(changes.rows).to_have_count(5)
    assert all("Exclude" in what for what in changes.cells("What"))


@pytest.mark.parametrize("way", ["Escape", "Close"])
def test_a_client_about_which_nothing_was_decided_says_so(page: ClientPage, clients: UnusedClients, way: str) -> None:
    dialog = look_back(page, clients.take(ClientStatus.UNMAPPED).client_id)

    dialog.expect_text("Nothing was decided about this client yet.")

    dialog.dismiss(way)
    expect(page.notice).to_be_hidden()
