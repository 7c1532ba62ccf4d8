"""Charges of a month as distributors send them, and whose they are. The same size gives the same ones."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from random import Random

from billingbot.domain.account import Account, BilledClient
from billingbot.domain.charge import Charge, ChargeKind, Statement
from billingbot.domain.client_settings import ClientSettings
from billingbot.domain.integration import Modifiers
from billingbot.domain.period import Period

PERIOD = Period(2026, 11)
_START, _END = date(2026, 11, 1), date(2026, 11, 30)
_KINDS = (*[ChargeKind.SUBSCRIPTION] * 12, *[ChargeKind.PRORATE] * 3, *[ChargeKind.USAGE] * 4, ChargeKind.CREDIT)
_ARREARS = "The term is Arrears."


def accounts(clients: int) -> dict[str, Account]:
    """Return a company for each client; one in ten has rules of its own, one in fifty waits for review."""
    own = ClientSettings(use_global=False, modifiers=Modifiers(drop_azure=True), version=1)
    return {
        f"c{number:06}": Account(
            f"c{number:06}",
            f"Company {number}",
            BilledClient(number, f"Client {number}", own if number % 10 == 0 else ClientSettings()),
            review=number % 50 == 1,
        )
        for number in range(clients)
    }


def statement(clients: int, charges: int) -> Statement:
    """Return the charges of a month, in the order of their ids; one in two hundred is of a company without client."""
    chance = Random(1)  # noqa: S311 - lifelike, not secret
    found = tuple(_charge(number, number % (clients + clients // 200), chance) for number in range(charges))
    return Statement(PERIOD, found, final=True)


def client_ids(owned: Mapping[str, Account]) -> dict[str, int]:
    """Return the client of each company."""
    return {company_id: account.client.client_id for company_id, account in owned.items()}


def amounts(listed: Statement) -> Iterator[tuple[str, str, Decimal, Decimal]]:
    """Yield what a group-by needs of each charge: company, currency, cost, price."""
    return ((charge.company_id, charge.currency, charge.cost, charge.price) for charge in listed.charges)


def _charge(number: int, company: int, chance: Random) -> Charge:
    kind = chance.choice(_KINDS)
    quantity = Decimal(chance.choice((1, 2, 3, 5, 8, 12, 25, 75)))
    # Meters have four decimals, prices of seats two.
    unit_cost = Decimal(chance.randrange(100, 90_000)).scaleb(-4 if kind is ChargeKind.USAGE else -2)
    sign = -1 if kind is ChargeKind.CREDIT or (kind is ChargeKind.PRORATE and chance.random() < 0.3) else 1
    unit_price = unit_cost * Decimal("1.2")
    product = f"Product {chance.randrange(60)}"
    return Charge(
        charge_id=f"{number:08}-5f0c-4f0e-9d5e-{chance.getrandbits(48):012x}",
        company_id=f"c{company:06}",
        company=f"Company {company}",
        kind=kind,
        term="Arrears" if kind is ChargeKind.USAGE else "Monthly",
        azure=_ARREARS if kind is ChargeKind.USAGE else "",
        product=product,
        sku=product.replace(" ", "-"),
        description="Seats of the month",
        subscription_id=f"{chance.getrandbits(128):032x}",
        quantity=quantity,
        unit="User",
        unit_cost=unit_cost,
        unit_price=unit_price,
        cost=sign * unit_cost * quantity,
        price=Decimal(0) if chance.random() < 0.03 else sign * unit_price * quantity,
        tax=Decimal(0),
        fee=Decimal(0),
        currency="EUR" if company % 20 == 0 else "USD",
        start=_START,
        end=_END,
        raw={"id": str(number), "quantity": quantity, "productName": product, "term": "Monthly"},
    )
