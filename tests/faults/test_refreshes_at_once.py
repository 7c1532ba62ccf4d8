"""Many threads and processes that want to refresh the same integration: never two of them at a time."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from billingbot.domain.integration import Integration
from tests.faults.lease_loop import Held, take_and_end
from tests.faults.places import open_store
from tests.faults.starter import ROOT
from tests.scoreboard.rows import POSTGRES
from tests.scoreboard.size import sized
from tests.scoreboard.tally import Tally
from tests.unit.store.refreshes import NOON
from tests.wait import PATIENCE

THREADS, PROCESSES = 8, 6
SECONDS = sized(4, 60)


@pytest.mark.fault(14)
def test_of_many_threads_one_refreshes_at_a_time(where: str, tmp_path: Path, tally: Tally) -> None:
    store = open_store(where)
    store.add_integration(Integration("pax8", "Pax8"), "ann", NOON)

    with ThreadPoolExecutor(THREADS) as pool:
        works = [pool.submit(take_and_end, store, str(number), SECONDS, tmp_path / "held") for number in range(THREADS)]
        held = [work.result() for work in works]

    store.close()
    count(tally, held)


@pytest.mark.fault(14, engine=POSTGRES)
def test_of_many_processes_one_refreshes_at_a_time(url: str, tmp_path: Path, tally: Tally) -> None:
    store = open_store(url)
    store.add_integration(Integration("pax8", "Pax8"), "ann", NOON)
    store.close()
    command = [sys.executable, "-m", "tests.faults.lease_loop", url]
    processes = [
        subprocess.Popen(
            [*command, str(number), str(SECONDS), str(tmp_path / "held")],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(PROCESSES)
    ]

    said = [process.communicate("go\n", SECONDS + 2 * PATIENCE)[0] for process in begun(processes)]

    assert [process.returncode for process in processes] == [0] * PROCESSES
    count(tally, [Held(**json.loads(line)) for line in said])


def begun(processes: "list[subprocess.Popen[str]]") -> "list[subprocess.Popen[str]]":
    """Let all of them begin before any is listened to."""
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return processes


def count(tally: Tally, held: list[Held]) -> None:
    """Say how often somebody had the right, and how often two had it, or the same token."""
    tokens = [token for one in held for token in one.tokens]
    tally.trials(len(tokens))
    tally.none(overlaps=sum(one.overlaps for one in held) + len(tokens) - len(set(tokens)))
    assert sum(bool(one.tokens) for one in held) > 1
