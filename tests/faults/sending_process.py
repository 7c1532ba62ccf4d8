"""A process that plans and sends months, and is killed. As a program, it starts one for each line that it reads."""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from billingbot.connectors.halo import SOURCE, HaloPsa
from billingbot.connectors.halo.account import account_of
from billingbot.connectors.http import Policy, Timing, Transport, Wire
from billingbot.domain.ledger import LedgerEntry, SendLease, SentState
from billingbot.domain.period import Period
from billingbot.domain.sending import SendOutcome, SendResult
from billingbot.errors import SendingRunning, UpstreamError
from billingbot.jobs.outside import Outside, SendStep
from billingbot.jobs.plan_charges import Month, plan_charges
from billingbot.jobs.send_charges import LEASE, send_charges
from billingbot.ports import Halo, Store
from billingbot.sandbox.connections import sandbox_connections
from billingbot.store import DatabaseStore
from tests.faults.billed_months import KEY
from tests.faults.places import is_url, open_store

LOCAL = frozenset({"127.0.0.1"})
POLICY = Policy(rate_calls=1_000_000)
DONE = frozenset({SendOutcome.SENT, SendOutcome.ALREADY_SENT, SendOutcome.UNCHANGED})
"""After these there is nothing more to do for a client."""
STEP = "step"
SHORT = timedelta(seconds=0.2)


@dataclass(frozen=True)
class Job:
    """What a process has to do, month by month.

    Args:
        database: its path or URL.
        sandbox: where HaloPSA is.
        months: in this order.
        clients: whose charges.
        now: when, as ISO 8601 has it.
        plans: by month, the plan to go on with; other months are planned.
        die_at: the step at which it kills itself, "" for none.
        die_on: when it gets there for the so-manieth time.
        forgetful: whether the ledger forgets everything.
    """

    database: str
    sandbox: str
    months: list[str]
    clients: list[int]
    now: str
    plans: dict[str, str] = field(default_factory=dict)
    die_at: str = ""
    die_on: int = 1
    forgetful: bool = False

    def line(self) -> str:
        """Return what `start_for_each_line` reads."""
        return json.dumps(asdict(self))


class Forgetful(DatabaseStore):
    """A store whose ledger forgets what it is told."""

    def __init__(self, store: DatabaseStore) -> None:
        super().__init__(store._engine)

    def begin_entry(self, entry: LedgerEntry, lease: SendLease) -> None:
        """Forget it."""

    def end_entry(self, entry_id: str, lease: SendLease, state: SentState, now: datetime, **_rest: object) -> None:
        """Forget it."""

    def ledger(self, *_which: object, **_rest: object) -> list[LedgerEntry]:
        """Know nothing."""
        return []

    def newest_entries(self, *_which: object, **_rest: object) -> dict[int, LedgerEntry]:
        """Know nothing."""
        return {}

    def newest_revisions(self, *_which: object) -> dict[int, int]:
        """Know nothing."""
        return {}


def connected(url: str) -> HaloPsa:
    """Return a connection to the sandbox's HaloPSA that does not wait between tries, and is in no budget."""
    timing = Timing(sleep=lambda _seconds: None)
    account = account_of(sandbox_connections(url)["halo"], LOCAL)
    return HaloPsa(account, Transport(SOURCE, Wire(POLICY, LOCAL), POLICY, timing))


def unheard(_step: SendStep) -> None:
    """Hear of a step, and do nothing."""


def outside(start: datetime, reached: Callable[[SendStep], None] = unheard) -> Outside:
    """Return an outside whose time begins at `start`, and which does not wait."""
    begun = time.monotonic()
    return Outside(lambda: start + timedelta(seconds=time.monotonic() - begun), lambda _seconds: None, 25, reached)


def plan(store: Store, halo: Halo, month: Period, clients: Collection[int], around: Outside) -> str:
    """Plan the month and return the plan's hash."""
    return plan_charges(store, halo, Month(KEY, month), clients, "ann", around).plan_hash


def send(
    store: Store, halo: Halo, plan_hash: str, clients: Collection[int], around: Outside, lease: timedelta = LEASE
) -> list[SendResult]:
    """Send the plan; whatever it asks is agreed to."""
    return send_charges(
        store, halo, plan_hash, clients, "ann", around, lambda _done, _total: None, lambda: False, lease
    )


def until_nobody_sends(store: Store) -> None:
    """Wait. On a server, the right to send is still with a process that was killed, until its lease ends."""
    while True:
        try:
            store.release_send_lease(store.take_send_lease(KEY, "waiting", SHORT))
        except SendingRunning:
            time.sleep(0.02)
        else:
            return


def dying_at(step: str, times: int) -> Callable[[SendStep], None]:
    """Return what hears of steps, says so, and kills its process at one of them."""
    heard = 0

    def hear(reached: SendStep) -> None:
        nonlocal heard
        say(STEP)
        heard += reached == step
        if reached == step and heard == times:
            os.kill(os.getpid(), signal.SIGKILL)

    return hear


def work(job: Job) -> None:
    """Send month by month. Says of each `planned MONTH HASH`, a word a step, and then `done MONTH` or `left MONTH`."""
    opened = open_store(job.database)
    store = Forgetful(opened) if job.forgetful else opened
    halo = connected(job.sandbox)
    until_nobody_sends(store)
    around = outside(datetime.fromisoformat(job.now), dying_at(job.die_at, job.die_on))
    for month in job.months:
        try:
            plan_hash = job.plans.get(month) or plan(store, halo, Period.parse(month), job.clients, around)
            say(f"planned {month} {plan_hash}")
            results = send(store, halo, plan_hash, job.clients, around, SHORT if is_url(job.database) else LEASE)
        except UpstreamError as error:
            say(f"left {month} {error}")
            continue
        open_ones = [f"{result.outcome}: {result.sentence}" for result in results if result.outcome not in DONE]
        say(f"left {month} {open_ones[0]}" if open_ones else f"done {month}")


def start_for_each_line() -> None:
    """Start a process for each line, say which one, and how it has ended; it need not import anything again."""
    for line in sys.stdin:
        job = Job(**json.loads(line))
        child = os.fork()
        if child == 0:
            work(job)
            os._exit(0)
        say(f"process {child}")
        # It keeps its id until that is heard: who is about to kill it must not meet another process.
        os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        say("ended")
        sys.stdin.readline()
        say(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])))


def say(words: str) -> None:
    """Write a line at once."""
    os.write(sys.stdout.fileno(), f"{words}\n".encode())


if __name__ == "__main__":
    start_for_each_line()
