"""A process that is killed while it saves: what it was told is saved is there, and nothing is there by half."""

import time

import pytest

from tests.faults.commit_loop import PAIRS
from tests.faults.paired_edits import prepare, saved_requests, torn_rows
from tests.faults.places import open_engine
from tests.faults.starter import starting
from tests.scoreboard.size import chances, sized
from tests.scoreboard.tally import Tally

KILLS = sized(50, 1000)
LONGEST = 0.15
"""Seconds; in which a dozen decisions are saved."""


@pytest.mark.fault(1)
def test_what_was_said_to_be_saved_is_there_after_a_kill_and_nothing_is_there_by_half(where: str, tally: Tally) -> None:
    prepare(where, PAIRS)
    instants, said, lost, torn = chances(), set[str](), 0, 0

    with starting("tests.faults.commit_loop") as starter:
        for round_number in range(KILLS):
            said |= set(starter.killed(f"{round_number} {where}", instants.uniform(0, LONGEST)))
            began = time.monotonic()
            engine = open_engine(where)
            tally.took("reopened", time.monotonic() - began)
            saved = saved_requests(engine)
            lost += len(said - saved)
            torn += torn_rows(engine, saved, PAIRS)
            engine.close()
            tally.trials()

    tally.seen(commits_acknowledged=len(said), saved_but_not_heard_of=len(saved - said))
    tally.none(lost=lost, torn=torn)
    assert len(said) > KILLS
