from datetime import UTC, datetime

import pytest

from billingbot.domain.refresh import RefreshRun, RefreshState, Step
from billingbot.ui.refresh_progress import fraction_done, step_done

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def running(step: Step, done: int = 0, total: int = 0) -> RefreshRun:
    return RefreshRun("run-1", "pax8", "ann", RefreshState.RUNNING, NOON, step=step, done=done, total=total)


@pytest.mark.parametrize(
    ("run", "fraction"),
    [
        (running(Step.HALO_CLIENTS), 0.0),
        (running(Step.HALO_CLIENTS, 50, 100), 0.125),
        (running(Step.COMPANIES, 0, 100), 0.25),
        (running(Step.SAVING, 100, 100), 1.0),
    ],
    ids=["start", "half of the first step", "second step", "end"],
)
def test_each_step_has_an_equal_share_of_the_bar(run: RefreshRun, fraction: float) -> None:
    assert fraction_done(run) == fraction


def test_a_step_whose_length_is_not_known_does_not_pretend_to_advance() -> None:
    assert step_done(running(Step.COMPANIES, done=70), Step.COMPANIES) == 0.0


def test_a_list_that_grows_while_it_is_read_never_fills_more_than_its_step() -> None:
    assert step_done(running(Step.COMPANIES, 120, 100), Step.COMPANIES) == 1.0
