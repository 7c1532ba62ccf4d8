"""The links between the pages, and what survives going from one to the other."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.activity_history import BATCHES, write_past
from tests.browser.activity_page import ActivityPage
from tests.browser.client_page import RunningApp
from tests.browser.conftest import sandboxed_app, small_sandbox


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """An app whose database has a past, for tests that only look."""
    database = tmp_path_factory.mktemp("past") / "test.duckdb"
    with small_sandbox() as sandbox:
        write_past(database, sandbox)
    with sandboxed_app(database) as running:
        yield running


def test_the_pages_are_reached_by_keyboard_and_the_current_one_is_marked(
    context: BrowserContext, looked_at: RunningApp
) -> None:
    tab = ActivityPage.open(context, looked_at.url)
    current = tab.links.locator("[aria-current=page]")
    expect(current).to_have_text("Activity")
    tab.page.keyboard.press("Tab")
    while not tab.link("Client Management").evaluate("link => link === document.activeElement"):
        tab.page.keyboard.press("Tab")

    tab.page.keyboard.press("Enter")

    expect(current).to_have_text("Client Management")
    expect(tab.page.get_by_role("heading", name="Client Management", level=1)).to_be_attached()
    tab.link("Activity").click()
    expect(tab.heading).to_be_attached()


def test_the_integration_survives_going_to_activity_and_back(context: BrowserContext, looked_at: RunningApp) -> None:
    page = context.new_page()
    page.goto(looked_at.url)
    tab = ActivityPage(page)
    selector = page.get_by_role("combobox", name="Integration")
    selector.click()
    page.get_by_role("option", name="Twilio").click()
    expect(page).to_have_url(re.compile("integration=twilio"))

    for _ in range(2):
        tab.link("Activity").click()
        expect(tab.heading).to_be_attached()
        tab.expect_rows(2)
        expect(selector).to_have_value("Twilio")
        tab.link("Client Management").click()
        expect(page.get_by_role("heading", name="Client Management", level=1)).to_be_attached()
        expect(selector).to_have_value("Twilio")

    tab.link("Activity").click()
    tab.button("Clear filters").click()
    tab.expect_rows(BATCHES)
    tab.link("Client Management").click()
    expect(page.get_by_role("heading", name="Client Management", level=1)).to_be_attached()
    expect(selector).to_have_value("Twilio")
