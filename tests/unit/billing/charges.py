"""Charges, clients and integrations in few words, and what is billed of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from billingbot.billing.apply import apply, bill_client
from billingbot.domain.account import Account, BilledClient
from billingbot.domain.billing import Billing, ClientBilling, InvoiceLine, Rule
from billingbot.domain.charge import Charge, ChargeKind, Statement
from billingbot.domain.client_settings import ClientSettings
from billingbot.domain.integration import Integration, Modifiers
from billingbot.domain.period import Period

NOVEMBER, DECEMBER = Period(2026, 11), Period(2026, 12)
PAX8 = Integration("pax8", "Pax8")
AZURE = "The term is Arrears."
_AMOUNTS = frozenset({"quantity", "unit_cost", "unit_price", "cost", "price", "tax", "fee"})
_PLAIN = Charge(
    charge_id="",
    company_id="c1",
    company="Acme",
    kind=ChargeKind.SUBSCRIPTION,
    term="Monthly",
    azure="",
    product="Office E3",
    sku="SKU-1",
    description="",
    subscription_id="",
    quantity=Decimal(1),
    unit="",
    unit_cost=None,
    unit_price=None,
    cost=Decimal(0),
    price=Decimal(0),
    tax=Decimal(0),
    fee=Decimal(0),
    currency="USD",
    start=date(2026, 11, 1),
    end=date(2026, 11, 30),
    raw={},
)


def charge(charge_id: str = "1", price: str = "10", cost: str = "8", **changes: Any) -> Charge:
    """Return a plain charge with changes; amounts are written as text."""
    given = {"price": price, "cost": cost} | changes
    amounts = {name: Decimal(given[name]) for name in given.keys() & _AMOUNTS if given[name] is not None}
    return replace(_PLAIN, charge_id=charge_id, **{**changes, **amounts})


def prorate(charge_id: str, price: str, cost: str, **changes: Any) -> Charge:
    return charge(charge_id, price, cost, kind=ChargeKind.PRORATE, **changes)


def azure(charge_id: str, price: str, cost: str, **changes: Any) -> Charge:
    return charge(charge_id, price, cost, **{"kind": ChargeKind.USAGE, "term": "Arrears", "azure": AZURE, **changes})


def client(client_id: int = 1, *, name: str = "Acme", gone: bool = False, **settings: Any) -> BilledClient:
    return BilledClient(client_id, name, ClientSettings(**settings), gone)


def with_rules(*names: str) -> Integration:
    """Return the integration with the modifiers of those names on."""
    return replace(PAX8, modifiers=Modifiers(**dict.fromkeys(names, True)))


def billed(*charges: Charge, by: Integration = PAX8, of: BilledClient | None = None) -> ClientBilling:
    """Return what becomes of a client's charges."""
    return bill_client(by, NOVEMBER, of or client(), charges)


def applied(
    *charges: Charge, accounts: Mapping[str, Account], by: Integration = PAX8, period: Period = NOVEMBER
) -> Billing:
    """Return what becomes of a statement."""
    return apply(by, Statement(period, charges, final=True), accounts)


def account(company_id: str, of: BilledClient, *, review: bool = False, gone: bool = False) -> dict[str, Account]:
    """Return a company's account, to be joined with others by `|`."""
    return {company_id: Account(company_id, f"The {company_id}", of, review, gone)}


def line_ids(found: ClientBilling) -> list[list[str]]:
    """Return the ids of the charges behind each line."""
    return [[member.charge_id for member in line.members] for line in found.lines]


def dropped(found: ClientBilling) -> dict[str, Rule]:
    """Return the rule by the id of each charge that was dropped."""
    return {one.charge.charge_id: one.rule for one in found.dropped}


def money(found: ClientBilling) -> list[tuple[str, str, str]]:
    """Return price, cost and currency of each line, as they are written."""
    return [(f"{line.price:f}", f"{line.cost:f}", line.currency) for line in found.lines]


def only(found: ClientBilling) -> InvoiceLine:
    """Return the only line."""
    [line] = found.lines
    return line
