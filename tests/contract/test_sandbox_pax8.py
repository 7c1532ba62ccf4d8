"""What the sandbox promises as Pax8: its keys, types and enums as our own table says them, paging, errors, billing."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox
from tests.contract.sandbox_caller import Caller, Contract, Row, calling, deviations, exact

NUMBER = int | Decimal
COMPANY: Contract = {
    "id": str,
    "name": str,
    "address": dict,
    "phone": str,
    "website": str,
    "externalId": str,
    "billOnBehalfOfEnabled": bool,
    "selfServiceAllowed": bool,
    "orderApprovalRequired": bool,
    "status": str,
    "updatedDate": str,
}
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
TYPES = set("rebate prorate subscription payment-credit one-time service-charge service-credit invoice-credit".split())
TERMS = {"3 Year", "Annual", "2 Year", "Activation", "One-Time", "One-time", "Arrears", "Trial", "Rebate", "Monthly"}
ALWAYS: frozenset[str] = frozenset()


@pytest.fixture(scope="module")
def pax8() -> Iterator[Caller]:
    with Sandbox(build(1, 240, 260, date(2026, 11, 20)), rate_limit=None) as sandbox, calling(sandbox) as caller:
        yield caller


@pytest.fixture(scope="module")
def newest_items(pax8: Caller) -> list[Row]:
    newest = pax8.all_pax8("/invoices", {"sort": "invoiceDate,desc"})[0]
    return pax8.all_pax8(f"/invoices/{newest['id']}/items")


def metered_subscription(pax8: Caller) -> Row:
    return next(row for row in pax8.all_pax8("/subscriptions") if row["productName"] == "Azure Plan")


def test_every_company_has_the_documented_keys(pax8: Caller) -> None:
    rows = pax8.all_pax8("/companies")

    assert deviations(rows, COMPANY, frozenset({"phone", "externalId", "orderApprovalRequired"})) == set()
    assert {row["status"] for row in rows} == {"Active", "Inactive", "Deleted"}


def test_the_list_holds_every_company_of_the_data_set_and_the_deleted_ones(pax8: Caller) -> None:
    data = pax8.sandbox.data
    ids = [row["id"] for row in pax8.all_pax8("/companies")]

    assert ids == [company.company_id for company in (*data.companies, *data.former_companies)]


def test_names_arrive_unaltered_in_every_script(pax8: Caller) -> None:
    names = {row["name"] for row in pax8.all_pax8("/companies")}

    assert {company.name for company in pax8.sandbox.data.companies} <= names


def test_a_page_has_ten_rows_unless_asked_otherwise(pax8: Caller) -> None:
    answer = pax8.get_pax8("/companies").json()

    assert answer["page"] == {"size": 10, "totalElements": 261, "totalPages": 27, "number": 0}
    assert len(answer["content"]) == 10


@pytest.mark.parametrize("params", [{"size": 201}, {"size": 0}, {"page": -1}, {"page": "x"}, {"sort": "phone"}])
def test_a_senseless_page_is_refused_in_pax8s_error_shape(pax8: Caller, params: dict[str, str]) -> None:
    answer = pax8.get_pax8("/companies", params)

    assert answer.status_code == 400
    assert (
        deviations(
            [answer.json()], {"type": str, "message": str, "instance": str, "status": int, "details": list}, ALWAYS
        )
        == set()
    )
    assert answer.json()["instance"] == "/v1/companies"


def test_an_empty_list_omits_its_content(pax8: Caller) -> None:
    answer = pax8.get_pax8("/companies", {"city": "Nowhere"}).json()

    assert answer == {"page": {"size": 10, "totalElements": 0, "totalPages": 0, "number": 0}}


def test_a_page_behind_the_end_omits_its_content_but_keeps_the_count(pax8: Caller) -> None:
    answer = pax8.get_pax8("/companies", {"size": 200, "page": 2}).json()

    assert answer == {"page": {"size": 200, "totalElements": 261, "totalPages": 2, "number": 2}}


def test_companies_sort_by_name_both_ways(pax8: Caller) -> None:
    upwards = [row["name"].casefold() for row in pax8.all_pax8("/companies", {"sort": "name,asc"})]
    downwards = [row["name"].casefold() for row in pax8.all_pax8("/companies", {"sort": "name,desc"})]

    assert upwards == sorted(upwards)
    assert downwards == sorted(upwards, reverse=True)


def test_companies_are_filtered_by_status_and_city(pax8: Caller) -> None:
    every = pax8.all_pax8("/companies")
    wanted = [row["id"] for row in every if row["status"] == "Active" and row["address"]["city"] == "Tampa"]

    assert [row["id"] for row in pax8.all_pax8("/companies", {"status": "Active", "city": "Tampa"})] == wanted


def test_a_company_is_read_by_its_id(pax8: Caller) -> None:
    company = pax8.all_pax8("/companies")[7]

    assert exact(pax8.get_pax8(f"/companies/{company['id']}")) == company


@pytest.mark.parametrize(
    "path",
    [
        "/companies/f7fc273a-8d86-45c9-a26f-ffd42416adda",
        "/companies/not-a-uuid",
        "/invoices/f7fc273a-8d86-45c9-a26f-ffd42416adda",
        "/invoices/not-a-uuid/items",
        "/subscriptions/f7fc273a-8d86-45c9-a26f-ffd42416adda/usage-summaries",
        "/usage-summaries/f7fc273a-8d86-45c9-a26f-ffd42416adda/usage-lines?usageDate=2026-11-02",
        "/invoices/draftItems?companyId=f7fc273a-8d86-45c9-a26f-ffd42416adda",
        "/nothing",
    ],
)
def test_what_does_not_exist_is_a_404_with_an_error(pax8: Caller, path: str) -> None:
    answer = pax8.get_pax8(path)

    assert (answer.status_code, answer.json()["status"]) == (404, 404)


def test_subscriptions_of_an_unknown_company_are_forbidden(pax8: Caller) -> None:
    assert pax8.get_pax8("/subscriptions", {"companyId": "unknown"}).status_code == 403


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

    assert deviations(rows, ITEM, frozenset({"externalId"})) == set()
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


def test_every_subscription_has_the_documented_keys(pax8: Caller) -> None:
    rows = pax8.all_pax8("/subscriptions")

    assert deviations(rows, SUBSCRIPTION, frozenset({"commitmentTerm"})) == set()
    assert {row["billingTerm"] for row in rows} >= {"Monthly", "Annual", "2-Year", "3-Year", "Trial", "One-Time"}


def test_subscriptions_of_a_company_are_those_that_its_items_name(pax8: Caller, newest_items: list[Row]) -> None:
    company = newest_items[0]["companyId"]
    named = {row["subscriptionId"] for row in newest_items if row["companyId"] == company} - {None}

    assert named <= {row["id"] for row in pax8.all_pax8("/subscriptions", {"companyId": company})}


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


@pytest.mark.parametrize("wrong", ["client_id", "client_secret", "audience", "grant_type"])
def test_a_wrong_sign_in_is_refused_as_documented(pax8: Caller, wrong: str) -> None:
    answer = pax8.pax8_sign_in(**{wrong: "wrong"})

    assert answer.status_code == 401
    assert answer.json() == {"error": "access_denied", "error_description": "Unauthorized"}


def test_a_call_without_a_token_is_refused_in_pax8s_error_shape(pax8: Caller) -> None:
    answer = pax8.http.get(f"{pax8.sandbox.pax8_url}/companies")

    assert (answer.status_code, answer.json()["status"]) == (401, 401)


def test_halos_token_is_no_good_at_pax8(pax8: Caller) -> None:
    assert pax8.http.get(f"{pax8.sandbox.pax8_url}/companies", headers=pax8.halo).status_code == 401
