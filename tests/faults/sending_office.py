"""An MSP whose charges are sent by processes that may be killed: a sandbox, a database, and who starts processes."""

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from billingbot.domain.ledger import OPEN
from billingbot.domain.period import Period
from billingbot.sandbox.dataset import DataSet, HaloClient, build
from billingbot.sandbox.server import Sandbox
from tests.faults.billed_months import KEY, SENT_AT, due, first_clients, prepare
from tests.faults.books import Books, open_books, wrong_with_created
from tests.faults.places import open_store
from tests.faults.sender import KILLED, Patience, Ran, Senders, senders
from tests.faults.sending_process import Job

_APART = timedelta(hours=1)
"""Between two starts: so much that what one has left open has arrived when the next one looks, or never will."""

MOMENT = 0.02
"""Seconds; a step takes about as long."""


def customers(count: int) -> DataSet:
    """Return clients in HaloPSA."""
    return build(seed=20261206, clients=count, companies=1, today=date(2026, 12, 6))


@dataclass
class Office:
    """See above. `books` are as they were when the office was opened.

    `starts` and `kills` count processes, `interrupted` those of the killed ones that left open whether something was
    sent.
    """

    sandbox: Sandbox
    database: str | Path
    clients: Sequence[HaloClient]
    senders: Senders
    starts: int = 0
    kills: int = 0
    interrupted: int = 0
    books: dict[int, Books] = field(init=False)

    def __post_init__(self) -> None:
        self.books = {client.client_id: open_books(self.sandbox, client.client_id) for client in self.clients}

    def start(
        self,
        months: Sequence[Period],
        plans: Mapping[str, str] | None = None,
        patience: Patience | None = None,
        *,
        die_at: str = "",
        die_on: int = 1,
        forgetful: bool = False,
    ) -> Ran:
        """Let a process send the months; see `Job` and `Senders.run`."""
        job = Job(
            database=str(self.database),
            sandbox=self.sandbox.url,
            months=list(map(str, months)),
            clients=[client.client_id for client in self.clients],
            now=(SENT_AT + self.starts * _APART).isoformat(),
            plans=dict(plans or {}),
            die_at=die_at,
            die_on=die_on,
            forgetful=forgetful,
        )
        ran = self.senders.run(job, patience)
        self.starts += 1
        if ran.code == KILLED:
            self.kills += 1
            self.interrupted += self._is_open()
        return ran

    def send(
        self, months: Sequence[Period], kills: int, longest: int, chances: random.Random, *, forgetful: bool = False
    ) -> None:
        """Start processes until everything is sent. By chance they plan again, or go on with a plan.

        Args:
            months: to be sent.
            kills: how many of the processes to kill, the first ones.
            longest: steps that such a process does at most.
            chances: when, and which.
            forgetful: whether the ledger forgets everything.
        """
        left, plans = list(months), dict[str, str]()
        for number in count():
            resumed = {month: plan for month, plan in plans.items() if chances.random() < 0.5}
            patience = Patience(chances.randrange(longest), chances.uniform(0, MOMENT)) if number < kills else None
            ran = self.start(left, resumed, patience, forgetful=forgetful)
            plans |= ran.months("planned")
            left = [month for month in left if str(month) not in ran.months("done")]
            if not left:
                return
            assert number < kills + 50, ran.said

    def _is_open(self) -> bool:
        """Say whether it is not known how the last sending ended."""
        with closing(open_store(self.database)) as store:
            return any(entry.state in OPEN for entry in store.ledger(KEY, limit=1))

    def books_now(self) -> dict[int, Books]:
        """Return the books of each client as they are now."""
        return {client_id: open_books(self.sandbox, client_id, before) for client_id, before in self.books.items()}

    def wrong(self, months: Sequence[Period]) -> list[str]:
        """Return what is wrong with HaloPSA's books: they should have one invoice for each client and month."""
        found = []
        for client_id, now in self.books_now().items():
            for month in months:
                wrong = wrong_with_created(now.created(month), due(client_id, month))
                found += [f"{sentence} for {client_id} in {month}" for sentence in wrong]
            found += [f"a stranger: {row}" for row in now.strangers(months)]
            found += [f"touched: {place}" for place in now.touched()]
        return found


@contextmanager
def opened(database: str | Path, clients: int, months: Sequence[Period]) -> Iterator[Office]:
    """Yield an office in which nothing has been sent; the database is empty."""
    data = customers(clients)
    billed = first_clients(data, clients)
    prepare(database, billed, months)
    with Sandbox(data, rate_limit=None) as sandbox, senders() as starter:
        yield Office(sandbox, database, billed, starter)
