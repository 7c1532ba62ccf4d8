"""What the sandbox promises of Pax8's billing: invoices, their items and drafts."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox
from tests.contract.sandbox_caller import ALWAYS, NUMBER, Caller, Contract, Row, calling, calling_unlimited, deviations

INVOICE: Contract = {
    "id": str,
    "invoiceDate": str,
    "dueDate": str,
    "balance": NUMBER,
    "carriedBalance": NUMBER,
    "total": NUMBER,
    "currencyCode": str,
    "partnerName": str,
    "status": str,
}
ITEM: Contract = {
    "id": str,
    "type": str,
    "purchaseOrderNumber": str,
    "companyId": str,
    "externalId": str,
    "companyName": str,
    "startPeriod": str,
    "endPeriod": str,
    "quantity": NUMBER,
    "unitOfMeasure": str,
    "term": str,
    "sku": str,
    "description": str,
    "details": str,
    "rateType": str,
    "chargeType": str,
    "price": NUMBER,
    "subTotal": NUMBER,
    "cost": NUMBER,
    "costTotal": NUMBER,
    "offeredBy": str,
    "billedByPax8": bool,
    "total": NUMBER,
    "productId": str,
    "productName": str,
    "vendorName": str,
    "billingFee": NUMBER,
    "billingFeeRate": NUMBER,
    "amountDue": NUMBER,
    "currencyCode": str,
    "salesTax": NUMBER,
    "subscriptionId": str | None,
}
TYPES = set("rebate prorate subscription payment-credit one-time service-charge service-credit invoice-credit".split())
TERMS = {"3 Year", "Annual", "2 Year", "Activation", "One-Time", "One-time", "Arrears", "Trial", "Rebate", "Monthly"}


@pytest.fixture(scope="module")
def pax8() -> Iterator[Caller]:
    with calling_unlimited(240, 260) as caller:
        yield caller


@pytest.fixture(scope="module")
def newest_items(pax8: Caller) -> list[Row]:
    newest = pax8.all_pax8("/invoices", {"sort": "invoiceDate,desc"})[0]
    return pax8.all_pax8(f"/invoices/{newest['id']}/items")


def test_every_invoice_has_the_documented_keys(pax8: Caller) -> None:
    assert deviations(pax8.all_pax8("/invoices"), INVOICE, ALWAYS) == set()


def test_three_months_are_invoiced_and_one_invoice_was_credited_and_replaced(pax8: Caller) -> None:
    invoices = [(row["invoiceDate"], row["status"]) for row in pax8.all_pax8("/invoices")]

    assert invoices == [
        ("2026-11-01", "Unpaid"),
        ("2026-10-01", "Paid"),
        ("2026-10-01", "Credited"),
        ("2026-09-01", "Paid"),
    ]


def test_before_the_fifth_the_newest_invoice_is_last_months() -> None:
    with Sandbox(build(1, 3, 3, date(2026, 11, 4))) as sandbox, calling(sandbox) as pax8:
        assert pax8.all_pax8("/invoices")[0]["invoiceDate"] == "2026-10-01"


def test_invoices_are_filtered_by_date_and_status(pax8: Caller) -> None:
    params = {"invoiceDateRangeStart": "2026-10-01", "invoiceDateRangeEnd": "2026-10-31", "status": "Paid"}

    assert [row["invoiceDate"] for row in pax8.all_pax8("/invoices", params)] == ["2026-10-01"]


def test_the_partners_invoices_belong_to_no_company(pax8: Caller) -> None:
    company = pax8.sandbox.data.companies[0].company_id

    assert pax8.all_pax8("/invoices", {"companyId": company}) == []


def test_every_invoice_item_has_the_documented_keys(newest_items: list[Row]) -> None:
    assert deviations(newest_items, ITEM, frozenset({"externalId"})) == set()


def test_the_newest_invoice_has_every_type_and_every_term(newest_items: list[Row]) -> None:
    assert {row["type"] for row in newest_items} == TYPES
    assert {row["term"] for row in newest_items} == TERMS
    assert {row["chargeType"] for row in newest_items} == {"flat", "per"}


def test_item_ids_are_unique(newest_items: list[Row]) -> None:
    assert [count for count in Counter(row["id"] for row in newest_items).values() if count > 1] == []


def test_an_invoice_totals_what_its_items_cost_to_the_last_decimal(pax8: Caller) -> None:
    invoices = pax8.all_pax8("/invoices")
    sums = [
        sum(Decimal(item["amountDue"]) for item in pax8.all_pax8(f"/invoices/{row['id']}/items")) for row in invoices
    ]

    assert [Decimal(row["total"]) for row in invoices] == sums


def test_amounts_follow_from_quantity_and_unit_amounts(newest_items: list[Row]) -> None:
    assert [row["id"] for row in newest_items if row["costTotal"] != row["cost"] * row["quantity"]] == []
    assert [
        row["id"] for row in newest_items if row["total"] != row["price"] * row["quantity"] + row["billingFee"]
    ] == []


def test_money_has_no_float_noise(newest_items: list[Row]) -> None:
    amounts = [Decimal(row[key]) for row in newest_items for key in ("costTotal", "total", "amountDue", "salesTax")]

    assert [amount for amount in amounts if len(str(amount).partition(".")[2]) > 4] == []
    assert any(amount % 1 for amount in amounts)


def test_azure_is_billed_in_arrears_for_the_month_before(newest_items: list[Row]) -> None:
    azure = [row for row in newest_items if row["term"] == "Arrears"]

    assert {(row["startPeriod"], row["endPeriod"]) for row in azure} == {("2026-10-01", "2026-10-31")}
    assert {row["productName"] for row in azure} == {"Azure Plan"}


def test_some_prorates_favour_the_customer_and_name_a_subscription_of_the_invoice(newest_items: list[Row]) -> None:
    prorates = [row for row in newest_items if row["type"] == "prorate"]
    billed = {row["subscriptionId"] for row in newest_items if row["type"] == "subscription"}

    assert {row["total"] < 0 for row in prorates} >= {True, False}
    assert {row["subscriptionId"] for row in prorates} <= billed


def test_what_was_migrated_once_has_no_subscription(newest_items: list[Row]) -> None:
    assert {row["subscriptionId"] for row in newest_items if row["term"] == "One-time"} == {None}


def test_some_lines_cost_the_customer_nothing_but_the_partner_something(newest_items: list[Row]) -> None:
    assert [row for row in newest_items if row["total"] == 0 and row["costTotal"] > 0]


def test_the_credited_invoice_lacks_what_its_replacement_has(pax8: Caller) -> None:
    _, replacement, credited, _ = pax8.all_pax8("/invoices")
    kinds = [
        {row["type"] for row in pax8.all_pax8(f"/invoices/{invoice['id']}/items")}
        for invoice in (replacement, credited)
    ]

    assert kinds[0] - kinds[1] == {"prorate"}


@pytest.mark.parametrize(("offset", "starts"), [("0", "2026-11-01"), ("1", "2026-12-01")])
def test_draft_items_are_of_the_month_asked_for_and_without_usage(pax8: Caller, offset: str, starts: str) -> None:
    rows = pax8.all_pax8("/invoices/draftItems", {"monthOffset": offset})

    assert deviations(rows, ITEM, frozenset({"externalId", "id", "purchaseOrderNumber"})) == set()
    assert {row["startPeriod"] for row in rows if row["type"] == "subscription"} == {starts}
    assert "Arrears" not in {row["term"] for row in rows}


def test_draft_items_are_filtered_by_company(pax8: Caller) -> None:
    every = pax8.all_pax8("/invoices/draftItems")
    company = every[50]["companyId"]

    assert pax8.all_pax8("/invoices/draftItems", {"companyId": company}) == [
        row for row in every if row["companyId"] == company
    ]


def test_drafts_of_other_months_are_refused(pax8: Caller) -> None:
    assert pax8.get_pax8("/invoices/draftItems", {"monthOffset": 2}).status_code == 422


def test_subscriptions_of_a_company_are_those_that_its_items_name(pax8: Caller, newest_items: list[Row]) -> None:
    company = newest_items[0]["companyId"]
    named = {row["subscriptionId"] for row in newest_items if row["companyId"] == company} - {None}

    assert named <= {row["id"] for row in pax8.all_pax8("/subscriptions", {"companyId": company})}
