"""Clients with charges of several months in a database, and what HaloPSA has to hold of them in the end."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from billingbot.domain.charge import Charge, ChargeKind, Statement
from billingbot.domain.client_settings import Setting
from billingbot.domain.decision import EditSettings, LinkCompany, Stamp
from billingbot.domain.integration import Assignment, Integration
from billingbot.domain.party import Client, Company
from billingbot.domain.period import Period
from billingbot.domain.product import ProductMode
from billingbot.domain.target import TargetKind
from billingbot.jobs.refresh_clients import Sources, refresh_clients, start_refresh
from billingbot.sandbox.dataset import DataSet, HaloClient
from billingbot.store import DatabaseStore
from tests.fakes import NOON, FakeDistributor, FakeHalo
from tests.faults.places import open_store

KEY = "pax8"
ITEM = 4711
MONTHS = tuple(Period(2025 + month // 12, month % 12 + 1) for month in range(11, 23))
"""From December 2025 to November 2026."""
SENT_AT = datetime(2026, 12, 6, 9, tzinfo=UTC)

Said = tuple[Decimal, Decimal, Decimal]
"""Quantity, unit price and unit cost of a line."""


def first_clients(data: DataSet, count: int) -> list[HaloClient]:
    """Return the first clients of the data set in the order in which a plan has them."""
    return sorted(data.clients, key=lambda client: (client.name.lower(), client.client_id))[:count]


def prepare(where: str | Path, clients: Sequence[HaloClient], months: Sequence[Period]) -> None:
    """Make the database: every client has a company, every month is read, and there is an item for each product."""
    store = open_store(where)
    store.add_integration(Integration(KEY, "Pax8"), "ann", NOON)
    fields = {"product_mode": ProductMode.DEFAULT_ITEM, "default_item_id": ITEM, "default_item": "Cloud"}
    store.edit_integration(KEY, 1, fields, Stamp("item", "ann", NOON))
    halo = FakeHalo(rows=[Client(client.client_id, client.name) for client in clients])
    companies = FakeDistributor(
        [Company(_company(client.client_id), f"Zyzzyva {place}") for place, client in enumerate(clients)]
    )
    run = start_refresh(store, KEY, "ann", "lists", NOON)
    refresh_clients(store, run, Sources(halo, companies, lambda: NOON, lambda: 0.0))
    links = [LinkCompany(_company(client.client_id), client.client_id) for client in clients]
    store.decide(KEY, links, Stamp("links", "ann", NOON))
    for month in months:
        replace_month(store, clients, month)
    store.close()


def replace_month(store: DatabaseStore, clients: Sequence[HaloClient], month: Period, more: int = 0) -> None:
    """Read a month: each client is charged for three things, of the first for `more` seats than at first."""
    charges = [charge for client in clients for charge in _charges(client.client_id, month, more)]
    store.replace_charges(KEY, Statement(month, charges, final=True), "ann", NOON)


def assign(where: str | Path, client_id: int, assignment: Assignment, target_id: int | None = None) -> None:
    """Say how a client is billed that nobody has decided anything about."""
    setting = {Assignment.LAST: Setting.LAST_INVOICE_ID, Assignment.RECURRING: Setting.RECURRING_INVOICE_ID}
    fields = {Setting.ASSIGNMENT: assignment, **({setting[assignment]: target_id} if assignment in setting else {})}
    store = open_store(where)
    store.decide(KEY, [EditSettings(client_id, 0, fields)], Stamp(f"assign-{client_id}", "ann", NOON))
    store.close()


def due(client_id: int, month: Period, more: int = 0) -> Mapping[str, Said]:
    """Return the lines that HaloPSA has to hold of the client's month in the end, by what the client reads."""
    return {
        f"{charge.product} · {charge.description}": (
            charge.quantity,
            charge.unit_price or Decimal(0),
            charge.unit_cost or Decimal(0),
        )
        for charge in _charges(client_id, month, more)
    }


def kind_of(assignment: Assignment) -> TargetKind:
    """Return what charges of clients that are billed so are sent to."""
    return TargetKind.RECURRING if assignment is Assignment.RECURRING else TargetKind.INVOICE


def _charges(client_id: int, month: Period, more: int) -> list[Charge]:
    """Return seats, a usage by the hour and a credit, which are others for each client and month."""
    seats = Decimal(client_id % 7 + month.month + more)
    hours = Decimal(client_id * 37 % 100 + 1)
    return [
        _charge(client_id, month, "Office E3", ChargeKind.SUBSCRIPTION, seats, Decimal("22.35")),
        _charge(client_id, month, "Backup", ChargeKind.USAGE, hours, Decimal("0.47")),
        _charge(client_id, month, "Entra P1", ChargeKind.PRORATE, Decimal(1), Decimal("-3.21") - month.month),
    ]


def _charge(client_id: int, month: Period, product: str, kind: ChargeKind, quantity: Decimal, price: Decimal) -> Charge:
    charge_id = f"{client_id}-{month}-{product[0]}"
    return Charge(
        charge_id=charge_id,
        company_id=_company(client_id),
        company="Zyzzyva",
        kind=kind,
        term="Monthly",
        azure="",
        product=product,
        sku=product.upper(),
        description=charge_id,
        subscription_id=f"{client_id}-{product}",
        quantity=quantity,
        unit="",
        unit_cost=price - 1,
        unit_price=price,
        cost=quantity * (price - 1),
        price=quantity * price,
        tax=Decimal(0),
        fee=Decimal(0),
        currency="USD",
        start=None,
        end=None,
        raw={},
    )


def _company(client_id: int) -> str:
    return f"c{client_id}"
