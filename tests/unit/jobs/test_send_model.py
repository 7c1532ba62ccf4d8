"""Whatever happens between plans and sendings, no charge is billed twice, and in the end each is billed once."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from billingbot.billing.lines import invoice_lines
from billingbot.domain.integration import Assignment
from billingbot.domain.plan import Plan, PlanAction
from billingbot.domain.target import TargetKind
from billingbot.errors import BillingBotError
from billingbot.jobs.outside import SendStep
from tests.unit.jobs.billing_desk import (
    ACME,
    BIRCH,
    CEDAR,
    BillingDesk,
    BillingHalo,
    foreign,
    lost_before_it_arrived,
    rejected,
    seats,
    unreachable,
)
from tests.unit.jobs.conftest import Desk
from tests.unit.store.statements import NOVEMBER

# Few, so that they meet each other.
CLIENTS, COMPANIES, CHARGES = (ACME, BIRCH, CEDAR), ("c1", "c2", "c3"), ("a", "b", "c", "d", "e")
TABLES = ("ledger_entry", "ledger_line", "plan", "client_settings")


class ProcessKilled(BaseException):
    """The process ends here."""


@dataclass(frozen=True)
class Recharge:
    """A charge has another price, or is not there (None)."""

    charge_id: str
    price: str | None


@dataclass(frozen=True)
class Move:
    company_id: str
    client_id: int


@dataclass(frozen=True)
class Exclude:
    client_id: int
    excluded: bool


@dataclass(frozen=True)
class Assign:
    client_id: int
    assignment: Assignment


@dataclass(frozen=True)
class Mishap:
    """What goes wrong at the so manieth write (`lost`, `arrived`, `rejected`), look-up, or step (`killed`)."""

    kind: str = ""
    place: int = 0


@dataclass(frozen=True)
class Send:
    """Plan and send for these clients; `back` sends an older plan instead, so many before the newest."""

    client_ids: frozenset[int] = frozenset(CLIENTS)
    mishap: Mishap = Mishap()
    back: int = 0


@dataclass(frozen=True)
class Void:
    place: int


clients, places = st.sampled_from(CLIENTS), st.integers(0, 2)
kinds = st.sampled_from(["", "", "lost", "arrived", "hidden", "rejected"])
mishaps = st.builds(Mishap, kinds, places) | st.builds(Mishap, st.just("killed"), st.integers(0, 20))
chosen = st.just(frozenset(CLIENTS)) | st.frozensets(clients, min_size=1)
sends = st.builds(Send, chosen, mishaps, st.sampled_from([0, 0, 0, 1, 2]))
events = st.one_of(
    sends,
    st.builds(Recharge, st.sampled_from(CHARGES), st.sampled_from([None, "3.00", "6.30", "0", "-3.00"])),
    st.builds(Move, st.sampled_from(COMPANIES), clients),
    st.builds(Exclude, clients, st.booleans()),
    st.builds(Assign, clients, st.sampled_from(Assignment)),
    st.builds(Void, places),
    sends,
)
Event = Recharge | Move | Exclude | Assign | Send | Void


class Office:
    """The desk at which the events happen, begun anew."""

    def __init__(self, desk: BillingDesk) -> None:
        self.desk = desk
        self.plans: list[Plan] = []
        desk.desk.engine.write(lambda tx: [tx.execute(f"delete from {table}") for table in TABLES])  # noqa: S608
        desk.halo = BillingHalo()
        for client_id in CLIENTS:
            self._link(f"c{client_id}", client_id)
            desk.invoice(40 + client_id, client_id, foreign())
            desk.recurring(50 + client_id, client_id, foreign())
        self.charges: dict[str, tuple[int, str | None]] = {
            charge_id: (place % 3 + 1, "9.99") for place, charge_id in enumerate(CHARGES)
        }
        self._charge()

    def happen(self, event: Event) -> None:
        match event:
            case Recharge(charge_id, price):
                client_id, _ = self.charges[charge_id]
                self.charges[charge_id] = (client_id, price)
                self._charge()
            case Move(company_id, client_id):
                self._link(company_id, client_id)
            case Exclude(client_id, excluded):
                self.desk.exclude(client_id, excluded=excluded)
            case Assign(client_id, assignment):
                self.desk.assign(client_id, assignment, invoice_id=40 + client_id, recurring_id=50 + client_id)
            case Void(place):
                invoices = [row for row in self.desk.halo.target_rows if row.kind is TargetKind.INVOICE]
                self.desk.halo.void(sorted(row.invoice_id for row in invoices)[-1 - place % len(invoices)])
            case Send():
                self._send(event)

    def billed(self) -> Counter[str]:
        """Return how often each charge is billed in HaloPSA."""
        key_of: dict[str, str] = {}
        for charge_id in CHARGES:
            charge = seats(charge_id, self.charges[charge_id][0])
            [line] = invoice_lines("pax8", NOVEMBER, ACME, [charge], collapse_azure=False)
            key_of |= {line.key: charge_id, line.recurring_key: charge_id}
        there = [line for row in self.desk.halo.target_rows if not row.voided for line in row.lines]
        return Counter(key_of[line.key] for line in there if line.quantity and line.key in key_of)

    def settle(self) -> None:
        """Let everybody be billed for everything, until nothing is left to do."""
        for client_id in CLIENTS:
            self.happen(Exclude(client_id, False))
            self.happen(Assign(client_id, Assignment.NEW))
        for _ in range(6):
            plan = self.desk.plan()
            if all(not invoice.writes for invoice in plan.invoices):
                return
            self.desk.send(plan)
        raise AssertionError("there is always something left to do")

    def _send(self, event: Send) -> None:
        self._arm(event.mishap)
        steps = 0

        def reached(_step: SendStep) -> None:
            nonlocal steps
            steps += 1
            if event.mishap == Mishap("killed", steps - 1):
                raise ProcessKilled

        try:
            if not event.back:
                self.plans.append(self.desk.plan(*event.client_ids))
            if self.plans:
                self.desk.send(self.plans[-1 - event.back % len(self.plans)], reached=reached)
        except (BillingBotError, ProcessKilled):
            pass
        self.desk.halo.happenings.clear()
        self.desk.halo.lose_answers = lambda: False

    def _arm(self, mishap: Mishap) -> None:
        halo, before = self.desk.halo, self.desk.halo.writes
        trouble = {"lost": lost_before_it_arrived, "rejected": rejected}.get(mishap.kind)
        if trouble is not None:
            tries = iter(range(100))
            happen = lambda: trouble() if next(tries) == mishap.place else None  # noqa: E731
            halo.happenings |= {"create_invoice": happen, "write_lines": happen}
        if mishap.kind in ("arrived", "hidden"):
            halo.lose_answers = lambda: halo.writes - before - 1 == mishap.place
        if mishap.kind == "hidden":
            halo.happenings["invoice_referred"] = unreachable

    def _link(self, company_id: str, client_id: int) -> None:
        sql = "update mapping set client_id = $1 where company_id = $2"
        self.desk.desk.engine.write(lambda tx: tx.execute(sql, (client_id, company_id)))

    def _charge(self) -> None:
        rows = self.charges.items()
        self.desk.charge(*(seats(charge_id, owner, price) for charge_id, (owner, price) in rows if price is not None))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(events, max_size=12))
@example([Send(), Move("c1", BIRCH), Move("c2", ACME), Send(), Void(0), Send()])
@example([Send(), Move("c1", BIRCH), Send(frozenset({ACME}), Mishap("lost", 0)), Send(frozenset({BIRCH}))])
def test_no_charge_is_billed_twice_and_in_the_end_each_is_billed_once(desk: Desk, happened: list[Event]) -> None:
    billing = BillingDesk(desk) if not desk.links() else _known_desk(desk)
    office = Office(billing)

    for event in happened:
        office.happen(event)
        assert not [charge_id for charge_id, times in office.billed().items() if times > 1]
    office.settle()

    assert office.billed() == Counter(charge_id for charge_id, (_, price) in office.charges.items() if price)
    prices = [Decimal(price) for _, price in office.charges.values() if price]
    ours = [line for row in billing.halo.target_rows if not row.voided for line in row.lines if line.key]
    assert sum(line.quantity * line.unit_price for line in ours) == sum(prices)
    assert {invoice.action for invoice in billing.plan().invoices} <= {PlanAction.UNCHANGED, PlanAction.REFUSED}


def _known_desk(desk: Desk) -> BillingDesk:
    """Return a desk on a database that was set up for an example before."""
    sql = "update mapping set client_id = $1 where company_id = $2"
    for client_id in CLIENTS:
        desk.engine.write(lambda tx, client_id=client_id: tx.execute(sql, (client_id, f"c{client_id}")))  # type: ignore[misc]
    return BillingDesk(desk)
