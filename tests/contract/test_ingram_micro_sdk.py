"""Ingram Micro's own SDK at the sandbox: it reads the same invoices as our connector, where it can read them.

It raises a ValidationError on what Ingram Micro's own examples show: links of orders, a page of renewals in a list, and
invoices with a weight or an amount as a text. Of an invoice it drops the end user, which its specification lacks.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError
from xi.sdk.resellers import (
    AccesstokenApi,
    ApiClient,
    Configuration,
    InvoicesApi,
    OrdersApi,
    RenewalsApi,
    RenewalsSearchRequest,
)

from billingbot.domain.period import Period
from billingbot.sandbox.dataset import build
from billingbot.sandbox.server import Sandbox
from tests.contract.ingram_micro_stand_in import TODAY, connected_to, ignore

WHO: dict[str, Any] = {
    "im_customer_number": "20-222222",
    "im_country_code": "US",
    "im_correlation_id": "fbac82bacf0a4bcffc030c5084",
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(build(seed=1, clients=240, companies=240, today=TODAY), rate_limit=None) as started:
        yield started


@pytest.fixture(scope="module")
def client(sandbox: Sandbox) -> Iterator[ApiClient]:
    configuration = Configuration(host=f"{sandbox.url}/ingram_micro")
    given = sandbox.credentials
    with ApiClient(configuration) as made:
        token = AccesstokenApi(made).get_accesstoken(
            grant_type="client_credentials",
            client_id=given.ingram_micro_client_id,
            client_secret=given.ingram_micro_client_secret,
        )
        configuration.access_token = token.access_token
        yield made


def listed(client: ApiClient, first: str, last: str) -> list[Any]:
    """Return the invoices of a range of days, from all pages."""
    rows: list[Any] = []
    for page in range(1, 100):
        answer: Any = InvoicesApi(client).get_resellers_v6_invoicesearch(
            im_application_id="Tests",
            invoice_from_date=[first],
            invoice_to_date=[last],
            page_size=100,
            page_number=page,
            **WHO,
        )
        rows += answer.invoices
        if len(rows) >= answer.records_found:
            break
    return rows


def test_the_sdk_lists_the_invoices_that_our_connector_charges(client: ApiClient, sandbox: Sandbox) -> None:
    with connected_to(sandbox) as ingram:
        charges = ingram.charges(Period(2026, 10), TODAY, ignore).charges

    rows = listed(client, "2026-10-01", "2026-10-31")

    charged = {charge.charge_id.partition("/")[0].replace("-", "") for charge in charges}
    assert {row.invoice_number for row in rows if row.invoice_status != "VOID"} == charged
    assert len(rows) > len(charged) > 100


def test_the_sdk_reads_the_same_lines_of_the_invoices_that_it_can_read(client: ApiClient, sandbox: Sandbox) -> None:
    with connected_to(sandbox) as ingram:
        charges = ingram.charges(Period(2026, 10), TODAY, ignore).charges
    ours = {charge.charge_id: (charge.product, float(charge.cost), float(charge.tax)) for charge in charges}

    read, unread = 0, 0
    for row in listed(client, "2026-10-01", "2026-10-31"):
        try:
            invoice: Any = InvoicesApi(client).get_invoicedetails_v6_1(
                invoice_number=row.invoice_number, im_application_id="Tests", customer_type="invoice", **WHO
            )
        except ValidationError:
            unread += 1
            continue
        read += 1
        assert not hasattr(invoice, "end_user_info")
        numbers = [line.ingram_line_number for line in invoice.lines]
        if row.invoice_status != "VOID" and len(set(numbers)) == len(numbers):
            theirs = {
                f"{invoice.invoice_number}/{line.ingram_line_number}": (
                    line.product_description,
                    float(line.extended_price),
                    float(line.tax_amount),
                )
                for line in invoice.lines
            }
            assert theirs.items() <= ours.items()

    assert (read > 30, unread > 30) == (True, True)


def test_the_sdk_cannot_read_orders_as_ingram_micros_own_example_shows_them(client: ApiClient) -> None:
    with pytest.raises(ValidationError):
        OrdersApi(client).get_resellers_v6_ordersearch(**WHO)


def test_the_sdk_reads_renewals_that_come_as_an_object(client: ApiClient, sandbox: Sandbox) -> None:
    found: Any = RenewalsApi(client).post_renewalssearch(
        page="1", size="100", renewals_search_request=RenewalsSearchRequest(), **WHO
    )

    names = {" ".join(renewal.end_user.split()).casefold() for renewal in found.renewals}
    with connected_to(sandbox) as ingram:
        known = {company.name.casefold() for company in ingram.companies(ignore)}
    assert len(names & known) > 40


def test_the_sdk_cannot_read_renewals_in_a_list_as_ingram_micros_own_example_shows_them(client: ApiClient) -> None:
    with pytest.raises(ValidationError):
        RenewalsApi(client).post_renewalssearch(
            page="2", size="10", renewals_search_request=RenewalsSearchRequest(), **WHO
        )
