"""Many suggestions or links decided at once while a second operator decides one: told, and nothing done by half."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.client_page import ClientPage
from tests.browser.dialogs import bring_into_sight
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


def test_a_company_that_a_second_operator_gave_away_meanwhile_stops_all_and_is_told(
    page: ClientPage, other: ClientPage, waiting: Waiting
) -> None:
    mine, theirs = waiting.rivals[1]
    (beside,) = waiting.suggested(1)
    dialog = open_for(page, "Accept", [mine, beside])
    other.chip("Suggested").click()
    bring_into_sight(other, theirs.client_id).get_by_role("button", name="Accept this company").click()
    expect(other.notice).to_contain_text(f"Linked {theirs.company}")

    dialog.button("Accept 2 suggestions").click()

    dialog.expect_text("Something changed meanwhile, so nothing was saved.")
    dialog.expect_text(f"{mine.company} was linked to {theirs.client} by operator meanwhile.")
    show_all(other)
    expect_suggested(other, beside)
    names = dialog.table(PAIRS).records("Halo Client", "Distributor Client")
    assert (beside.client, beside.company) in names
    assert (mine.client, mine.company) not in names
    dialog.button(f"Accept {len(names)} suggestion{'s' if len(names) > 1 else ''}").click()
    dialog.expect_closed()
    expect_linked(other, beside)


def test_a_pair_that_a_second_operator_rejected_meanwhile_is_not_accepted_over_it(
    page: ClientPage, other: ClientPage, waiting: Waiting
) -> None:
    rejected, beside = waiting.suggested(2)
    dialog = open_for(page, "Accept", [rejected, beside])
    other.chip("Suggested").click()
    bring_into_sight(other, rejected.client_id).get_by_role("button", name="Reject this company").click()
    expect(other.notice).to_contain_text(f"Rejected {rejected.company}")

    dialog.button("Accept 2 suggestions").click()

    dialog.expect_text(f"{rejected.company} was rejected for {rejected.client} by operator meanwhile.")
    show_all(other)
    expect_suggested(other, beside)
    expect_not_suggested(other, rejected)


def test_when_all_was_accepted_meanwhile_a_rejection_is_refused_and_nothing_is_left_to_do(
    page: ClientPage, other: ClientPage, waiting: Waiting
) -> None:
    (pair,) = waiting.suggested(1)
    dialog = open_for(page, "Reject", [pair])
    other.chip("Suggested").click()
    bring_into_sight(other, pair.client_id).get_by_role("button", name="Accept this company").click()
    expect(other.notice).to_contain_text(f"Linked {pair.company}")

    dialog.button("Reject 1 suggestion").click()

    dialog.expect_text(f"{pair.company} was linked to {pair.client} by operator meanwhile.")
    dialog.expect_text("No suggestion of these clients is open any more.")
    dialog.open_details(re.compile("1 client left out"))
    assert dialog.table(LEFT_OUT).cells("Why") == ["Is Mapped now, not Suggested any more."]
    expect(dialog.button(re.compile("^Reject"))).to_be_hidden()
    show_all(other)
    expect_linked(other, pair)


def test_a_link_that_a_second_operator_took_away_meanwhile_stops_the_confirmation_of_all(
    page: ClientPage, other: ClientPage, waiting: Waiting
) -> None:
    gone, beside = waiting.reviewed(2)
    dialog = open_for(page, "Confirm", [gone, beside])
    other.chip("Review").click()
    bring_into_sight(other, gone.client_id).get_by_role("button", name="Not this company").click()
    expect(other.notice).to_contain_text(f"Unlinked {gone.company}")

    dialog.button("Confirm 2 links").click()

    dialog.expect_text(f"{gone.company} is not linked to {gone.client} any more.")
    show_all(other)
    expect_status(other, beside, "Review")
    dialog.button("Confirm 1 link").click()
    dialog.expect_closed()
    expect_status(other, beside, "Mapped")


def test_what_a_second_operator_accepted_meanwhile_is_no_conflict_and_not_counted(
    page: ClientPage, other: ClientPage, waiting: Waiting
) -> None:
    theirs, mine = waiting.suggested(2)
    dialog = open_for(page, "Accept", [theirs, mine])
    other.chip("Suggested").click()
    bring_into_sight(other, theirs.client_id).get_by_role("button", name="Accept this company").click()
    expect(other.notice).to_contain_text(f"Linked {theirs.company}")

    dialog.button("Accept 2 suggestions").click()

    dialog.expect_closed()
    expect(page.notice).to_have_text("Accepted 1 suggestion. 1 suggestion had been decided so already.")
    show_all(other)
    expect_linked(other, mine)
    page.undo_button.click()
    expect_suggested(other, mine)
    expect_linked(other, theirs)
