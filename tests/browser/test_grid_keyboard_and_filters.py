"""The grid by keyboard, and its two filter modes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.client_page import ClientPage, RunningApp

FOCUS = "() => { const cell = document.activeElement.closest('.ag-cell'); return cell && cell.getAttribute('col-id'); }"


@pytest.fixture
def page(context: BrowserContext, refreshed_app: RunningApp) -> Iterator[ClientPage]:
    opened = ClientPage.open_with_rows(context, refreshed_app.url)
    yield opened
    opened.page.close()


def test_space_toggles_the_tick_that_has_the_focus(page: ClientPage) -> None:
    client_id = page.shown_ids()[2]
    page.row(client_id).locator("[col-id=client]").click()
    while page.in_grid(FOCUS) != "excluded":
        page.page.keyboard.press("ArrowRight")

    page.page.keyboard.press("Space")

    expect(page.tick(client_id, "excluded")).to_have_attribute("aria-checked", "true")
    page.expect_saved()
    assert page.in_grid(FOCUS) == "excluded"


def test_enter_opens_the_client_and_the_focus_returns_to_its_cell(page: ClientPage) -> None:
    client_id = page.shown_ids()[3]
    page.row(client_id).locator("[col-id=client]").click()

    page.page.keyboard.press("Enter")
    expect(page.dialog).to_contain_text("Edit Company")
    page.page.keyboard.press("Escape")

    expect(page.dialog).to_be_hidden()
    expect(page.row(client_id).locator("[col-id=client]")).to_be_focused()


def test_the_actions_of_a_row_are_reached_by_tab(page: ClientPage) -> None:
    client_id = page.shown_ids()[1]
    page.row(client_id).locator("[col-id=client]").click()
    while page.in_grid(FOCUS) != "actions":
        page.page.keyboard.press("ArrowRight")

    for name in ("Edit Company", "Assign Invoice", "Assign Company", "Delete Assignment", "History"):
        page.page.keyboard.press("Tab")
        expect(page.action(client_id, name)).to_be_focused()
    page.page.keyboard.press("Enter")

    expect(page.dialog).to_contain_text("History")


def test_an_action_that_makes_no_sense_says_why_and_does_nothing(page: ClientPage) -> None:
    client_id = page.shown_ids()[0]
    action = page.action(client_id, "Assign Invoice")

    expect(action).to_have_attribute("aria-disabled", "true")
    expect(action).to_have_attribute(
        "title", "Assign Invoice: charges go to a new invoice each time, there is nothing to pick"
    )
    action.click(force=True)
    page.action(client_id, "History").click()

    expect(page.dialog).to_contain_text("History")


def test_an_action_that_is_clicked_twice_opens_one_dialog(page: ClientPage) -> None:
    client_id = page.shown_ids()[0]

    page.action(client_id, "Edit Company").dblclick()

    expect(page.dialog).to_have_count(1)
    page.page.keyboard.press("Escape")
    expect(page.dialog).to_be_hidden()
    page.expect_saved()
    page.wait_until_idle()
    expect(page.dialog).to_be_hidden()


def test_bar_and_menu_keep_sort_scroll_filters_widths_and_selection(page: ClientPage) -> None:
    page.grid.get_by_role("radio", name="BAR").click()
    page.grid.get_by_role("combobox", name="New Filter Input").select_option("Yes")
    page.grid.get_by_label("Halo Client Filter Input").fill("a")
    page.heading("client").locator(".ag-header-cell-text").click()
    expect(page.heading("client")).to_have_attribute("aria-sort", "ascending")
    page.grid.locator(".ag-center-cols-container .ag-row .ag-checkbox-input").first.check()
    expect(page.row_count).to_contain_text(" of ")
    shown = page.row_count.inner_text()
    page.scroll_to(300)
    width = page.heading("status").bounding_box()

    page.grid.get_by_role("radio", name="MENU").click()
    expect(page.grid.get_by_label("Halo Client Filter Input")).to_be_hidden()
    page.grid.get_by_role("radio", name="BAR").click()

    expect(page.grid.get_by_label("Halo Client Filter Input")).to_have_value("a")
    expect(page.grid.get_by_role("combobox", name="New Filter Input")).to_have_value("true")
    expect(page.heading("client")).to_have_attribute("aria-sort", "ascending")
    expect(page.row_count).to_have_text(shown)
    expect(page.grid.get_by_role("button", name="Edit 1 selected")).to_be_visible()
    assert page.scroll_position() == 300
    assert page.heading("status").bounding_box() == width


@pytest.mark.parametrize(
    ("column", "value", "left"), [("Status", "Suggested", "Suggested"), ("Status", "Review", "Review")]
)
def test_the_bar_filters_by_status(page: ClientPage, column: str, value: str, left: str) -> None:
    page.grid.get_by_role("radio", name="BAR").click()

    page.grid.get_by_role("combobox", name=f"{column} Filter Input").select_option(value)

    page.expect_shown(page.figure(left))


def test_the_filter_mode_is_remembered_by_the_browser(
    context: BrowserContext, refreshed_app: RunningApp, page: ClientPage
) -> None:
    page.grid.get_by_role("radio", name="BAR").click()

    again = ClientPage.open_with_rows(context, refreshed_app.url)

    expect(again.grid.get_by_role("radio", name="BAR")).to_have_attribute("aria-checked", "true")
    expect(again.grid.get_by_label("Halo Client Filter Input")).to_be_visible()


def test_a_filter_mode_survives_a_refresh(page: ClientPage) -> None:
    page.grid.get_by_role("radio", name="BAR").click()
    page.grid.get_by_label("Halo Client Filter Input").fill("ltd")
    expect(page.row_count).to_contain_text(" of ")
    shown = page.row_count.inner_text()

    page.refresh()
    expect(page.progress).to_be_visible()
    expect(page.progress).to_be_hidden(timeout=30_000)
    page.wait_until_idle()

    expect(page.grid.get_by_label("Halo Client Filter Input")).to_have_value("ltd")
    expect(page.row_count).to_have_text(shown)
