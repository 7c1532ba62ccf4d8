"""Pax8, recorded: invoices are the partner's, an item names its company; the end of a period is meant in two ways."""

from datetime import date
from decimal import Decimal

from billingbot.domain.charge import ChargeKind
from billingbot.domain.party import Company
from billingbot.domain.period import Period
from tests.contract.recorded.conversation import CANARY, Answered, Line, Recorded, signed_in

_ITEMS = "/v1/invoices/i1/items"


def _page(total: int, *rows: dict[str, object]) -> dict[str, object]:
    return {"content": list(rows), "page": {"totalElements": total}}


def _item(item_id: str, **given: object) -> dict[str, object]:
    return {
        "id": item_id,
        "type": "subscription",
        "companyId": "c1",
        "companyName": "Acme",
        "startPeriod": "2026-10-01",
        "endPeriod": "2026-11-01",
        "quantity": 3,
        "unitOfMeasure": "User",
        "term": "Monthly",
        "sku": "SKU-1",
        "description": "Seats",
        "details": "",
        "productName": "Seats",
        "vendorName": "Vendor",
        "price": 6.10,
        "cost": 5.123456,
        "total": 18.30,
        "costTotal": 15.370368,
        "salesTax": 0.01,
        "billingFee": 0.31,
        "currencyCode": "USD",
        "subscriptionId": "s1",
        **given,
    }


def _line(item_id: str, company: str, kind: ChargeKind, *amounts: str, end: date) -> Line:
    quantity, cost, price, tax, fee = map(Decimal, amounts)
    return Line(item_id, company, kind, quantity, cost, price, tax, fee, "USD", date(2026, 10, 1), end)


RECORDED = Recorded(
    key="pax8",
    credentials={
        "client_id": "my-id",
        "client_secret": f"{CANARY}client-secret",
        "base_url": "{url}/v1",
        "token_url": "{url}/v1/token",
        "audience": "https://api.example.com",
    },
    answers=(
        signed_in("/v1/token"),
        Answered(
            "GET",
            "/v1/companies",
            _page(2, {"id": "c1", "name": "Acme", "externalId": "17", "status": "Active"}),
            {"page": "0"},
        ),
        Answered("GET", "/v1/companies", _page(2, {"id": "c2", "name": "Bolt"}), {"page": "1"}),
        Answered(
            "GET",
            "/v1/invoices",
            _page(1, {"id": "i1", "status": "Paid", "invoiceDate": "2026-10-04"}),
            {"page": "0"},
        ),
        Answered("GET", _ITEMS, _page(2, _item("a")), {"page": "0"}),
        Answered(
            "GET",
            _ITEMS,
            _page(
                2,
                _item(
                    "b",
                    type="prorate",
                    companyId="c2",
                    endPeriod="2026-10-31",
                    quantity=-1,
                    total=-6.1,
                    costTotal=-5.123456,
                ),
            ),
            {"page": "1"},
        ),
    ),
    check=("GET", "/v1/companies"),
    listed=("GET", "/v1/companies"),
    optional=frozenset(
        "expires_in externalId companies:content[].status items:content[].id companyId companyName startPeriod "
        "endPeriod unitOfMeasure sku description details productName vendorName price cost subscriptionId".split()
    ),
    companies=(Company("c1", "Acme", "17"), Company("c2", "Bolt")),
    period=Period(2026, 10),
    charges=(
        _line("a", "c1", ChargeKind.SUBSCRIPTION, "3", "15.370368", "18.3", "0.01", "0.31", end=date(2026, 10, 31)),
        _line("b", "c2", ChargeKind.PRORATE, "-1", "-5.123456", "-6.1", "0.01", "0.31", end=date(2026, 10, 31)),
    ),
    calls_a_minute=1000,
)
