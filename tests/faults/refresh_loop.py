"""Refresh Clients without end, for a process that is going to be killed. A run's id alone says what it lists.

As a program, it starts such a process for each line that it reads, which is a round's number and a database.
"""

import time
from itertools import count

from billingbot.domain.party import Client, Company
from billingbot.jobs.refresh_clients import Sources, refresh_clients, start_refresh
from billingbot.ports import Store
from tests.fakes import NOON, FakeDistributor, FakeHalo
from tests.faults.places import open_store
from tests.faults.starter import OPEN, say, start_for_each_line

ROWS = 300
MOVE = 10
"""How many clients and companies only one of the two generations lists; few enough that nobody has to approve."""
OWN = 20
"""How many clients and companies no other run lists."""


def run_id(round_number: int, run_number: int) -> str:
    return f"{round_number}-{run_number}"


def listed(run: str) -> tuple[dict[int, str], dict[str, str]]:
    """Return the names of clients and companies by id that the run lists: one of two generations, and its own.

    The company c1 has the name of the client 1, and so on, so that the machine wants to link every pair. Each
    generation has its own names.
    """
    round_number, run_number = (int(part) for part in run.split("-"))
    generation = (round_number + run_number) % 2
    first_own = round_number * 1_000_000 + run_number * 1_000 + 1_000
    names = {n: f"{spelled(n)} {'XY'[generation]}" for n in range(generation * MOVE, generation * MOVE + ROWS)}
    names |= {n: spelled(n) for n in range(first_own, first_own + OWN)}
    return names, {f"c{n}": f"{name} Ltd" for n, name in names.items()}


def spelled(number: int) -> str:
    """Return a name that is unlike those of other numbers: a stretch of digits would make all of them alike."""
    scattered = number * 2_654_435_761 % 2**32
    return "".join(chr(ord("a") + scattered // 26**place % 26) * 2 for place in range(7))


def refresh_without_end(line: str) -> None:
    """Say when the database is open, then refresh again and again and say the id of each run that has succeeded.

    Where others can have it open, a run goes on until its lease ends, though its process was killed: it is cancelled.
    """
    round_number, where = line.split(" ", 1)
    store = open_store(where)
    say(OPEN)
    latest = store.latest_run("pax8")
    if latest:
        store.cancel_run(latest.run_id, "loop", NOON)
    for run_number in count():
        run = run_id(int(round_number), run_number)
        refresh(store, run)
        say(run)


def refresh(store: Store, run: str) -> None:
    started = start_refresh(store, "pax8", "loop", run, NOON)
    refresh_clients(store, started, sources(run))


def sources(run: str) -> Sources:
    clients, companies = listed(run)
    return Sources(
        FakeHalo([Client(client_id, name) for client_id, name in clients.items()]),
        FakeDistributor([Company(company_id, name) for company_id, name in companies.items()]),
        lambda: NOON,
        time.monotonic,
    )


if __name__ == "__main__":
    start_for_each_line(refresh_without_end)
