"""What waits for somebody: suggestions and links under review, answered in their row, one by one."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.client_page import ClientPage, RunningApp

CANDIDATE = re.compile(r"^\(\d+\) \S")


@pytest.fixture
def page(context: BrowserContext, refreshed_app: RunningApp) -> Iterator[ClientPage]:
    opened = ClientPage.open_with_rows(context, refreshed_app.url)
    yield opened
    opened.page.close()


def test_a_suggestion_is_accepted_with_one_click_and_leaves_the_queue(page: ClientPage) -> None:
    page.chip("Suggested").click()
    before = page.figure("Suggested")
    page.expect_shown(before)
    client_id = page.shown_ids()[0]
    company = page.row(client_id).locator("[col-id=companies] .note").first.inner_text().split(") ", 1)[1]

    page.row(client_id).get_by_role("button", name="Accept this company").click()

    expect(page.row(client_id)).to_be_hidden()
    expect(page.notice).to_contain_text(f"Linked {company}")
    page.chip("Suggested").click()
    page.search_box.fill(str(client_id))
    expect(page.row(client_id).locator("[col-id=companies] .name")).to_have_text(company)
    expect(page.row(client_id).locator("[col-id=status]")).to_have_text("Mapped")


def test_rejecting_the_only_candidate_leaves_the_client_unmapped_and_undo_brings_it_back(page: ClientPage) -> None:
    page.chip("Suggested").click()
    page.expect_shown(page.figure("Suggested"))
    single = page.grid.locator(".ag-center-cols-container .ag-row").filter(has_not=page.grid.locator(".more"))
    client_id = int(single.first.get_attribute("row-id") or "")
    unmapped = page.figure("Unmapped")

    page.row(client_id).get_by_role("button", name="Reject this company").click()

    expect(page.chip("Unmapped")).to_have_text(f"Unmapped {unmapped + 1}")
    expect(page.row(client_id)).to_be_hidden()

    page.undo_button.click()

    expect(page.chip("Unmapped")).to_have_text(f"Unmapped {unmapped}")
    expect(page.row(client_id).locator("[col-id=companies]")).to_have_text(CANDIDATE)


def test_rejecting_the_best_of_several_candidates_shows_the_next(page: ClientPage) -> None:
    page.chip("Suggested").click()
    page.expect_shown(page.figure("Suggested"))
    several = page.grid.locator(".ag-center-cols-container .ag-row").filter(has=page.grid.locator(".more"))
    client_id = int(several.first.get_attribute("row-id") or "")
    note = page.row(client_id).locator("[col-id=companies] .note").first
    best = note.inner_text()

    page.row(client_id).get_by_role("button", name="Reject this company").click()

    expect(note).not_to_have_text(best)
    expect(note).to_have_text(CANDIDATE)


def test_a_link_under_review_is_confirmed_with_one_click(page: ClientPage) -> None:
    before = page.figure("Review")
    page.chip("Review").click()
    page.expect_shown(before)
    client_id = page.shown_ids()[0]

    page.row(client_id).get_by_role("button", name="Confirm this link").click()

    expect(page.chip("Review")).to_have_text(f"Review {before - 1}")
    expect(page.row(client_id)).to_be_hidden()


def test_a_wrong_link_under_review_is_taken_away_and_not_suggested_again(page: ClientPage) -> None:
    page.chip("Review").click()
    page.expect_shown(page.figure("Review"))
    client_id = page.shown_ids()[0]
    company = page.row(client_id).locator("[col-id=companies] .name").inner_text()

    page.row(client_id).get_by_role("button", name="Not this company").click()

    expect(page.notice).to_contain_text(f"Unlinked {company}")
    page.chip("Review").click()
    page.search_box.fill(str(client_id))
    expect(page.row(client_id).locator("[col-id=status]")).not_to_have_text("Review")
    expect(page.row(client_id).locator("[col-id=companies]")).not_to_contain_text(company)


def test_last_without_a_target_asks_for_one_at_once_and_the_row_is_flagged_until_it_has_one(page: ClientPage) -> None:
    client_id = page.shown_ids()[0]

    page.tick(client_id, "last").click()

    expect(page.dialog).to_contain_text("Assign Invoice")
    page.page.keyboard.press("Escape")
    expect(page.dialog).to_be_hidden()
    expect(page.chip("Missing target")).to_have_text("Missing target 1")
    page.chip("Missing target").click()
    page.expect_shown(1)

    page.row(client_id).get_by_role("button", name="Pick an invoice").click()

    expect(page.dialog).to_contain_text("Assign Invoice")


def test_an_address_opens_the_same_integration_queue_and_client(
    context: BrowserContext, refreshed_app: RunningApp, page: ClientPage
) -> None:
    page.chip("Review").click()
    page.expect_shown(page.figure("Review"))
    client_id = page.shown_ids()[0]
    page.action(client_id, "Edit Company").click()
    expect(page.dialog).to_be_visible()
    address = page.page.url

    colleague = ClientPage.open(context, address)

    expect(colleague.dialog).to_contain_text("Edit Company")
    expect(colleague.chip("Review")).to_have_attribute("aria-checked", "true")
    colleague.page.keyboard.press("Escape")
    expect(colleague.dialog).to_be_hidden()
    colleague.expect_shown(page.figure("Review"))
    assert address.startswith(f"{refreshed_app.url}/?integration=pax8")
    expect(colleague.page).not_to_have_url(address)


@pytest.mark.parametrize(
    "address",
    ["filter=nonsense&client=abc&dialog=rm", "integration=nobody", "client=999999999", "client=1&dialog=import"],
)
def test_an_address_that_names_nothing_opens_the_page(
    context: BrowserContext, refreshed_app: RunningApp, address: str
) -> None:
    opened = ClientPage.open_with_rows(context, f"{refreshed_app.url}?{address}")

    opened.expect_rows(len(refreshed_app.sandbox.data.clients))
