import pytest

from billingbot.domain.match import ClientStatus
from billingbot.ui.grid_rows import grid_rows
from tests.unit.ui.client_rows import candidates, client_rows

SUGGESTED = {"status": ClientStatus.SUGGESTED.value, "score": 86.4, "reason": "“Vets” is not explained"}


def test_a_suggestion_names_its_best_candidate_and_score() -> None:
    shown = grid_rows(client_rows(SUGGESTED), candidates((1, "Bright Water", 2), (1, "Brightwater Vets", 1)))

    assert shown["companies_note"].tolist() == ["Suggested (86): Brightwater Vets"]


def test_candidates_of_other_clients_are_not_mixed_up() -> None:
    shown = grid_rows(client_rows(SUGGESTED, SUGGESTED), candidates((2, "Second", 1), (1, "First", 1)))

    assert shown["companies_note"].tolist() == ["Suggested (86): First", "Suggested (86): Second"]


def test_a_link_that_waits_for_review_shows_its_score() -> None:
    row = {"status": ClientStatus.REVIEW.value, "companies": "Horizen Ltd", "score": 92.0, "reason": "one letter"}

    shown = grid_rows(client_rows(row), candidates())

    assert shown["companies_note"].tolist() == ["(92)"]
    assert shown["status_note"].str.endswith("Score 92 of 100: one letter").all()


def test_a_sure_link_needs_no_remark() -> None:
    row = {"status": ClientStatus.MAPPED.value, "companies": "Brightwater", "score": 100.0, "reason": "same name"}

    assert grid_rows(client_rows(row), candidates())["companies_note"].tolist() == [""]


def test_a_reason_without_a_score_stands_alone() -> None:
    row = {"status": ClientStatus.MAPPED.value, "companies": "Brightwater", "reason": "linked by ann"}

    assert grid_rows(client_rows(row), candidates())["status_note"].tolist() == ["Linked to a company. linked by ann"]


@pytest.mark.parametrize("status", list(ClientStatus))
def test_every_status_says_what_it_means(status: ClientStatus) -> None:
    shown = grid_rows(client_rows({"status": status.value, "score": 90.0}), candidates())

    assert shown["status_note"].str.len().gt(0).all()


def test_what_was_read_from_the_store_is_not_changed() -> None:
    rows = client_rows(SUGGESTED)
    before = rows.copy(deep=True)

    shown = grid_rows(rows, candidates((1, "Brightwater Vets", 1)))
    shown["client"] = "changed"

    assert rows.equals(before)


def test_rows_that_a_filter_has_left_are_numbered_anew() -> None:
    rows = client_rows({}, {}, {}).iloc[[2]]

    assert grid_rows(rows, candidates()).index.tolist() == [0]
