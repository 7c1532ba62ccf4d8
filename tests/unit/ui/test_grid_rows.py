import pytest

from billingbot.domain.match import ClientStatus
from billingbot.ui.grid_rows import grid_rows
from tests.unit.ui.client_rows import RUN, candidates, client_rows

SUGGESTED = {"status": ClientStatus.SUGGESTED.value, "score": 94.9, "reason": "R1"}


def test_a_suggestion_names_its_best_candidate_and_score_and_how_many_more_there_are() -> None:
    shown = grid_rows(client_rows(SUGGESTED), candidates((1, "Third", 3), (1, "First", 1), (1, "Second", 2)), RUN)

    assert shown["companies_note"].tolist() == ["(94) First"]
    assert shown["companies_more"].tolist() == ["+2"]


def test_a_single_candidate_is_not_followed_by_more() -> None:
    assert grid_rows(client_rows(SUGGESTED), candidates((1, "First", 1)), RUN)["companies_more"].tolist() == [""]


def test_the_tooltip_of_a_suggestion_says_of_each_candidate_why_it_was_not_linked() -> None:
    [note] = grid_rows(client_rows(SUGGESTED), candidates((1, "Second", 2), (1, "First", 1)), RUN)["status_note"]

    assert note.splitlines()[1:] == ["\u2068First\u2069 (94): R1", "\u2068Second\u2069 (93): R2"]


def test_candidates_of_other_clients_are_not_mixed_up() -> None:
    shown = grid_rows(client_rows(SUGGESTED, SUGGESTED), candidates((2, "Second", 1), (1, "First", 1)), RUN)

    assert shown["companies_note"].tolist() == ["(94) First", "(94) Second"]
    assert shown["companies_more"].tolist() == ["", ""]


def test_candidates_that_were_decided_meanwhile_leave_the_reason() -> None:
    shown = grid_rows(client_rows(SUGGESTED), candidates(), RUN)

    assert shown["companies_note"].tolist() == [""]
    assert shown["status_note"].str.contains("R1").all()


def test_a_link_that_waits_for_review_shows_its_score_and_what_is_unexplained() -> None:
    row = {"status": ClientStatus.REVIEW.value, "companies": "Horizen Ltd", "score": 92.9, "reason": "One letter."}

    shown = grid_rows(client_rows(row), candidates(), RUN)

    assert shown["companies_note"].tolist() == ["(92)"]
    assert shown["companies_more"].tolist() == [""]
    assert shown["status_note"].str.endswith("\nOne letter.\nScore 92 of 100.").all()


def test_a_sure_link_needs_no_remark_and_says_why_in_its_tooltip() -> None:
    row = {"status": ClientStatus.MAPPED.value, "companies": "Brightwater", "score": 99.99, "reason": "Same name."}

    shown = grid_rows(client_rows(row), candidates(), RUN)

    assert shown["companies_note"].tolist() == [""]
    assert shown["status_note"].tolist() == ["Linked to a company.\nSame name.\nScore 99 of 100."]


def test_a_reason_without_a_score_stands_alone() -> None:
    row = {"status": ClientStatus.MAPPED.value, "companies": "Brightwater", "reason": "Linked by ann."}

    assert grid_rows(client_rows(row), candidates(), RUN)["status_note"].tolist() == [
        "Linked to a company.\nLinked by ann."
    ]


def test_an_unmapped_client_has_nothing_to_explain() -> None:
    shown = grid_rows(client_rows({}), candidates(), RUN)

    assert shown["status_note"].tolist() == ["Not linked, and no company has a similar name."]


@pytest.mark.parametrize("status", list(ClientStatus))
def test_every_status_says_what_it_means(status: ClientStatus) -> None:
    shown = grid_rows(client_rows({"status": status.value, "score": 95.0}), candidates(), RUN)

    assert shown["status_note"].str.len().gt(0).all()


@pytest.mark.parametrize("status", list(ClientStatus))
def test_no_text_names_a_threshold_that_the_integration_may_not_have(status: ClientStatus) -> None:
    shown = grid_rows(client_rows({"status": status.value, "score": 95.0}), candidates((1, "First", 1)), RUN)

    assert not shown.select_dtypes("str").stack().str.contains("90").any()


def test_what_was_read_from_the_store_is_not_changed() -> None:
    rows = client_rows(SUGGESTED)
    before = rows.copy(deep=True)

    shown = grid_rows(rows, candidates((1, "Brightwater Vets", 1)), RUN)
    shown["client"] = "changed"

    assert rows.equals(before)


def test_rows_that_a_filter_has_left_are_numbered_anew() -> None:
    rows = client_rows({}, SUGGESTED, {}).iloc[[1, 2]]

    shown = grid_rows(rows, candidates((2, "First", 1)), RUN)

    assert shown.index.tolist() == [0, 1]
    assert shown["companies_note"].tolist() == ["(94) First", ""]


def test_without_rows_there_is_nothing_to_show() -> None:
    assert grid_rows(client_rows({}).iloc[:0], candidates(), RUN).empty


def test_a_row_says_which_chips_mean_it() -> None:
    row = {"status": ClientStatus.REVIEW.value, "missing_target": True, "linked_run": RUN}

    [queues] = grid_rows(client_rows(row), candidates(), RUN)["queues"]

    assert queues == " review missing-target matched "


def test_a_row_of_another_run_is_in_no_chip_of_the_last_refresh() -> None:
    [queues] = grid_rows(client_rows({"status": ClientStatus.MAPPED.value, "linked_run": "run-1"}), candidates(), RUN)[
        "queues"
    ]

    assert queues == " "
