"""Ingram Micro, recorded: numbers as texts, no customers but names on orders, renewals and invoices."""

from decimal import Decimal

from billingbot.domain.charge import ChargeKind
from billingbot.domain.party import Company
from billingbot.domain.period import Period
from tests.contract.recorded.conversation import CANARY, Answered, Line, Recorded, signed_in

_BASE = "/resellers"
_ORDERS = f"{_BASE}/v6/orders/search"
_INVOICES = f"{_BASE}/v6/invoices"


def _order(number: str, day: str, name: str) -> dict[str, object]:
    return {"ingramOrderNumber": number, "ingramOrderDate": day, "endUserCompanyName": name}


def _listed(number: str, total: str) -> dict[str, object]:
    day = "2026-10-29"
    return {"invoiceNumber": number, "invoiceDate": day, "invoiceStatus": "OPEN", "invoiceAmountInclTax": total}


def _row(number: str, cost: str, tax: str) -> dict[str, object]:
    return {
        "ingramLineNumber": number,
        "vendorPartNumber": "C-1",
        "productDescription": "Cable",
        "quantity": "2",
        "unitOfMeasure": "EA",
        "unitPrice": "4.5",
        "extendedPrice": cost,
        "taxAmount": tax,
        "currencyCode": "usd",
    }


def _invoice(number: str, name: str, *rows: dict[str, object], **summary: object) -> dict[str, object]:
    return {
        "invoiceNumber": number,
        "invoiceType": "Invoice",
        "ingramOrderNumber": "20-1",
        "customerOrderNumber": "PO",
        "endUserInfo": {"companyName": name, "postalCode": "10115"},
        "lines": list(rows),
        "summary": {"totals": {}, **summary},
    }


def _line(charge_id: str, company: str, kind: ChargeKind, quantity: str, cost: str, tax: str) -> Line:
    money = Decimal(cost)
    return Line(charge_id, company, kind, Decimal(quantity), money, money, Decimal(tax), Decimal(0), "USD", None, None)


RECORDED = Recorded(
    key="ingram_micro",
    credentials={
        "client_id": "my-id",
        "client_secret": f"{CANARY}client-secret",
        "customer_number": "20-222222",
        "country_code": "US",
        "base_url": f"{{url}}{_BASE}",
        "token_url": "{url}/oauth/token",
    },
    answers=(
        signed_in("/oauth/token"),
        Answered(
            "GET",
            _ORDERS,
            {"recordsFound": "2", "orders": [_order("20-2", "2026-10-02", "ACME,  Inc.")]},
            {"pageNumber": "1"},
        ),
        Answered(
            "GET", _ORDERS, {"recordsFound": "2", "orders": [_order("20-1", "2026-09-01", "Bolt")]}, {"pageNumber": "2"}
        ),
        Answered(
            "POST",
            f"{_BASE}/v6/renewals/search",
            {"recordsFound": 1, "renewals": [{"renewalId": 1, "endUser": "Acme Inc"}]},
        ),
        Answered("GET", _INVOICES, {"recordsFound": "2", "invoices": [_listed("40A", "18.39")]}, {"pageNumber": "1"}),
        Answered("GET", _INVOICES, {"recordsFound": "2", "invoices": [_listed("40B", "-9")]}, {"pageNumber": "2"}),
        Answered(
            "GET",
            f"{_BASE}/v6.1/invoices/40A",
            _invoice(
                "40-A",
                "Acme Inc",
                _row("1", "9.000001", "0.389999"),
                miscCharges=[{"ChargeDescription": "Handling", "miscChargeLineTotal": "5.5"}],
                totals={"freightAmount": "3.5"},
            ),
        ),
        Answered("GET", f"{_BASE}/v6.1/invoices/40B", _invoice("40-B", "Bolt", _row("1", "-9", "0"))),
    ),
    check=("GET", _ORDERS),
    listed=("GET", _ORDERS),
    optional=frozenset(
        "expires_in ingramOrderDate endUserCompanyName endUser invoiceStatus invoiceAmountInclTax vendorPartNumber "
        "productDescription unitOfMeasure unitPrice taxAmount invoiceType 40A:ingramOrderNumber 40B:ingramOrderNumber "
        "customerOrderNumber endUserInfo companyName postalCode miscCharges freightAmount".split()
    ),
    companies=(Company("acme inc", "ACME, Inc."), Company("bolt", "Bolt")),
    period=Period(2026, 10),
    charges=(
        _line("40-A/1", "acme inc", ChargeKind.ONE_TIME, "2", "9.000001", "0.389999"),
        _line("40-A/freight", "acme inc", ChargeKind.FEE, "1", "3.5", "0"),
        _line("40-A/misc-1", "acme inc", ChargeKind.FEE, "1", "5.5", "0"),
        _line("40-B/1", "bolt", ChargeKind.CREDIT, "2", "-9", "0"),
    ),
    calls_a_minute=60,
)
