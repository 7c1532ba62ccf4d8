"""What the sandbox promises as the Ingram Micro Cloud Marketplace: key, sign-in, pages, shapes of rows and refusals."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import httpx2
import pytest

from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.ingram_cloud_books import IngramCloudBooks
from billingbot.sandbox.server import Sandbox
from tests.contract.patient import WarpedTime
from tests.contract.sandbox_caller import ALWAYS, NUMBER, Contract, Row, deviations, exact

DATA = build(1, 240, 240, date(2026, 11, 20))
MISSING = "Access denied due to missing subscription key."
INVALID = "Access denied due to invalid subscription key."
CUSTOMER: Contract = {
    "id": str,
    "name": str,
    "status": str,
    "address": dict,
    "contactPersons": list,
    "language": str,
    "attributes": dict,
    "resellerId": str,
    "externalId": str,
}
ORDER: Contract = {
    "id": str,
    "orderNumber": str,
    "type": str,
    "customerId": str,
    "creationDate": str,
    "provisioningDate": str,
    "status": str,
    "statusCode": str,
    "total": dict,
    "details": list,
    "attributes": dict,
    "creditCheck": bool,
}
DETAIL: Contract = {
    "type": str,
    "mpn": str,
    "productId": str,
    "duration": dict,
    "description": str,
    "quantity": NUMBER,
    "unitPrice": dict,
    "salesUnitPrice": dict,
    "extendedPrice": dict,
    "salesExtendedPrice": dict,
    "taxAmount": dict,
    "exclusiveTaxAmount": dict,
    "exchangeRate": NUMBER,
}
PRODUCT: Contract = {
    "mpn": str,
    "vendor": str,
    "id": str,
    "serviceName": str,
    "name": str,
    "minimumQuantity": str,
    "maximumQuantity": str,
    "prices": list,
    "costs": list,
    "billingPeriod": dict,
    "subscriptionPeriod": dict,
    "billingModel": str,
}
OCTOBER = {"creationTimeFrom": "2026-10-01T00:00:00Z", "creationTimeTo": "2026-11-01T00:00:00Z"}


class Reseller:
    """A plain HTTP client with a token. `headers` are right."""

    def __init__(self, sandbox: Sandbox, http: httpx2.Client) -> None:
        self.sandbox = sandbox
        self.http = http
        self.url = f"{sandbox.url}/ingram_cloud"
        self.key = {"X-Subscription-Key": sandbox.credentials.ingram_cloud_subscription_key}
        self.headers = {**self.key, "Authorization": f"Bearer {self.sign_in().json()['token']}"}

    def sign_in(self, password: str = "", headers: Mapping[str, str] | None = None, **body: str) -> httpx2.Response:
        known = self.sandbox.credentials
        return self.http.post(
            f"{self.url}/token",
            json={"marketplace": "us", **body},
            headers=self.key if headers is None else headers,
            auth=(known.ingram_cloud_username, password or known.ingram_cloud_password),
        )

    def get(self, path: str, params: Mapping[str, str | int] | None = None) -> httpx2.Response:
        return self.http.get(f"{self.url}{path}", params=params, headers=self.headers)

    def all(self, path: str, params: Mapping[str, str] | None = None) -> list[Row]:
        """Return the rows of all pages."""
        rows: list[Row] = []
        while True:
            answer = exact(self.get(path, {"offset": len(rows), "limit": 500, **(params or {})}))
            rows += answer["data"]
            if len(rows) == answer["pagination"]["total"]:
                return rows


@contextmanager
def reseller_of(sandbox: Sandbox) -> Iterator[Reseller]:
    with httpx2.Client(timeout=20, trust_env=False, verify=False) as http:
        yield Reseller(sandbox, http)


@pytest.fixture(scope="module")
def ingram() -> Iterator[Reseller]:
    with Sandbox(DATA, rate_limit=None) as sandbox, reseller_of(sandbox) as reseller:
        yield reseller


def test_a_token_comes_with_its_seconds_under_names_of_its_own(ingram: Reseller) -> None:
    answer = ingram.sign_in().json()

    assert answer.keys() == {"token", "expiresInSeconds"}
    assert answer["expiresInSeconds"] == 3600


def test_a_wrong_password_and_another_marketplace_are_refused(ingram: Reseller) -> None:
    assert ingram.sign_in(password="wrong").status_code == 401
    assert ingram.sign_in(marketplace="eu").status_code == 400


@pytest.mark.parametrize(("key", "message"), [({}, MISSING), ({"X-Subscription-Key": "wrong"}, INVALID)])
def test_the_gateway_wants_its_key_before_anything_else(ingram: Reseller, key: Row, message: str) -> None:
    refused = {"statusCode": 401, "message": message}
    token = {"Authorization": ingram.headers["Authorization"]}

    assert ingram.sign_in(headers=key).json() == refused
    assert ingram.http.get(f"{ingram.url}/customers", headers={**token, **key}).json() == refused


def test_a_call_without_a_token_is_refused(ingram: Reseller) -> None:
    answer = ingram.http.get(f"{ingram.url}/customers", headers=ingram.key)

    assert (answer.status_code, answer.json()) == (401, {"statusCode": 401, "message": "Unauthorized"})


def test_every_answer_has_a_number_of_its_own_even_a_refusal(ingram: Reseller) -> None:
    answers = [ingram.get("/customers"), ingram.get("/orders", {"limit": 0}), ingram.sign_in(), ingram.get("/nothing")]

    assert [answer.status_code for answer in answers] == [200, 400, 200, 404]
    assert len({answer.headers["X-Correlation-ID"] for answer in answers}) == 4


def test_a_page_has_ten_rows_unless_asked_otherwise(ingram: Reseller) -> None:
    answer = ingram.get("/customers").json()

    assert (len(answer["data"]), answer["pagination"]) == (10, {"offset": 0, "limit": 10, "total": 240})


def test_a_page_begins_anywhere(ingram: Reseller) -> None:
    every = ingram.all("/customers")

    assert ingram.get("/customers", {"offset": 7, "limit": 5}).json()["data"] == every[7:12]
    assert ingram.get("/customers", {"offset": 235, "limit": 10}).json()["data"] == every[235:]
    behind = ingram.get("/customers", {"offset": 240, "limit": 10}).json()
    assert (behind["data"], behind["pagination"]["total"]) == ([], 240)


@pytest.mark.parametrize("params", [{"limit": 501}, {"limit": 0}, {"offset": -1}, {"offset": "x"}])
def test_a_senseless_page_is_refused(ingram: Reseller, params: dict[str, str | int]) -> None:
    answer = ingram.get("/customers", params)

    assert (answer.status_code, answer.json()["statusCode"]) == (400, 400)


def test_customers_are_those_of_the_books_in_every_status(ingram: Reseller) -> None:
    rows = ingram.all("/customers")

    assert deviations(rows, CUSTOMER, frozenset({"externalId"})) == set()
    buyers = IngramCloudBooks(DATA).buyers
    assert [(row["id"], row["name"]) for row in rows] == [(one.customer_id, one.name) for one in buyers]
    assert {row["status"] for row in rows} == {"pending", "active", "creditHold", "adminHold", "cancelled", "error"}


def test_customers_are_found_by_the_id_that_the_msp_gave_them(ingram: Reseller) -> None:
    named = next(row for row in ingram.all("/customers") if "externalId" in row)

    assert ingram.all("/customers", {"externalId": named["externalId"]}) == [named]


def test_orders_and_their_details_have_the_documented_keys(ingram: Reseller) -> None:
    rows = ingram.all("/orders", OCTOBER)
    details = [detail for row in rows for detail in row["details"]]

    assert deviations(rows, ORDER, ALWAYS) == set()
    assert deviations(details, DETAIL, frozenset({"mpn", "productId"})) == set()
    assert {row["type"] for row in rows} == {"sales", "change", "renewal", "cancellation", "unknown"}
    amounts = [detail[key]["amount"] for detail in details for key in ("unitPrice", "extendedPrice", "taxAmount")]
    assert {type(amount) for amount in amounts} == {str}


def test_orders_of_a_month_include_its_last_moment(ingram: Reseller) -> None:
    days = {row["creationDate"] for row in ingram.all("/orders", OCTOBER)}

    assert min(days) == "2026-10-01T00:00:00Z"
    assert max(days) == "2026-11-01T00:00:00Z"


def test_details_come_to_the_total_with_tax(ingram: Reseller) -> None:
    def sums(row: Row) -> Decimal:
        keys = ("extendedPrice", "exclusiveTaxAmount")
        return sum((Decimal(detail[key]["amount"]) for detail in row["details"] for key in keys), Decimal(0))

    rows = ingram.all("/orders", OCTOBER)

    assert [row["id"] for row in rows if sums(row) != Decimal(row["total"]["amount"])] == []
    assert any(Decimal(detail["taxAmount"]["amount"]) for row in rows for detail in row["details"])


def test_money_goes_both_ways_in_two_currencies(ingram: Reseller) -> None:
    details = [detail for row in ingram.all("/orders", OCTOBER) for detail in row["details"]]
    signs: dict[str, set[bool]] = {}
    for detail in details:
        signs.setdefault(detail["type"], set()).add(detail["extendedPrice"]["amount"].startswith("-"))

    assert signs["adjustment"] == {True, False}
    assert signs["recurringRefund"] == signs["discount"] == {True}
    assert signs.keys() >= {"recurring", "renew", "setup", "overuse", "handlingFee", "cancellation", "payment"}
    assert {detail["extendedPrice"]["currency"] for detail in details} == {"USD", "CAD"}


def test_orders_under_way_are_of_the_running_month_and_nothing_is_of_tomorrow(ingram: Reseller) -> None:
    rows = ingram.all("/orders")
    under_way = {row["creationDate"][:7] for row in rows if row["status"] in ("submitted", "processing")}

    assert {row["status"] for row in rows} == {"submitted", "processing", "error", "completed", "cancelled"}
    assert under_way == {"2026-11"}
    assert min(row["creationDate"] for row in rows)[:7] == "2025-12"
    assert max(row["creationDate"] for row in rows)[:10] <= "2026-11-20"
    assert len({row["id"] for row in rows}) == len(rows)


def test_orders_are_filtered_by_customer_and_by_one_status(ingram: Reseller) -> None:
    every = ingram.all("/orders", OCTOBER)
    customer = every[40]["customerId"]

    assert ingram.all("/orders", {**OCTOBER, "customerId": customer}) == [
        row for row in every if row["customerId"] == customer
    ]
    assert {row["status"] for row in ingram.all("/orders", {"status": "error"})} == {"error"}
    assert ingram.get("/orders", {"status": "error,completed"}).status_code == 400


@pytest.mark.parametrize("moment", ["yesterday", "2026-10-01T00:00:00"])
def test_a_time_without_a_zone_is_refused(ingram: Reseller, moment: str) -> None:
    assert ingram.get("/orders", {"creationTimeFrom": moment}).status_code == 400


def test_products_have_the_documented_keys_and_prices_and_costs_in_both_currencies(ingram: Reseller) -> None:
    rows = ingram.all("/products")
    seats = next(row for row in rows if row["name"] == "Microsoft 365 Business Basic")

    assert deviations(rows, PRODUCT, ALWAYS) == set()
    assert [(price["currency"], price["amount"]) for price in seats["prices"]] == [("USD", "6.00"), ("CAD", "8.22")]
    assert [(cost["currency"], cost["amount"]) for cost in seats["costs"]] == [("USD", "5.04"), ("CAD", "6.90")]
    assert {price["model"] for row in rows for price in row["prices"]} == {"FLAT", "TIERED"}


def test_a_full_window_says_when_it_is_free_again() -> None:
    time = WarpedTime()
    with Sandbox(DATA, rate_limit=2, clock=time.clock) as sandbox, reseller_of(sandbox) as ingram:
        ingram.get("/customers")
        time.sleep(100)
        ingram.get("/customers")

        refused = ingram.get("/customers")

        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "200")
        assert refused.json()["message"] == "Rate limit is exceeded. Try again in 200 seconds."
        time.sleep(201)
        assert ingram.get("/customers").status_code == 200


def test_a_token_ends_when_it_says() -> None:
    time = WarpedTime()
    with Sandbox(DATA, token_lifetime=1500, clock=time.clock) as sandbox, reseller_of(sandbox) as ingram:
        time.sleep(1400)
        assert ingram.get("/customers").status_code == 200
        time.sleep(101)
        assert ingram.get("/customers").status_code == 401


def test_a_rate_limit_on_purpose_has_the_header_that_it_is_told() -> None:
    with Sandbox(DATA) as sandbox, reseller_of(sandbox) as ingram:
        sandbox.control.fault(Fault(FaultKind.RATE_LIMITED, "/ingram_cloud/customers", page=2, retry_after="7"))

        assert ingram.get("/customers", {"offset": 0, "limit": 10}).status_code == 200
        refused = ingram.get("/customers", {"offset": 10, "limit": 10})
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "7")
