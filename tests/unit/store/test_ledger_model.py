"""Whoever begins and ends entries in whatever order, the ledger says what the model says."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billingbot.domain.ledger import OPEN, LedgerEntry, SendLease, SentState
from billingbot.domain.period import Period
from billingbot.domain.target import TargetKind
from billingbot.errors import LedgerChanged, SendingStopped
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.scoreboard.size import examples
from tests.scoreboard.tally import Tally
from tests.unit.store.entries import entry
from tests.unit.store.refreshes import NO_TIME, NOON
from tests.unit.store.statements import NOVEMBER, OCTOBER

pytestmark = pytest.mark.fault(13)

# Few, so that they meet each other.
CLIENTS, PERIODS, INVOICES = (1, -2), (OCTOBER, NOVEMBER), (None, 900, 901)
TABLES = ("lease", "ledger_entry", "ledger_line")


@dataclass(frozen=True)
class Begin:
    """Begin an entry whose revision is so far from the newest one, with the newest lease or an older one."""

    client_id: int
    period: Period
    ahead: int
    total: Decimal
    invoice_id: int | None
    stale: bool


@dataclass(frozen=True)
class End:
    """End one of the entries, counted from the newest, with the newest lease or an older one."""

    back: int
    state: SentState
    invoice_id: int | None
    stale: bool


@dataclass(frozen=True)
class TakeOver:
    """Let another sending take the lease, which has expired."""


Event = Begin | End | TakeOver
amounts = st.integers(1 - 10**25, 10**25 - 1).map(lambda digits: Decimal(digits).scaleb(-10))
mostly_not = st.sampled_from([False, False, False, True])
begins = st.builds(
    Begin,
    st.sampled_from(CLIENTS),
    st.sampled_from(PERIODS),
    st.sampled_from([1, 1, 1, 0, 2]),
    amounts,
    st.sampled_from(INVOICES),
    mostly_not,
)
ends = st.builds(
    End,
    st.integers(0, 2),
    st.sampled_from([SentState.SENT, SentState.UNKNOWN, SentState.FAILED]),
    st.sampled_from(INVOICES),
    mostly_not,
)
events = st.one_of(begins, ends, ends, st.builds(TakeOver))


class Model:
    """The ledger as a list, oldest first."""

    def __init__(self) -> None:
        self.entries: list[LedgerEntry] = []

    def of(self, client_id: int, period: Period) -> list[LedgerEntry]:
        return [one for one in self.entries if (one.client_id, one.period) == (client_id, period)]

    def begin(self, one: LedgerEntry) -> bool:
        before = self.of(one.client_id, one.period)
        if one.revision != len(before) + 1 or (before and before[-1].state in OPEN):
            return False
        self.entries.append(one)
        return True

    def end(self, position: int, state: SentState, invoice_id: int | None) -> bool:
        one = self.entries[position]
        if one.state not in OPEN:
            return False
        kept = one.invoice_id if invoice_id is None else invoice_id
        self.entries[position] = replace(one, state=state, invoice_id=kept, ended_at=NOON)
        return True

    def newest(self, period: Period) -> dict[int, LedgerEntry]:
        standing = [one for one in self.entries if one.state is not SentState.FAILED and one.period == period]
        return {one.client_id: one for one in standing}

    def sent_before(self, period: Period) -> dict[int, Decimal]:
        sent = [one for one in self.entries if one.state is SentState.SENT and one.period < period]
        return {one.client_id: one.total for one in sorted(sent, key=lambda one: (one.period, one.revision))}

    def newest_period_sent_to(self, invoice_id: int) -> Period | None:
        to = [one for one in self.entries if one.state is not SentState.FAILED and one.invoice_id == invoice_id]
        return max((one.period for one in to), default=None)


@examples(40, 2000)
@given(st.lists(events, max_size=14))
def test_the_ledger_agrees_with_the_model(
    store: DatabaseStore, engine: Engine, tally: Tally, happened: list[Event]
) -> None:
    tally.trials()
    engine.write(lambda tx: [tx.execute(f"delete from {table}") for table in TABLES])  # noqa: S608 - our own names
    model, leases = Model(), takeovers(store)
    stale, lease = next(leases), next(leases)

    for number, event in enumerate(happened):
        if isinstance(event, TakeOver):
            stale, lease = lease, next(leases)
        elif isinstance(event, Begin):
            one = entry(
                f"e{number}",
                event.client_id,
                len(model.of(event.client_id, event.period)) + event.ahead,
                period=event.period,
                total=event.total,
                invoice_id=event.invoice_id,
            )
            done = carried_out(store, one, stale if event.stale else lease)
            assert done is (not event.stale and model.begin(one))
        elif model.entries:
            position = -1 - event.back % len(model.entries)
            entry_id = model.entries[position].entry_id
            done = ended(store, entry_id, event, stale if event.stale else lease)
            assert done is (not event.stale and model.end(position, event.state, event.invoice_id))
    assert_equal(store, model)


def takeovers(store: DatabaseStore) -> Iterator[SendLease]:
    """Yield one lease after another, each of another owner."""
    number = 0
    while True:
        yield store.take_send_lease("pax8", f"s{number}", NO_TIME)
        number += 1


def carried_out(store: DatabaseStore, one: LedgerEntry, lease: SendLease) -> bool:
    try:
        store.begin_entry(one, lease)
    except (LedgerChanged, SendingStopped):
        return False
    return True


def ended(store: DatabaseStore, entry_id: str, event: End, lease: SendLease) -> bool:
    try:
        store.end_entry(entry_id, lease, event.state, NOON, invoice_id=event.invoice_id)
    except (LedgerChanged, SendingStopped):
        return False
    return True


def assert_equal(store: DatabaseStore, model: Model) -> None:
    assert store.ledger("pax8") == model.entries[::-1]
    for period in (*PERIODS, NOVEMBER.next):
        assert store.newest_entries("pax8", period) == model.newest(period)
        assert store.sent_before("pax8", period) == model.sent_before(period)
        revisions = {client_id: len(model.of(client_id, period)) for client_id in CLIENTS}
        assert store.newest_revisions("pax8", period) == {key: count for key, count in revisions.items() if count}
    for invoice_id in (900, 901):
        asked = store.newest_period_sent_to("pax8", TargetKind.INVOICE, invoice_id)
        assert asked == model.newest_period_sent_to(invoice_id)
