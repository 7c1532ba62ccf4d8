"""What the sandbox promises of Pax8's subscriptions and of what was used of them."""

from collections.abc import Iterator
from datetime import date

import pytest

from tests.contract.sandbox_caller import ALWAYS, NUMBER, Caller, Contract, Row, calling_unlimited, deviations

SUBSCRIPTION: Contract = {
    "id": str,
    "companyId": str,
    "productId": str,
    "productName": str,
    "vendorSubscriptionId": str,
    "quantity": NUMBER,
    "startDate": str,
    "createdDate": str,
    "billingStart": str,
    "status": str,
    "price": NUMBER,
    "partnerCost": NUMBER,
    "currencyCode": str,
    "billingTerm": str,
    "commitmentTerm": dict,
}
USAGE_SUMMARY: Contract = {
    "id": str,
    "companyId": str,
    "subscriptionId": str,
    "productId": str,
    "resourceGroup": str,
    "vendorName": str,
    "currentCharges": NUMBER,
    "currencyCode": str,
    "partnerTotal": NUMBER,
    "isTrial": bool,
}
USAGE_LINE: Contract = {
    "usageSummaryId": str,
    "usageDate": str,
    "productName": str,
    "productId": str,
    "unitOfMeasure": str,
    "quantity": NUMBER,
    "unitPrice": NUMBER,
    "currentCharges": NUMBER,
    "currentProfit": NUMBER,
    "partnerTotal": NUMBER,
    "currencyCode": str,
    "isTrial": bool,
}


@pytest.fixture(scope="module")
def pax8() -> Iterator[Caller]:
    with calling_unlimited(240, 260) as caller:
        yield caller


def metered_subscription(pax8: Caller) -> Row:
    return next(row for row in pax8.all_pax8("/subscriptions") if row["productName"] == "Azure Plan")


def test_subscriptions_of_an_unknown_company_are_forbidden(pax8: Caller) -> None:
    assert pax8.get_pax8("/subscriptions", {"companyId": "unknown"}).status_code == 403


def test_every_subscription_has_the_documented_keys(pax8: Caller) -> None:
    rows = pax8.all_pax8("/subscriptions")

    assert deviations(rows, SUBSCRIPTION, frozenset({"commitmentTerm"})) == set()
    assert {row["billingTerm"] for row in rows} >= {"Monthly", "Annual", "2-Year", "3-Year", "Trial", "One-Time"}


def test_usage_summaries_add_up_their_lines(pax8: Caller) -> None:
    summaries = pax8.all_pax8(f"/subscriptions/{metered_subscription(pax8)['id']}/usage-summaries")
    days = [date(2026, 11, number).isoformat() for number in range(1, 31)]
    path = f"/usage-summaries/{summaries[0]['id']}/usage-lines"
    lines = [line for day in days for line in pax8.all_pax8(path, {"usageDate": day})]

    assert deviations(summaries, USAGE_SUMMARY, ALWAYS) == set()
    assert deviations(lines, USAGE_LINE, ALWAYS) == set()
    assert sum(line["currentCharges"] for line in lines) == summaries[0]["currentCharges"]
    assert sum(line["partnerTotal"] for line in lines) == summaries[0]["partnerTotal"]


def test_seats_have_no_usage(pax8: Caller) -> None:
    seats = next(row for row in pax8.all_pax8("/subscriptions") if row["productName"] == "Exchange Online (Plan 1)")

    assert pax8.all_pax8(f"/subscriptions/{seats['id']}/usage-summaries") == []


def test_usage_lines_need_a_day(pax8: Caller) -> None:
    summary = pax8.all_pax8(f"/subscriptions/{metered_subscription(pax8)['id']}/usage-summaries")[0]

    assert pax8.get_pax8(f"/usage-summaries/{summary['id']}/usage-lines").status_code == 400
