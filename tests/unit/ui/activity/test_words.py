"""What Activity says about batches and runs."""

from datetime import timedelta

import pytest

from billingbot.domain.history import Batch
from billingbot.domain.refresh import RefreshRun, RefreshState
from billingbot.ui.activity.undo_words import undo_question
from billingbot.ui.activity.words import duration_words, run_words, state_words
from tests.fakes import NOON


def batch(actions: dict[str, int], actor: str = "ann", undoes: str | None = None, undone_by: str = "") -> Batch:
    return Batch("b1", "pax8", actor, NOON, actions, 2, "Acme", undoes, undone_by)


def run(state: RefreshState, *, alive: bool = True, seconds: float | None = None) -> RefreshRun:
    finished = None if seconds is None else NOON + timedelta(seconds=seconds)
    return RefreshRun("r1", "pax8", "ann", state, NOON, finished_at=finished, alive=alive)


@pytest.mark.parametrize(
    ("actions", "sentence"),
    [
        ({"link": 174}, "This unlinks 174 companies."),
        ({"unlink": 2, "reject": 2}, "This links 2 companies again."),
        ({"unlink": 1, "reject": 3}, "This links 1 company again and forgets 2 rejections."),
        ({"link": 1, "forget": 1}, "This unlinks 1 company."),
        ({"confirm": 2, "edit": 1, "link": 1},
         "This unlinks 1 company, puts 2 links back under review and gives 1 client the former settings back."),
        ({"review": 1, "forget": 2}, "This confirms 1 link again and rejects 2 pairs again."),
    ],
)  # fmt: skip
def test_the_question_says_what_undoing_does(actions: dict[str, int], sentence: str) -> None:
    assert undo_question(batch(actions), "Pax8") == sentence


def test_only_what_the_machine_linked_stays_away_for_good() -> None:
    assert "no refresh brings them back" in undo_question(batch({"link": 2}, actor="auto"), "Pax8")
    assert "no refresh brings them back" not in undo_question(batch({"link": 2}, actor="ann"), "Pax8")


def test_an_undo_names_what_it_took_back_when_that_is_known() -> None:
    undo = batch({"unlink": 2}, undoes="b0")

    assert state_words(undo, {"b0": batch({"link": 2})}, {}) == "Undo of “Linked 2 companies”"
    assert state_words(undo, {}, {}) == "Undo of an earlier change"


def test_an_undone_undo_is_undone() -> None:
    assert state_words(batch({"unlink": 2}, undoes="b0", undone_by="bob"), {}, {}) == "Undone by bob"


@pytest.mark.parametrize(
    ("ended", "words"),
    [
        (run(RefreshState.RUNNING), "Running"),
        (run(RefreshState.RUNNING, alive=False), "Interrupted"),
        (run(RefreshState.ABANDONED), "Interrupted"),
        (run(RefreshState.NEEDS_APPROVAL), "Asked for approval"),
    ],
    ids=["running", "its process died", "abandoned", "approval"],
)
def test_a_run_ends_in_words(ended: RefreshRun, words: str) -> None:
    assert run_words(ended) == words


def test_a_run_takes_until_its_end_or_until_now_and_nobody_knows_how_long_a_dead_one_took() -> None:
    later = NOON + timedelta(minutes=5)

    assert duration_words(run(RefreshState.SUCCEEDED, seconds=0.64), later) == "0.6 s"
    assert duration_words(run(RefreshState.RUNNING), later) == "5:00"
    assert duration_words(run(RefreshState.RUNNING, alive=False), later) == ""
