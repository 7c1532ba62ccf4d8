"""No click is lost: what is ticked in the grid is in the database, once, whatever happens in between."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from billingbot.domain.integration import Assignment
from billingbot.sandbox.server import Sandbox
from tests.browser.client_page import ClientPage
from tests.browser.conftest import small_sandbox
from tests.browser.own_server import edits, opened, serving, settings


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with small_sandbox() as started:
        yield started


@pytest.fixture
def database(tmp_path: Path, refreshed_database: Path) -> Path:
    return Path(shutil.copy(refreshed_database, tmp_path))


def test_twenty_fast_clicks_on_twenty_rows_are_twenty_saved_changes(
    context: BrowserContext, sandbox: Sandbox, database: Path
) -> None:
    with serving(sandbox, database) as url:
        page = ClientPage.open_with_rows(context, url)
        clicked = page.shown_ids()[:20]

        page.grid.locator(".ag-center-cols-container [col-id=excluded] .tick").evaluate_all(
            "boxes => boxes.slice(0, 20).forEach(box => box.click())"
        )
        page.expect_saved()

    with opened(sandbox, database) as app:
        assert [found.excluded for found in settings(app, clicked)] == [True] * 20
        assert [edits(app, client_id) for client_id in clicked] == [1] * 20


def test_five_double_clicks_are_ten_changes(context: BrowserContext, sandbox: Sandbox, database: Path) -> None:
    with serving(sandbox, database) as url:
        page = ClientPage.open_with_rows(context, url)
        clicked = page.shown_ids()[:5]

        for client_id in clicked:
            page.tick(client_id, "excluded").dblclick()
        page.expect_saved()
        for client_id in clicked:
            expect(page.tick(client_id, "excluded")).to_have_attribute("aria-checked", "false")

    with opened(sandbox, database) as app:
        assert [found.excluded for found in settings(app, clicked)] == [False] * 5
        assert [edits(app, client_id) for client_id in clicked] == [2] * 5


def test_new_last_and_recurring_exclude_each_other_at_the_click_and_in_the_database(
    context: BrowserContext, sandbox: Sandbox, database: Path
) -> None:
    with serving(sandbox, database) as url:
        page = ClientPage.open_with_rows(context, url)
        client_id = page.shown_ids()[0]

        page.tick(client_id, "recurring").evaluate("box => box.click()")
        ticked = (
            page.row(client_id)
            .locator(".tick.ticked")
            .evaluate_all("boxes => boxes.map(box => box.closest('.ag-cell').getAttribute('col-id'))")
        )
        assert ticked == ["recurring"]
        page.expect_saved()

    with opened(sandbox, database) as app:
        assert settings(app, [client_id])[0].assignment is Assignment.RECURRING


def test_taking_the_tick_away_returns_to_the_default_of_the_integration(
    context: BrowserContext, sandbox: Sandbox, database: Path
) -> None:
    with serving(sandbox, database) as url:
        page = ClientPage.open_with_rows(context, url)
        client_id = page.shown_ids()[0]
        page.tick(client_id, "new").click()
        page.expect_saved()
        expect(page.tick(client_id, "new")).not_to_have_accessible_name("default of Pax8")

        page.tick(client_id, "new").click()
        page.expect_saved()

        expect(page.row(client_id).locator("[col-id=new] .tick.inherited")).to_be_visible()

    with opened(sandbox, database) as app:
        found = settings(app, [client_id])[0]
        assert (found.assignment, found.version) == (None, 2)


def test_excluding_greys_the_row_and_counts_at_once(context: BrowserContext, sandbox: Sandbox, database: Path) -> None:
    with serving(sandbox, database) as url:
        page = ClientPage.open_with_rows(context, url)
        client_id = page.shown_ids()[0]

        page.tick(client_id, "excluded").click()

        expect(page.row(client_id).locator("[col-id=client].excluded")).to_be_visible()
        expect(page.chip("Excluded")).to_have_text("Excluded 1")
        expect(page.row(client_id).locator("[col-id=status]")).to_have_text("Excluded")


def test_an_undo_at_the_change_takes_it_back(context: BrowserContext, sandbox: Sandbox, database: Path) -> None:
    with serving(sandbox, database) as url:
        page = ClientPage.open_with_rows(context, url)
        client_id = page.shown_ids()[0]
        page.tick(client_id, "excluded").click()
        expect(page.notice).to_contain_text("Exclude: off → on")

        page.undo_button.click()

        expect(page.tick(client_id, "excluded")).to_have_attribute("aria-checked", "false")
        expect(page.notice).to_contain_text("Undone")
        page.undo_button.click()
        expect(page.tick(client_id, "excluded")).to_have_attribute("aria-checked", "true")


def test_no_edit_is_applied_twice_after_a_restart_of_the_server(
    context: BrowserContext, sandbox: Sandbox, database: Path
) -> None:
    with serving(sandbox, database) as url:
        page = ClientPage.open_with_rows(context, url)
        first, second = page.shown_ids()[:2]
        page.tick(first, "excluded").click()
        page.expect_saved()

    # The tab stays open, with the last value that its grid handed over.
    with serving(sandbox, database, int(url.rsplit(":", 1)[1])):
        page.wait_until_idle()
        page.tick(second, "excluded").click()
        page.expect_saved()
        expect(page.tick(first, "excluded")).to_have_attribute("aria-checked", "true")

    with opened(sandbox, database) as app:
        assert [found.excluded for found in settings(app, [first, second])] == [True, True]
        assert [edits(app, client_id) for client_id in (first, second)] == [1, 1]


def test_what_is_clicked_while_the_server_is_away_is_saved_when_it_is_back(
    context: BrowserContext, sandbox: Sandbox, database: Path
) -> None:
    with serving(sandbox, database) as url:
        page = ClientPage.open_with_rows(context, url)
        client_id = page.shown_ids()[0]
    page.tick(client_id, "excluded").evaluate("box => box.click()")

    with serving(sandbox, database, int(url.rsplit(":", 1)[1])):
        expect(page.grid.locator("body[data-unsaved='0']")).to_be_attached(timeout=60_000)

    with opened(sandbox, database) as app:
        assert settings(app, [client_id])[0].excluded
        assert edits(app, client_id) == 1


def test_a_frame_that_starts_anew_gets_what_it_missed(
    context: BrowserContext, sandbox: Sandbox, database: Path
) -> None:
    with serving(sandbox, database) as url:
        page = ClientPage.open_with_rows(context, url)
        first, second = page.shown_ids()[:2]
        for client_id in (first, second):
            page.tick(client_id, "excluded").click()
            page.expect_saved()

        # Streamlit gives it the table that it began with; the server has heard that it had more.
        page.in_grid("() => location.reload()")
        page.wait_for_rows()

        expect(page.tick(first, "excluded")).to_have_attribute("aria-checked", "true")
        expect(page.tick(second, "excluded")).to_have_attribute("aria-checked", "true")
        page.expect_saved()
