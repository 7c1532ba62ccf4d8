import pytest

from billingbot.domain.match import ClientStatus
from billingbot.ui.client_filters import MEANINGS, ClientFilter, figures, filtered
from tests.unit.ui.client_rows import RUN, client_rows


@pytest.mark.parametrize(
    ("chosen", "wanted"),
    [
        (ClientFilter.NEW, {"added_run": RUN}),
        (ClientFilter.RENAMED, {"renamed_run": RUN}),
        (ClientFilter.GONE, {"gone_run": RUN, "status": ClientStatus.GONE.value}),
        (ClientFilter.MATCHED, {"linked_run": RUN, "status": ClientStatus.MAPPED.value}),
        (ClientFilter.REVIEW, {"status": ClientStatus.REVIEW.value}),
        (ClientFilter.SUGGESTED, {"status": ClientStatus.SUGGESTED.value}),
    ],
    ids=lambda value: value.name if isinstance(value, ClientFilter) else "",
)
def test_a_filter_finds_the_rows_that_its_figure_is_about(chosen: ClientFilter, wanted: dict[str, object]) -> None:
    rows = client_rows({}, wanted, {"added_run": "run-1"})

    assert filtered(rows, chosen, RUN)["client_id"].tolist() == [2]


def test_unmatched_are_the_clients_without_company_and_candidate() -> None:
    rows = client_rows({}, {"status": ClientStatus.SUGGESTED.value}, {"status": ClientStatus.GONE.value})

    assert filtered(rows, ClientFilter.UNMATCHED, RUN)["client_id"].tolist() == [1]


def test_what_an_earlier_run_did_is_not_counted() -> None:
    rows = client_rows({"added_run": "run-1", "linked_run": "run-1", "status": ClientStatus.MAPPED.value})

    assert set(figures(rows, RUN).values()) == {0}


def test_a_client_may_count_in_several_figures() -> None:
    rows = client_rows({"added_run": RUN, "linked_run": RUN, "status": ClientStatus.REVIEW.value})

    counted = figures(rows, RUN)

    assert (counted[ClientFilter.NEW], counted[ClientFilter.MATCHED]) == (1, 1)


def test_every_filter_can_be_explained() -> None:
    assert list(MEANINGS) == list(ClientFilter)
