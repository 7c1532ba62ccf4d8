"""What the sandbox promises as Ingram Micro to whoever reads its lists: pages, ranges, the shapes of rows, faults."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest

from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.ingram_micro_books import IngramMicroBooks
from tests.contract.ingram_micro_caller import ALL_ORDERS, DATA, INVOICES, ORDERS, RENEWALS, Reseller, fields, selling
from tests.contract.sandbox_caller import ALWAYS, NUMBER, Contract, deviations, exact


@pytest.fixture(scope="module")
def reseller() -> Iterator[Reseller]:
    with selling(rate_limit=None) as one:
        yield one


@pytest.mark.parametrize("paging", [{"pageSize": 101}, {"pageSize": 0}, {"pageNumber": 0}, {"pageNumber": "two"}])
@pytest.mark.parametrize("path", [ORDERS, INVOICES])
def test_a_page_that_there_cannot_be_is_refused(reseller: Reseller, path: str, paging: Mapping[str, Any]) -> None:
    (said,) = fields(reseller.get(path, paging))

    assert said.endswith("is not in the right range")


def test_a_page_has_25_rows_unless_another_size_is_asked_for(reseller: Reseller) -> None:
    assert len(reseller.get(ORDERS, ALL_ORDERS).json()["orders"]) == 25


def test_orders_of_20_days_are_listed_unless_other_days_are_asked_for(reseller: Reseller) -> None:
    recent = reseller.all(ORDERS, "orders", {})
    everything = reseller.all(ORDERS, "orders", ALL_ORDERS)

    assert {row["ingramOrderDate"][:10] >= "2026-10-31" for row in recent} == {True}
    assert 0 < len(recent) < len(everything) == len(IngramMicroBooks(DATA).orders)


def test_204_without_a_body_says_that_there_are_no_orders(reseller: Reseller) -> None:
    answer = reseller.get(ORDERS, {"ingramOrderDate-bt": ["1999-01-01", "1999-01-31"]})

    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize("asked", [["2026-01-01"], ["10/27/2022", "10/30/2022"]])
def test_a_range_of_days_that_is_none_is_refused(reseller: Reseller, asked: list[str]) -> None:
    assert reseller.get(ORDERS, {"ingramOrderDate-bt": asked}).status_code == 400


ORDER_CONTRACT: Contract = {
    "ingramOrderNumber": str,
    "ingramOrderDate": str,
    "customerOrderNumber": str,
    "vendorName": str,
    "endUserCompanyName": str | None,
    "orderTotal": str,
    "orderStatus": str,
    "subOrders": list,
    "links": dict | list,
}
INVOICE_CONTRACT: Contract = {
    "paymentTermsDueDate": str,
    "erpOrderNumber": str,
    "invoiceAmountInclTax": NUMBER,
    "invoiceNumber": str,
    "invoiceStatus": str,
    "invoiceDate": str,
    "invoiceDueDate": str,
    "invoicedAmountDue": NUMBER,
    "customerOrderNumber": str,
    "endCustomerOrderNumber": str,
    "orderCreateDate": str,
}
LINE_CONTRACT: Contract = {
    "ingramLineNumber": str,
    "customerLineNumber": str,
    "ingramPartNumber": str,
    "vendorPartNumber": str,
    "vendorName": str,
    "productDescription": str,
    "unitWeight": str | NUMBER,
    "quantity": int,
    "unitPrice": str | NUMBER,
    "unitOfMeasure": str,
    "currencyCode": str,
    "extendedPrice": str | NUMBER,
    "taxPercentage": int,
    "taxRate": int,
    "taxAmount": str | NUMBER,
    "serialNumbers": list,
    "quantityOrdered": int,
    "quantityShipped": int,
}


def test_orders_have_the_documented_shape_and_its_variants(reseller: Reseller) -> None:
    rows = reseller.all(ORDERS, "orders", ALL_ORDERS)
    page = reseller.get(ORDERS, ALL_ORDERS).json()

    assert deviations(rows, ORDER_CONTRACT, frozenset({"endUserCompanyName"})) == set()
    assert {type(row["links"]) for row in rows} == {dict, list}
    assert {row.get("endUserCompanyName", "missing") for row in rows} >= {None, "", "missing"}
    assert (page["recordsFound"], page["pageSize"], page["pageNumber"]) == (str(len(rows)), "25", "1")
    assert page["nextPage"] == "/resellers/v6/orders/[original_parameters]&pageNumber=2"


def test_renewals_come_as_an_object_and_as_a_list_of_one(reseller: Reseller) -> None:
    first = reseller.post(RENEWALS, {"page": 1, "size": 40}).json()
    (second,) = reseller.post(RENEWALS, {"page": 2, "size": 40}).json()

    rows = first["renewals"] + second["renewals"]
    assert len(rows) == first["recordsFound"] == len(IngramMicroBooks(DATA).renewals)
    assert all(isinstance(row["endUser"], str) and isinstance(row["renewalId"], int) for row in rows)


def test_a_search_for_renewals_needs_json_and_a_post(reseller: Reseller) -> None:
    assert reseller.post(RENEWALS, content=b"").status_code == 400
    assert reseller.get(RENEWALS).status_code == 405


def test_invoices_of_a_range_of_days_are_listed_in_either_direction(reseller: Reseller) -> None:
    asked = {"invoiceFromDate": "2026-10-01", "invoiceToDate": "2026-10-31", "orderby": "invoiceDate"}
    rows = reseller.all(INVOICES, "invoices", asked)

    assert deviations(rows, INVOICE_CONTRACT, ALWAYS) == set()
    dates = [row["invoiceDate"] for row in rows]
    assert (dates, dates[0], dates[-1]) == (sorted(dates), "2026-10-01", "2026-10-28")
    assert {row["invoiceStatus"] for row in rows} == {"OPEN", "PAID", "VOID"}
    assert reseller.all(INVOICES, "invoices", {**asked, "direction": "desc"}) == rows[::-1]


def test_an_invoice_is_found_by_the_number_of_the_list_and_writes_it_with_hyphens(reseller: Reseller) -> None:
    rows = reseller.all(INVOICES, "invoices", {"invoiceFromDate": "2026-10-01", "invoiceToDate": "2026-10-31"})
    details = [exact(reseller.get(f"/resellers/v6.1/invoices/{row['invoiceNumber']}")) for row in rows]

    assert [one["invoiceNumber"].replace("-", "") for one in details] == [row["invoiceNumber"] for row in rows]
    lines = [line for one in details for line in one["lines"]]
    assert deviations(lines, LINE_CONTRACT, ALWAYS) == set()
    assert {type(line["extendedPrice"]) for line in lines} >= {str, int, Decimal}
    misc = [row for one in details for row in one["summary"]["miscCharges"] or []]
    assert {"chargeDescription" in row for row in misc} == {True, False}
    assert {"endUserInfo" in one for one in details} == {True, False}
    assert {one["invoiceType"] for one in details} == {"Invoice", "Credit Memo"}
    repeated = [len({line["ingramLineNumber"] for line in one["lines"]}) < len(one["lines"]) for one in details]
    assert any(repeated)


@pytest.mark.parametrize("number", ["40ZZZZZ11", "x", "40-00000-99", "40-0000--11"])
def test_an_invoice_that_there_is_not_is_404(reseller: Reseller, number: str) -> None:
    answer = reseller.get(f"/resellers/v6.1/invoices/{number}")

    assert (answer.status_code, answer.json()["errors"][0]["message"]) == (404, "Not Found")


def test_a_fault_meets_the_page_that_it_is_set_for() -> None:
    with selling(rate_limit=None) as reseller:
        for path in (ORDERS, RENEWALS):
            reseller.sandbox.control.fault(Fault(FaultKind.SERVER_ERROR, f"/ingram_micro{path}", page=2))

        orders = [reseller.get(ORDERS, {**ALL_ORDERS, "pageNumber": page}).status_code for page in (1, 2)]
        renewals = [reseller.post(RENEWALS, {"page": page}).status_code for page in (1, 2)]

    assert orders == renewals == [200, 500]


def test_a_fault_of_rows_meets_ingram_micros_own_keys() -> None:
    with selling(rate_limit=None) as reseller:
        reseller.sandbox.control.fault(Fault(FaultKind.MISSING_ID, f"/ingram_micro{ORDERS}"))

        assert "ingramOrderNumber" not in reseller.get(ORDERS, ALL_ORDERS).json()["orders"][0]
