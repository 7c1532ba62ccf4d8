"""A process that ends between any two steps of a sending: who goes on with its plan, or plans again, sends the rest.

Three clients are sent for, in this order: an invoice is created, lines are appended to one, and to a recurring one.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from billingbot.connectors.halo import HaloPsa
from billingbot.domain.integration import Assignment
from billingbot.domain.ledger import LedgerEntry
from billingbot.domain.target import NewInvoice, TargetKind, WrittenLine
from billingbot.jobs.outside import Outside, SendStep
from billingbot.sandbox.invoice_book import LineUpdates
from billingbot.sandbox.server import Sandbox
from tests.faults.billed_months import KEY, MONTHS, SENT_AT, assign, due, first_clients, prepare, replace_month
from tests.faults.books import wrong_with_created, wrong_with_target
from tests.faults.places import copy_of, forget, open_store
from tests.faults.sender import KILLED, Senders, senders
from tests.faults.sending_office import Office, customers
from tests.faults.sending_process import connected, plan, send, until_nobody_sends
from tests.postgres_server import databases

pytestmark = pytest.mark.fault(4)

MONTH = MONTHS[0]
DATA = customers(3)
CREATED, APPENDED, RECURRING = CLIENTS = first_clients(DATA, 3)
ONCE = (SendStep.LEASE_TAKEN, SendStep.ITEMS_CREATED)
"""Steps of the whole sending; the others are of each client."""
AROUND_THE_CALL = (SendStep.ENTRY_WRITTEN, SendStep.SENT, SendStep.READ_BACK)
MERGE, REPLACE = LineUpdates
PLACES = [
    *((step, 1, MERGE) for step in ONCE),
    *((step, turn, MERGE) for step in SendStep if step not in ONCE for turn in (1, 2, 3)),
    *((step, turn, REPLACE) for step in AROUND_THE_CALL for turn in (2, 3)),
]
"""Where to die, at whose turn, and what HaloPSA does with the lines that it has: that matters for what is changed."""

at_each_place = pytest.mark.parametrize(
    ("step", "turn", "how"), PLACES, ids=lambda value: value.name if isinstance(value, LineUpdates) else str(value)
)
resumed_or_planned = pytest.mark.parametrize("resumed", [True, False], ids=["resumed", "planned again"])


@dataclass(frozen=True)
class Ready:
    """A database in which everything is ready to be sent, and the invoices that it points at."""

    database: str
    last_id: int
    recurring_id: int


@pytest.fixture(scope="module")
def starter() -> Iterator[Senders]:
    with senders() as started:
        yield started


@pytest.fixture(scope="module", params=["duckdb", "postgres"])
def ready(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ready:
    file = tmp_path_factory.mktemp("ready") / "billingbot.duckdb"
    database = databases().empty() if request.param == "postgres" else str(file)
    prepare(database, CLIENTS, [MONTH])
    last_id, recurring_id = add_targets(Sandbox(DATA))
    assign(database, APPENDED.client_id, Assignment.LAST, last_id)
    assign(database, RECURRING.client_id, Assignment.RECURRING, recurring_id)
    return Ready(database, last_id, recurring_id)


@pytest.fixture
def office(ready: Ready, tmp_path: Path, starter: Senders) -> Iterator[Office]:
    database = copy_of(ready.database, tmp_path)
    sandbox = Sandbox(DATA, rate_limit=None)
    assert add_targets(sandbox) == (ready.last_id, ready.recurring_id)
    with sandbox:
        yield Office(sandbox, database, CLIENTS, starter)
    forget(database)


@at_each_place
@resumed_or_planned
def test_a_process_that_ends_at_any_step_sends_nothing_twice(
    ready: Ready, office: Office, step: SendStep, turn: int, how: LineUpdates, resumed: bool
) -> None:
    office.sandbox.control.update_lines(how)

    die_and_go_on(office, step, turn, resumed=resumed)

    assert wrong(ready, office) == []


@pytest.mark.parametrize(("step", "how"), [*((step, MERGE) for step in AROUND_THE_CALL), (SendStep.SENT, REPLACE)])
@resumed_or_planned
def test_a_process_that_ends_while_it_sends_changes_of_a_month_sends_nothing_twice(
    ready: Ready, office: Office, step: SendStep, how: LineUpdates, resumed: bool
) -> None:
    office.sandbox.control.update_lines(how)
    assert office.start([MONTH]).months("done")

    for turn in (1, 2, 3):
        charge_more(office, turn)
        die_and_go_on(office, step, turn, resumed=resumed)
        assert wrong(ready, office, more=turn) == []


@resumed_or_planned
def test_what_arrives_after_its_process_died_and_another_one_looked_for_it_is_not_sent_twice(
    ready: Ready, office: Office, resumed: bool
) -> None:
    """HaloPSA goes on working for a while on a request that nobody waits for any more."""
    died = office.start([MONTH], die_at=SendStep.ENTRY_WRITTEN)
    soon = SENT_AT + timedelta(seconds=2)
    with closing(open_store(office.database)) as store, closing(connected(office.sandbox.url)) as halo:
        [entry] = store.ledger(KEY, MONTH)
        late = iter([entry])

        def arrive(_seconds: float = 0) -> None:
            for one in late:
                create(halo, one)

        ids = [client.client_id for client in CLIENTS]
        around = Outside(lambda: soon, arrive)
        until_nobody_sends(store)
        plan_hash = died.months("planned")[str(MONTH)] if resumed else plan(store, halo, MONTH, ids, around)
        send(store, halo, plan_hash, ids, around)
        arrive()

    assert office.start([MONTH]).months("done")
    assert wrong(ready, office) == []


def create(halo: HaloPsa, entry: LedgerEntry) -> None:
    """Create the invoice as it is written down."""
    lines = [
        WrittenLine(line.key, line.description, line.quantity, line.unit_price, line.unit_cost, line.item_id)
        for line in entry.lines
    ]
    halo.create_invoice(NewInvoice(entry.client_id, entry.reference, "Pax8", entry.started_at.date(), lines))


def add_targets(sandbox: Sandbox) -> tuple[int, int]:
    """Add an invoice and a recurring invoice to append to. Their ids are the same in each new sandbox."""
    control = sandbox.control
    return control.add_invoice(APPENDED.client_id), control.add_recurring_invoice(RECURRING.client_id)


def charge_more(office: Office, seats: int) -> None:
    """Read the month again, in which each client is charged for more seats than at first."""
    store = open_store(office.database)
    replace_month(store, CLIENTS, MONTH, seats)
    store.close()


def die_and_go_on(office: Office, step: SendStep, turn: int, *, resumed: bool) -> None:
    """Let a process die at the step of the client whose turn it is, and another one go on, or plan again."""
    died = office.start([MONTH], die_at=step, die_on=turn)
    assert died.code == KILLED
    assert office.start([MONTH], died.months("planned") if resumed else {}).months("done")


def wrong(ready: Ready, office: Office, more: int = 0) -> list[str]:
    """Return what is wrong with HaloPSA's books."""
    books = office.books_now()
    created, last, recurring = (books[client.client_id] for client in CLIENTS)
    found = wrong_with_created(created.created(MONTH), due(CREATED.client_id, MONTH, more))
    for one, place in (
        (last, (TargetKind.INVOICE, ready.last_id)),
        (recurring, (TargetKind.RECURRING, ready.recurring_id)),
    ):
        found += wrong_with_target(one.before[place], one.now[place], due(one.client_id, MONTH, more))
        found += [f"touched: {other}" for other in one.touched(but=place)]
        found += [f"new: {row['id']}" for row in one.strangers(())]
    return found + [f"new: {row['id']}" for row in created.strangers([MONTH])]
