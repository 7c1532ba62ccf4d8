"""Suggestions accepted or rejected and links confirmed, many at once: all that is ticked, one batch, one undo."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from billingbot.ui.wording import count
from tests.browser.activity_page import ActivityPage
from tests.browser.client_page import ClientPage, RunningApp
from tests.browser.dialogs import open_tool
from tests.browser.waiting_pairs import (
    LEFT_OUT,
    PAIRS,
    Waiting,
    expect_linked,
    expect_not_suggested,
    expect_status,
    expect_suggested,
    open_for,
    read_waiting,
    show_all,
)


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory, refreshed_database: Path) -> Waiting:
    return read_waiting(refreshed_database, tmp_path_factory.mktemp("waiting"))


def test_all_suggestions_are_accepted_as_one_batch_and_one_undo_takes_them_back(
    context: BrowserContext, refreshed_app: RunningApp
) -> None:
    page = ClientPage.open_with_rows(context, refreshed_app.url)
    page.chip("Suggested").click()
    suggested, mapped = page.figure("Suggested"), page.figure("Unmapped")
    page.expect_shown(suggested)

    dialog = open_tool(page, f"Accept all {suggested}")
    left_out = dialog.root.locator("summary").filter(has_text="left out").inner_text()
    accepted = suggested - int(re.findall(r"\d+", left_out)[0])
    assert accepted > 10
    dialog.root.get_by_role("slider").first.press("Home")
    dialog.button(f"Accept {accepted} suggestions").click()

    dialog.expect_closed()
    expect(page.notice).to_have_text(f"Accepted {accepted} suggestions.")
    activity = ActivityPage.open(context, refreshed_app.url)
    activity.table.locator("tbody [role=row]").first.wait_for(state="attached")
    assert activity.cells("What")[0] == f"Linked {accepted} companies"
    page.undo_button.click()
    expect(page.chip("Suggested")).to_have_text(f"Suggested {suggested}")
    expect(page.chip("Unmapped")).to_have_text(f"Unmapped {mapped}")
    page.expect_shown(suggested)


def test_one_that_is_unticked_is_not_accepted(page: ClientPage, waiting: Waiting) -> None:
    first, unticked, last = pairs = waiting.suggested(3)
    dialog = open_for(page, "Accept", pairs)
    table = dialog.table(PAIRS)
    expect(table.ticked).to_have_count(3)
    expected = [(pair.client, pair.company, str(int(pair.score or 0)), pair.reason) for pair in pairs]
    assert sorted(table.records("Halo Client", "Distributor Client", "Score", "Reason")) == sorted(expected)

    table.click_box(unticked.client)
    dialog.button("Accept 2 suggestions").click()

    dialog.expect_closed()
    expect(page.notice).to_have_text("Accepted 2 suggestions.")
    show_all(page)
    for pair in (first, last):
        expect_linked(page, pair)
    expect_suggested(page, unticked)


def test_with_none_ticked_nothing_can_be_accepted(page: ClientPage, waiting: Waiting) -> None:
    (pair,) = waiting.suggested(1)
    dialog = open_for(page, "Accept", [pair])

    dialog.table(PAIRS).click_box(pair.client)

    expect(dialog.button("Accept 0 suggestions")).to_be_disabled()


def test_of_a_long_list_the_likely_ones_are_ticked_and_a_range_of_scores_ticks_others(page: ClientPage) -> None:
    page.chip("Suggested").click()
    suggested = page.figure("Suggested")
    page.expect_shown(suggested)
    dialog = open_tool(page, f"Accept all {suggested}")
    table, lowest = dialog.table(PAIRS), dialog.root.get_by_role("slider").first
    scores = [int(score) for score in table.cells("Score")]
    likely = sum(score >= 90 for score in scores)
    assert 0 < likely < len(scores)
    assert min(scores[:likely]) >= 90

    expect(dialog.button(f"Accept {count(likely, 'suggestion')}")).to_be_visible()
    expect(table.ticked).to_have_count(likely)
    lowest.press("End")
    expect(dialog.button(f"Accept {count(scores.count(max(scores)), 'suggestion')}")).to_be_visible()
    lowest.press("Home")
    expect(table.ticked).to_have_count(len(scores))
    dialog.button("Cancel").click()

    dialog.expect_closed()
    expect(page.chip("Suggested")).to_have_text(f"Suggested {suggested}")


def test_a_client_whose_company_goes_to_another_is_left_out_and_told_why(page: ClientPage, waiting: Waiting) -> None:
    winner, loser = sorted(waiting.rivals[0], key=lambda pair: pair.score or 0, reverse=True)
    assert winner.score != loser.score
    dialog = open_for(page, "Accept", [winner, loser])
    assert dialog.table(PAIRS).cells("Halo Client") == [winner.client]

    dialog.open_details(re.compile("1 client left out"))

    left_out = dialog.table(LEFT_OUT).records("Halo Id", "Halo Client", "Why")
    why = f"{winner.company} goes to {winner.client}, whose name is more alike."
    assert left_out == [(str(loser.client_id), loser.client, why)]


@pytest.mark.parametrize("way_out", ["Cancel", "Escape", "Close"])
def test_leaving_the_dialog_accepts_nothing(page: ClientPage, waiting: Waiting, way_out: str) -> None:
    before = page.figure("Suggested")
    dialog = open_for(page, "Accept", waiting.suggestions[:2])

    if way_out == "Escape":
        dialog.escape()
    else:
        dialog.button(way_out).click()
        dialog.expect_closed()

    expect(page.chip("Suggested")).to_have_text(f"Suggested {before}")
    expect(page.notice).to_be_hidden()


def test_a_double_click_accepts_once(page: ClientPage, shared_app: RunningApp, waiting: Waiting) -> None:
    pairs = waiting.suggested(2)
    dialog = open_for(page, "Accept", pairs)

    dialog.button("Accept 2 suggestions").dblclick()

    dialog.expect_closed()
    expect(page.notice).to_have_text("Accepted 2 suggestions.")
    activity = ActivityPage.open(page.page.context, shared_app.url)
    activity.search_box.fill(pairs[0].client)
    activity.expect_rows(1)
    activity.page.close()


def test_rejected_pairs_are_suggested_again_after_one_undo_but_not_after_a_refresh(
    page: ClientPage, waiting: Waiting
) -> None:
    pairs = waiting.suggested(2)
    dialog = open_for(page, "Reject", pairs)
    dialog.button("Reject 2 suggestions").click()
    dialog.expect_closed()
    expect(page.notice).to_have_text("Rejected 2 suggestions.")
    show_all(page)
    for pair in pairs:
        expect_not_suggested(page, pair)

    page.undo_button.click()
    for pair in pairs:
        expect_suggested(page, pair)
    page.undo_button.click()
    for pair in pairs:
        expect_not_suggested(page, pair)
    page.refresh()
    expect(page.progress).to_be_visible()
    expect(page.progress).to_be_hidden(timeout=30_000)

    for pair in pairs:
        expect_not_suggested(page, pair)


def test_links_are_confirmed_but_for_one_that_is_unticked(page: ClientPage, waiting: Waiting) -> None:
    first, unticked, last = pairs = waiting.reviewed(3)
    before = page.figure("Review")
    dialog = open_for(page, "Confirm", pairs)
    expect(dialog.table(PAIRS).ticked).to_have_count(3)

    dialog.table(PAIRS).click_box(unticked.client)
    dialog.button("Confirm 2 links").click()

    dialog.expect_closed()
    expect(page.chip("Review")).to_have_text(f"Review {before - 2}")
    show_all(page)
    for pair in (first, last):
        expect_linked(page, pair)
    expect_status(page, unticked, "Review")
    page.undo_button.click()
    expect(page.chip("Review")).to_have_text(f"Review {before}")


@pytest.mark.parametrize(
    ("verb", "done", "left_as"),
    [
        ("Accept", "Linked 2 companies", "Suggested"),
        ("Reject", "Rejected 2 pairs", "Suggested"),
        ("Confirm", "Confirmed 2 links", "Review"),
    ],
)
def test_activity_shows_the_batch_and_undoes_it(
    page: ClientPage, shared_app: RunningApp, waiting: Waiting, verb: str, done: str, left_as: str
) -> None:
    pairs = (waiting.reviews if verb == "Confirm" else waiting.suggestions)[:2]
    dialog = open_for(page, verb, pairs)
    dialog.button(re.compile(f"^{verb} 2 ")).click()
    dialog.expect_closed()
    show_all(page)

    activity = ActivityPage.open(page.page.context, shared_app.url)
    activity.click_row(0)
    expect(activity.title).to_have_text(done)
    for pair in pairs:
        expect(activity.details).to_contain_text(pair.client)
    activity.button("Undo …").click()
    activity.button("Undo all of it").click()

    expect(activity.notice).to_contain_text("Undone.")
    for pair in pairs:
        expect_status(page, pair, left_as)
    activity.page.close()
