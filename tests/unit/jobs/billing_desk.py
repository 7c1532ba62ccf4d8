"""A month at an operator's desk: clients with companies, charges, HaloPSA's invoices, and the plan and send buttons."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from billingbot.domain.caps import Caps
from billingbot.domain.charge import Charge
from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import LinkCompany, UnlinkCompany
from billingbot.domain.integration import Assignment
from billingbot.domain.ledger import LedgerEntry
from billingbot.domain.party import Client, Company
from billingbot.domain.period import Period
from billingbot.domain.plan import Plan, PlannedInvoice
from billingbot.domain.product import HaloItem, NewItem, Product
from billingbot.domain.sending import SendOutcome, SendResult
from billingbot.domain.target import NewInvoice, Target, TargetKind, TargetLine, WrittenLine
from billingbot.errors import UpstreamOutcomeUnknown, UpstreamRejected, UpstreamUnavailable
from billingbot.jobs.outside import Outside, SendStep
from billingbot.jobs.plan_charges import Month, plan_charges
from billingbot.jobs.send_charges import LEASE, send_charges
from billingbot.ports import PageSeen
from billingbot.store.database_store import DatabaseStore
from tests.fake_targets import no_op, target_line, with_lines
from tests.fakes import NOON, FakeHalo
from tests.unit.jobs.conftest import Desk
from tests.unit.store.decisions import decide, edit, stamp
from tests.unit.store.statements import NOVEMBER, charge, statement

ACME, BIRCH, CEDAR = 1, 2, 3
NAMES = ("Acme Dental", "Birch Foods", "Cedar Motors")
ITEM = HaloItem(77, "Licences")
LONG = timedelta(minutes=1)


def ignore(done: int, total: int) -> None:
    """Hear of progress."""


def no_pause(_seconds: float) -> None:
    """Wait for nothing."""


def unheard(_step: SendStep) -> None:
    """Hear of a step."""


def rejected() -> None:
    raise UpstreamRejected("it was refused.", source="HaloPSA", status=400)


def unreachable() -> None:
    raise UpstreamUnavailable("no answer.", source="HaloPSA")


def lost_before_it_arrived() -> None:
    raise UpstreamOutcomeUnknown("the answer was lost.", source="HaloPSA")


def once(happening: Callable[[], None]) -> Callable[[], None]:
    """Let it happen at the first call only."""
    left = [happening]

    def happen() -> None:
        if left:
            left.pop()()

    return happen


def rounding(line: TargetLine) -> TargetLine:
    """Keep a line as a HaloPSA does that knows cents only."""
    return replace(line, unit_price=line.unit_price.quantize(Decimal("0.01")))


@dataclass(kw_only=True)
class BillingHalo(FakeHalo):
    """HaloPSA in which something may happen before a call: `happenings` are by the name of the method.

    `asked` are the invoices that were asked for, though the request may not have arrived.
    """

    happenings: dict[str, Callable[[], None]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    asked: list[NewInvoice] = field(default_factory=list)

    def target(self, kind: TargetKind, invoice_id: int) -> Target:
        self._happen("target")
        return super().target(kind, invoice_id)

    def targets(self, kind: TargetKind, invoice_ids: Collection[int]) -> dict[int, Target]:
        self._happen("targets")
        return super().targets(kind, invoice_ids)

    def invoice_referred(self, client_id: int, reference: str) -> Target | None:
        self._happen("invoice_referred")
        return super().invoice_referred(client_id, reference)

    def create_item(self, item: NewItem) -> HaloItem:
        self._happen("create_item")
        return super().create_item(item)

    def create_invoice(self, invoice: NewInvoice) -> int:
        self.asked.append(invoice)
        self._happen("create_invoice")
        return super().create_invoice(invoice)

    def write_lines(self, target: Target, lines: Sequence[WrittenLine]) -> None:
        self._happen("write_lines")
        super().write_lines(target, lines)

    @property
    def writes(self) -> int:
        """Return how often anything was written to an invoice."""
        return len(self.invoices_created) + len(self.lines_written)

    def invoice_of(self, client_id: int) -> Target:
        """Return the newest one of the client."""
        return [row for row in self.target_rows if row.client_id == client_id][-1]

    def void(self, invoice_id: int) -> None:
        self.change(TargetKind.INVOICE, invoice_id, voided=True, refusal="Voided.")

    def change(self, kind: TargetKind, invoice_id: int, **fields: Any) -> None:
        self.put(replace(super().target(kind, invoice_id), **fields))

    def edit_line(self, kind: TargetKind, invoice_id: int, key: str, **fields: Any) -> None:
        """Let somebody change a line by hand."""
        target = super().target(kind, invoice_id)
        self.put(with_lines(target, [replace(row, **fields) if row.key == key else row for row in target.lines]))

    def remove_line(self, kind: TargetKind, invoice_id: int, key: str) -> None:
        target = super().target(kind, invoice_id)
        self.put(with_lines(target, [row for row in target.lines if row.key != key]))

    def _happen(self, call: str) -> None:
        self.calls.append(call)
        self.happenings.get(call, no_op)()


@dataclass
class BillingDesk:
    """Three clients, each with a company of its name (`c1` of client 1, …); "SKU-1" is an item, nothing is charged."""

    desk: Desk
    halo: BillingHalo = field(default_factory=BillingHalo)
    steps: list[SendStep] = field(default_factory=list)
    charged: dict[Period, dict[str, Charge]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        desk = self.desk
        desk.halo = self.halo
        self.halo.rows = [Client(number, name) for number, name in enumerate(NAMES, 1)]
        desk.pax8.rows = [Company(f"c{number}", name) for number, name in enumerate(NAMES, 1)]
        desk.refresh()
        assert desk.links() == {("c1", 1), ("c2", 2), ("c3", 3)}
        self.charge()
        self.map_product("SKU-1", ITEM)

    @property
    def store(self) -> DatabaseStore:
        return self.desk.store

    def charge(self, *charges: Charge, period: Period = NOVEMBER, final: bool = True) -> None:
        """Let the distributor charge this, and nothing else, for the month."""
        self.charged[period] = {row.charge_id: row for row in charges}
        self.store.replace_charges("pax8", statement(*charges, period=period, final=final), "ann", NOON)

    def recharge(self, charge_id: str, period: Period = NOVEMBER, **changes: Any) -> None:
        """Let one charge be another one."""
        rows = self.charged[period] | {charge_id: replace(self.charged[period][charge_id], **changes)}
        self.charge(*rows.values(), period=period)

    def move(self, company_id: str, client_id: int) -> None:
        """Give the company to another client."""
        before = self.store.accounts("pax8")[company_id].client.client_id
        if before != client_id:
            decide(self.store, UnlinkCompany(company_id, before))
            decide(self.store, LinkCompany(company_id, client_id))

    def assign(
        self, client_id: int, assignment: Assignment, invoice_id: int | None = None, recurring_id: int | None = None
    ) -> None:
        fields: dict[Setting, Any] = {Setting.ASSIGNMENT: assignment}
        if invoice_id is not None:
            fields[Setting.LAST_INVOICE_ID] = invoice_id
        if recurring_id is not None:
            fields[Setting.RECURRING_INVOICE_ID] = recurring_id
        edit(self.store, client_id, fields)

    def exclude(self, client_id: int, *, excluded: bool = True) -> None:
        edit(self.store, client_id, {Setting.EXCLUDED: excluded})

    def configure(self, **fields: object) -> None:
        """Change defaults of the integration."""
        self.store.edit_integration("pax8", self.store.integration("pax8").version, fields, stamp())

    def map_product(self, key: str, item: HaloItem | None) -> None:
        products = {product.key: product.version for product in self.store.products("pax8")}
        self.store.map_products("pax8", {key: item}, {key: products.get(key, 0)}, stamp())

    def product(self, key: str) -> Product:
        return next(product for product in self.store.products("pax8") if product.key == key)

    def invoice(self, invoice_id: int, client_id: int, *lines: TargetLine, **fields: Any) -> Target:
        """Let HaloPSA have an invoice."""
        return self._target(TargetKind.INVOICE, invoice_id, client_id, lines, fields)

    def recurring(self, invoice_id: int, client_id: int, *lines: TargetLine, **fields: Any) -> Target:
        """Let HaloPSA have a recurring invoice."""
        return self._target(TargetKind.RECURRING, invoice_id, client_id, lines, fields)

    def plan(self, *client_ids: int, period: Period = NOVEMBER, actor: str = "ann", caps: Caps | None = None) -> Plan:
        """Plan for these clients, or for all."""
        month = Month("pax8", period)
        outside = Outside(lambda: NOON, pause=no_pause, settle_seconds=0)
        return plan_charges(self.store, self.halo, month, client_ids or (1, 2, 3), actor, outside, caps)

    def planned(self, client_id: int, period: Period = NOVEMBER, caps: Caps | None = None) -> PlannedInvoice:
        """Plan for one client."""
        [invoice] = self.plan(client_id, period=period, caps=caps).invoices
        return invoice

    def send(
        self,
        plan: Plan,
        confirmed: Collection[int] = (1, 2, 3),
        actor: str = "ann",
        seen: PageSeen = ignore,
        stopping: Callable[[], bool] = lambda: False,
        reached: Callable[[SendStep], None] = unheard,
    ) -> dict[int, SendResult]:
        """Send the plan and return what came of it, by client."""
        outside = Outside(lambda: NOON, pause=no_pause, settle_seconds=0, reached=reached)
        results = send_charges(
            self.store, self.halo, plan.plan_hash, confirmed, actor, outside, seen, stopping, lease=LEASE
        )
        assert [result.client_id for result in results] == [invoice.client_id for invoice in plan.invoices]
        return {result.client_id: result for result in results}

    def outcomes(self, plan: Plan, **how: Any) -> dict[int, SendOutcome]:
        return {client_id: result.outcome for client_id, result in self.send(plan, **how).items()}

    def bill(self, *client_ids: int, period: Period = NOVEMBER) -> dict[int, SendResult]:
        """Plan and send."""
        return self.send(self.plan(*client_ids, period=period))

    def entries(self, client_id: int, period: Period = NOVEMBER) -> list[LedgerEntry]:
        return self.store.ledger("pax8", period, client_id)

    def billed(self) -> dict[str, list[int]]:
        """Return by charge the invoices that bill it now, as the ledger says whose invoices those are."""
        found: dict[str, list[int]] = {}
        for period in self.charged:
            for entry in self.store.newest_entries("pax8", period).values():
                for row in self.halo.target_rows:
                    if (row.kind, row.invoice_id) == (entry.kind, entry.invoice_id) and not row.voided:
                        for line in entry.lines:
                            for member in line.members:
                                found.setdefault(member.charge_id, []).append(row.invoice_id)
        return found

    def _target(
        self, kind: TargetKind, invoice_id: int, client_id: int, lines: Sequence[TargetLine], fields: dict[str, Any]
    ) -> Target:
        plain = Target(kind, invoice_id, client_id, f"N-{invoice_id}", "", "USD", "", False, Decimal(0), ())
        target = replace(with_lines(plain, lines), **fields)
        self.halo.put(target)
        return target


def amounts(target: Target) -> list[tuple[str, Decimal, Decimal]]:
    """Return what stands on the invoice's lines: description, quantity, unit price; what was taken back is left out."""
    return [(row.description, row.quantity, row.unit_price) for row in target.lines if row.quantity]


def foreign(line_id: int = 500, price: int = 40) -> TargetLine:
    """Return a line that somebody else put on an invoice."""
    return target_line(line_id, "", "Support", Decimal(1), Decimal(price))


def seats(charge_id: str, client: int, price: str = "9.99", **changes: Any) -> Charge:
    """Return a charge of the client's company; 3 seats of the product that is mapped."""
    plain = {"company_id": f"c{client}", "company": NAMES[client - 1], "subscription_id": f"s-{charge_id}"}
    return charge(charge_id, price=Decimal(price), **(plain | changes))
