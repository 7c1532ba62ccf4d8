import pytest

from billingbot.domain.match import ClientStatus
from billingbot.ui.work_queue import EMPTY, LABELS, LAST_REFRESH, TO_DO, Work, figures, queues
from tests.unit.ui.client_rows import RUN, client_rows


@pytest.mark.parametrize(
    ("work", "wanted"),
    [
        (Work.UNMAPPED, {"status": ClientStatus.UNMAPPED.value}),
        (Work.SUGGESTED, {"status": ClientStatus.SUGGESTED.value}),
        (Work.REVIEW, {"status": ClientStatus.REVIEW.value}),
        (Work.MISSING_TARGET, {"missing_target": True}),
        (Work.GONE, {"status": ClientStatus.GONE.value}),
        (Work.EXCLUDED, {"status": ClientStatus.EXCLUDED.value, "excluded": True}),
        (Work.NEW, {"added_run": RUN}),
        (Work.RENAMED, {"renamed_run": RUN}),
        (Work.LOST, {"gone_run": RUN}),
        (Work.MATCHED, {"linked_run": RUN}),
    ],
    ids=lambda value: value.name if isinstance(value, Work) else "",
)
def test_a_chip_counts_the_rows_that_it_filters_to(work: Work, wanted: dict[str, object]) -> None:
    rows = client_rows({"status": ClientStatus.MAPPED.value}, {"status": ClientStatus.MAPPED.value} | wanted)

    assert figures(rows, RUN)[work] == 1
    assert [f" {work} " in queue for queue in queues(rows, RUN)] == [False, True]


def test_a_client_that_is_gone_and_excluded_is_in_both_queues() -> None:
    rows = client_rows({"status": ClientStatus.GONE.value, "excluded": True})

    assert queues(rows, RUN).tolist() == [" gone excluded "]


def test_what_an_earlier_run_did_is_not_counted() -> None:
    rows = client_rows({"status": ClientStatus.MAPPED.value, "added_run": "run-1", "linked_run": "run-1"})

    assert set(figures(rows, RUN).values()) == {0}


def test_before_the_first_refresh_nothing_counts_as_done_by_it() -> None:
    rows = client_rows({"status": ClientStatus.MAPPED.value, "added_run": "run-1", "renamed_run": "", "gone_run": ""})

    assert set(figures(rows, "").values()) == {0}


def test_every_chip_has_a_label_and_says_what_it_means_that_it_is_empty() -> None:
    assert list(LABELS) == list(EMPTY) == list(Work) == [*TO_DO, *LAST_REFRESH]
