"""Ingram Micro Cloud, recorded: amounts as texts with their currency; what a unit costs stands in the catalogue."""

from collections.abc import Mapping
from decimal import Decimal

from billingbot.domain.charge import ChargeKind
from billingbot.domain.party import Company
from billingbot.domain.period import Period
from tests.contract.recorded.conversation import CANARY, Answered, Line, Recorded, signed_in


def _page(total: int, *rows: Mapping[str, object]) -> dict[str, object]:
    return {"data": list(rows), "pagination": {"total": total}}


def _usd(amount: str, **given: object) -> dict[str, object]:
    return {"currency": "usd", "amount": amount, **given}


def _detail(kind: str, price: str) -> dict[str, object]:
    return {
        "type": kind,
        "mpn": "M",
        "productId": "P",
        "description": "Seats",
        "quantity": 4,
        "unitPrice": _usd("5.000001"),
        "extendedPrice": _usd(price),
        "duration": {"type": "month", "duration": 1},
    }


def _order(order_id: str, customer: str, order_type: str, detail: dict[str, object]) -> dict[str, object]:
    return {
        "id": order_id,
        "type": order_type,
        "customerId": customer,
        "status": "completed",
        "creationDate": "2026-10-05T12:00:00Z",
        "subscriptionId": "S",
        "details": [detail],
    }


_PRODUCT = {
    "id": "P",
    "mpn": "M",
    "name": "Seats",
    "vendor": "Vendor",
    "serviceName": "Service",
    "prices": [_usd("5.000001", type="recurring", model="FLAT")],
    "costs": [_usd("4.2", type="recurring", model="FLAT")],
}


def _line(charge_id: str, company: str, kind: ChargeKind, cost: str, price: str) -> Line:
    amounts = Decimal(4), Decimal(cost), Decimal(price), Decimal(0), Decimal(0)
    return Line(charge_id, company, kind, *amounts, "USD", None, None)


RECORDED = Recorded(
    key="ingram_cloud",
    credentials={
        "username": "my-user",
        "password": f"{CANARY}password",
        "subscription_key": f"{CANARY}subscription-key",
        "marketplace": "us",
        "base_url": "{url}",
    },
    answers=(
        signed_in("/token", ("token", "expiresInSeconds")),
        Answered(
            "GET",
            "/customers",
            _page(2, {"id": "1", "name": "Acme", "externalId": "17", "status": "active"}),
            {"offset": "0"},
        ),
        Answered("GET", "/customers", _page(2, {"id": "2", "name": "Bolt", "status": "creditHold"})),
        Answered(
            "GET", "/orders", _page(2, _order("7", "1", "unknown", _detail("recurring", "20.000004"))), {"offset": "0"}
        ),
        Answered("GET", "/orders", _page(2, _order("8", "2", "cancel", _detail("recurringRefund", "-3.3")))),
        Answered("GET", "/products", _page(1, _PRODUCT)),
    ),
    check=("GET", "/customers"),
    listed=("GET", "/customers"),
    optional=frozenset(
        "expiresInSeconds externalId subscriptionId mpn productId description quantity unitPrice "
        "orders:data[].details[].duration products:data[].name vendor serviceName prices costs model "
        "products:data[].prices[].type products:data[].costs[].type".split()
    ),
    companies=(Company("1", "Acme", "17"), Company("2", "Bolt")),
    period=Period(2026, 10),
    charges=(
        _line("7/1", "1", ChargeKind.SUBSCRIPTION, "16.8", "20.000004"),
        _line("8/1", "2", ChargeKind.CREDIT, "-3.3", "-3.3"),
    ),
    calls_a_minute=60,
)
