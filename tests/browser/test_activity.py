"""Activity in a browser: the list, what is open of it, the way back, and the links between the pages."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Request, expect

from tests.browser.activity_history import BATCHES, IMG, SEALED, Past, write_past
from tests.browser.activity_page import ActivityPage
from tests.browser.client_page import RunningApp
from tests.browser.conftest import sandboxed_app, small_sandbox


@pytest.fixture(scope="module")
def past_database(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Past]:
    database = tmp_path_factory.mktemp("past") / "past.duckdb"
    with small_sandbox() as sandbox:
        return database, write_past(database, sandbox)


@pytest.fixture(scope="module")
def past(past_database: tuple[Path, Past]) -> Past:
    return past_database[1]


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory, past_database: tuple[Path, Past]) -> Iterator[RunningApp]:
    """An app with a past, for tests that only look."""
    with sandboxed_app(Path(shutil.copy(past_database[0], tmp_path_factory.mktemp("looked-at")))) as running:
        yield running


@pytest.fixture
def changed(tmp_path: Path, past_database: tuple[Path, Past]) -> Iterator[RunningApp]:
    """An app with a past, for one test to change."""
    with sandboxed_app(Path(shutil.copy(past_database[0], tmp_path))) as running:
        yield running


def test_a_click_anywhere_on_a_row_opens_it_and_the_address_names_it(
    context: BrowserContext, looked_at: RunningApp, past: Past
) -> None:
    tab = ActivityPage.open(context, looked_at.url)
    tab.expect_rows(BATCHES)

    tab.click_row(tab.cells("Client").index("3 clients"))

    expect(tab.title).to_have_text("Changed the settings of 3 clients")
    expect(tab.details).to_contain_text("Drop Azure Lines: off → on")
    expect(tab.details).to_contain_text("Month end.")
    expect(tab.page).to_have_url(re.compile(rf"\?batch={past.bulk_edit}$"))
    tab.page.reload()
    expect(tab.title).to_have_text("Changed the settings of 3 clients")
    tab.button("Close").click()
    expect(tab.details).to_be_hidden()
    expect(tab.page).to_have_url(f"{looked_at.url}/activity")


def test_arrow_keys_go_from_row_to_row(context: BrowserContext, looked_at: RunningApp) -> None:
    tab = ActivityPage.open(context, looked_at.url)
    tab.expect_rows(BATCHES)
    tab.click_row(4)
    expect(tab.title).to_have_text("Changed the settings of 4 clients")

    tab.page.keyboard.press("ArrowDown")

    expect(tab.title).to_have_text("Changed the settings of 3 clients")
    tab.page.keyboard.press("Escape")
    expect(tab.details).to_be_hidden()


def test_undoing_several_clients_asks_first_and_can_be_undone(
    context: BrowserContext, changed: RunningApp, past: Past
) -> None:
    tab = ActivityPage.open(context, changed.url, f"?batch={past.refresh}")
    links = tab.title.inner_text()
    assert re.fullmatch(r"Linked \d+ companies", links)

    tab.button("Undo …").click()
    expect(tab.details).to_contain_text("no refresh brings them back")
    tab.button("Cancel").click()
    expect(tab.button("Undo all of it")).to_be_hidden()
    tab.page.goto(f"{changed.url}/activity?batch={past.bulk_edit}")
    tab.button("Undo …").click()
    tab.button("Undo all of it").click()

    expect(tab.notice).to_contain_text("Undone. Changed the settings of 3 clients.")
    expect(tab.details).to_contain_text("Undone by operator")
    tab.expect_rows(BATCHES + 1)
    assert tab.cells("State")[0] == "Undo of “Changed the settings of 3 clients”"
    tab.button("Undo the undo").click()
    tab.expect_rows(BATCHES + 2)
    expect(tab.button("Undo …")).to_be_visible()


def test_what_was_changed_since_is_named_and_the_rest_can_be_undone(
    context: BrowserContext, changed: RunningApp, past: Past
) -> None:
    tab = ActivityPage.open(context, changed.url, f"?batch={past.changed_since}")
    tab.button("Undo …").click()
    tab.button("Undo all of it").click()
    expect(tab.details).to_contain_text("Nothing was undone.")
    expect(tab.details).to_contain_text("was changed by bob since.")

    tab.button("Undo the other 3").click()

    expect(tab.notice).to_contain_text("Undone, except for 1 that was changed since.")
    tab.expect_rows(BATCHES + 1)


def test_a_double_click_on_undo_undoes_once(context: BrowserContext, changed: RunningApp, past: Past) -> None:
    tab = ActivityPage.open(context, changed.url, f"?batch={past.exclusion}")

    tab.button("Undo").dblclick()

    expect(tab.notice).to_contain_text("Undone.")
    expect(tab.details).to_contain_text("Undone by operator")
    tab.expect_rows(BATCHES + 1)


def test_a_changed_default_is_told_before_and_after_undone_and_done_again(
    context: BrowserContext, changed: RunningApp, past: Past
) -> None:
    tab = ActivityPage.open(context, changed.url)
    tab.expect_rows(BATCHES)
    tab.click_row(tab.cells("What").index("Changed the defaults of Pax8"))
    expect(tab.details).to_contain_text("Drop Azure Lines: off → on; Similarity: 90 → 95")
    expect(tab.page).to_have_url(re.compile(rf"\?batch={past.defaults}$"))

    tab.button("Undo").click()

    expect(tab.notice).to_contain_text("Undone. Changed the defaults of Pax8.")
    expect(tab.details).to_contain_text("Undone by operator")
    tab.expect_rows(BATCHES + 1)
    tab.click_row(0)
    expect(tab.details).to_contain_text("Drop Azure Lines: on → off; Similarity: 95 → 90")
    tab.button("Undo").click()
    expect(tab.notice).to_contain_text("Undone. Changed the defaults of Pax8.")
    tab.expect_rows(BATCHES + 2)


def test_entered_credentials_are_told_without_their_secret_and_have_no_undo(
    context: BrowserContext, looked_at: RunningApp, past: Past
) -> None:
    tab = ActivityPage.open(context, looked_at.url, f"?batch={past.credentials}")

    expect(tab.title).to_have_text("Changed the credentials of HaloPSA")
    expect(tab.details).to_contain_text("Resource Server: not set → https://acme.halopsa.com")
    expect(tab.details).to_contain_text("Client Secret: not set → set")
    expect(tab.details).to_contain_text("Credentials are not kept when they change.")
    expect(tab.details.get_by_role("button", name="Undo")).to_be_hidden()
    assert SEALED not in tab.page.content()
    tab.page.goto(f"{looked_at.url}/activity?integration=halo")
    tab.expect_rows(1)


def test_a_click_means_the_row_that_was_seen_when_others_come_in_between(
    browser: Browser, context: BrowserContext, changed: RunningApp, past: Past
) -> None:
    tab = ActivityPage.open(context, changed.url)
    tab.expect_rows(BATCHES)
    other_context = browser.new_context()
    other = ActivityPage.open(other_context, changed.url, f"?batch={past.exclusion}")
    other.button("Undo").click()
    expect(other.notice).to_be_visible()
    other_context.close()

    tab.click_row(5)

    expect(tab.title).to_have_text("Changed the settings of 3 clients")
    expect(tab.page).to_have_url(re.compile(past.bulk_edit))
    tab.expect_rows(BATCHES + 1)


def test_the_list_is_searched_as_one_types_and_says_when_nothing_is_found(
    context: BrowserContext, looked_at: RunningApp
) -> None:
    tab = ActivityPage.open(context, looked_at.url)
    tab.expect_rows(BATCHES)

    tab.search_box.press_sequentially("month end")
    tab.expect_rows(1)
    tab.search_box.fill("no reason is like this")
    expect(tab.page.get_by_text("Nothing matches these filters")).to_be_visible()
    tab.button("Show everything").click()

    tab.expect_rows(BATCHES)
    expect(tab.search_box).to_have_value("")


def test_a_run_tells_its_figures_and_leads_to_its_links(
    context: BrowserContext, looked_at: RunningApp, past: Past
) -> None:
    tab = ActivityPage.open(context, looked_at.url)
    tab.show("Refresh runs")
    tab.expect_rows(3)
    assert tab.cells("State") == ["Asked for approval", "Failed", "Succeeded"]

    tab.click_row(0)
    expect(tab.details).to_contain_text(f"{len(looked_at.sandbox.data.clients)} clients missing")
    tab.click_row(1)
    expect(tab.details).to_contain_text("Pax8: /companies page 1, a row without id lacks 'id'.")
    tab.click_row(2)
    expect(tab.details).to_contain_text("HaloPSA clients")
    tab.page.get_by_role("button", name=re.compile("^Show the .* links that it made$")).click()

    expect(tab.title).to_have_text(re.compile(r"^Linked \d+ companies$"))
    expect(tab.page).to_have_url(re.compile(rf"\?batch={past.refresh}$"))


def test_names_and_reasons_that_look_like_code_are_text(
    context: BrowserContext, looked_at: RunningApp, past: Past
) -> None:
    dialogs: list[Dialog] = []
    context.on("dialog", lambda dialog: dialogs.append(dialog))

    tab = ActivityPage.open(context, looked_at.url, f"?batch={past.unlinking}")
    expect(tab.details).to_contain_text(f"Wrong: {IMG}")
    tab.click_row(1)
    expect(tab.details).to_contain_text(IMG)

    assert tab.details.locator("img").count() == 0
    assert dialogs == []


def test_the_list_offers_no_download_that_keeps_formulas(context: BrowserContext, looked_at: RunningApp) -> None:
    tab = ActivityPage.open(context, looked_at.url)

    tab.table.hover()

    expect(tab.table.get_by_test_id("stElementToolbar")).to_be_hidden()


def test_in_a_narrow_window_the_open_batch_is_below_the_list(
    context: BrowserContext, looked_at: RunningApp, past: Past
) -> None:
    tab = ActivityPage.open(context, looked_at.url, f"?batch={past.bulk_edit}")
    tab.title.wait_for()
    beside, details = tab.table.bounding_box(), tab.details.bounding_box()
    assert beside is not None
    assert details is not None
    assert details["x"] >= beside["x"] + beside["width"]

    tab.page.set_viewport_size({"width": 1024, "height": 768})

    expect(tab.details).to_have_css("max-height", "none")
    above, details = tab.table.bounding_box(), tab.details.bounding_box()
    assert above is not None
    assert details is not None
    assert details["y"] >= above["y"] + above["height"]
    assert details["x"] + details["width"] <= 1024


def test_activity_requests_nothing_from_outside_the_machine(context: BrowserContext, looked_at: RunningApp) -> None:
    seen: list[Request] = []
    context.on("request", lambda request: seen.append(request))

    tab = ActivityPage.open(context, looked_at.url)
    tab.link("Client Management").click()
    expect(tab.links.locator("[aria-current=page]")).to_have_text("Client Management")

    assert [request.url for request in seen if not request.url.startswith((looked_at.url, "data:", "blob:"))] == []
