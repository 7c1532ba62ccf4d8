"""Refresh Clients twice in a row is the same as once: what is found does not depend on what was linked before."""

from itertools import islice

import pytest

from tests.unit.jobs.conftest import Desk
from tests.unit.store.decisions import reject, select, unlink


def assert_a_refresh_finds_nothing(desk: Desk) -> None:
    before = {table: desk.table(table) for table in ("mapping", "suggestion")}

    summary = desk.refresh()

    assert (summary.linked, summary.review) == (0, 0)
    assert {table: desk.table(table) for table in before} == before


def reject_a_few(desk: Desk, number: int) -> None:
    """Let an operator undo a few automatic links and turn down a few suggestions."""
    links = select(desk.engine, "select company_id, client_id from mapping order by score, company_id")
    for company_id, client_id in (*links[:number], *links[-number:]):
        unlink(desk.engine, company_id)
        reject(desk.engine, company_id, client_id)
    for company_id, client_id in islice(sorted(desk.suggestions()), number):
        reject(desk.engine, company_id, client_id)


@pytest.mark.parametrize("guards", [True, False], ids=["guards", "bare rule"])
@pytest.mark.parametrize("size", [240, 2_000])
def test_a_second_refresh_links_nothing_and_changes_no_suggestion(desk: Desk, size: int, guards: bool) -> None:
    desk.sandbox_lists(size)
    desk.configure(guards=guards)
    desk.refresh()
    assert len(desk.links()) > size / 2

    assert_a_refresh_finds_nothing(desk)


@pytest.mark.parametrize("guards", [True, False], ids=["guards", "bare rule"])
@pytest.mark.parametrize("size", [240, 2_000])
def test_the_same_holds_after_an_operator_rejected_pairs(desk: Desk, size: int, guards: bool) -> None:
    desk.sandbox_lists(size)
    desk.configure(guards=guards)
    desk.refresh()
    reject_a_few(desk, 5)
    desk.refresh()

    assert_a_refresh_finds_nothing(desk)


def test_the_same_holds_for_pairs_that_were_rejected_before_the_first_refresh(desk: Desk) -> None:
    data = desk.sandbox_lists(240)
    for company_id, client_id in islice(sorted(data.truth.items()), 20):
        reject(desk.engine, company_id, client_id)
    desk.refresh()

    assert_a_refresh_finds_nothing(desk)


@pytest.mark.parametrize("threshold", [75, 99])
def test_the_same_holds_at_other_thresholds(desk: Desk, threshold: int) -> None:
    desk.sandbox_lists(240)
    desk.configure(threshold)
    desk.refresh()

    assert_a_refresh_finds_nothing(desk)


def test_the_same_holds_after_the_threshold_was_changed(desk: Desk) -> None:
    desk.sandbox_lists(240)
    desk.refresh()
    desk.configure(threshold=80)
    desk.refresh()

    assert_a_refresh_finds_nothing(desk)
