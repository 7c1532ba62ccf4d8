"""What the Ingram Micro Cloud Marketplace charges: the sandbox's books to the last decimal, and orders it never has."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from billingbot.domain.charge import Charge, ChargeKind, Statement
from billingbot.domain.period import Period
from billingbot.errors import RefreshStopped, UpstreamSchemaError
from billingbot.sandbox.dataset import build
from billingbot.sandbox.ingram_cloud_books import IngramCloudBooks, Totals
from billingbot.sandbox.server import Sandbox
from tests.contract.ingram_cloud_stand_in import (
    Row,
    answering,
    connected_to,
    detail,
    ignore,
    listed,
    order,
    product,
    usd,
)
from tests.contract.patient import WarpedTime

TODAY = date(2026, 11, 20)
MARCH, OCTOBER, NOVEMBER = Period(2026, 3), Period(2026, 10), Period(2026, 11)
CUSTOMER: Row = {"id": "1", "name": "Acme", "status": "active"}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(build(seed=1, clients=240, companies=240, today=TODAY), rate_limit=None) as started:
        yield started


@pytest.fixture(scope="module")
def november(sandbox: Sandbox) -> Statement:
    return statement(sandbox, NOVEMBER)


@pytest.fixture(scope="module")
def october(sandbox: Sandbox) -> Statement:
    return statement(sandbox, OCTOBER)


def statement(sandbox: Sandbox, period: Period) -> Statement:
    with connected_to(sandbox, WarpedTime(), page_size=100) as ingram:
        return ingram.charges(period, TODAY, ignore)


def october_of(*orders: Row, products: tuple[Row, ...] = (product(),), today: date = TODAY) -> Statement:
    """Return what orders come to, beside a catalogue of one product and a customer, Acme."""
    answers = {"/orders": listed(*orders), "/products": listed(*products), "/customers": listed(CUSTOMER)}
    with answering(answers) as (ingram, _):
        return ingram.charges(OCTOBER, today, ignore)


def only(*orders: Row, products: tuple[Row, ...] = (product(),)) -> Charge:
    (charge,) = october_of(*orders, products=products).charges
    return charge


def refused(*orders: Row) -> str:
    with pytest.raises(UpstreamSchemaError) as caught:
        october_of(*orders)
    return str(caught.value).removeprefix("Ingram Micro Cloud: /orders page 1, ")


def totals(charges: list[Charge]) -> dict[str, Totals]:
    found: dict[str, Totals] = {}
    for one in charges:
        before = found.get(one.company_id, Totals(one.currency, 0, Decimal(0), Decimal(0)))
        assert before.currency == one.currency
        found[one.company_id] = Totals(one.currency, before.rows + 1, before.cost + one.cost, before.price + one.price)
    return found


@pytest.mark.parametrize("period", [NOVEMBER, OCTOBER, MARCH], ids=str)
def test_sums_by_company_are_those_of_the_books(sandbox: Sandbox, period: Period) -> None:
    charges = list(statement(sandbox, period).charges)

    assert totals(charges) == IngramCloudBooks(sandbox.data).totals(period.first)
    assert {one.tax for one in charges} == {one.fee for one in charges} == {Decimal(0)}
    assert {one.currency for one in charges} == {"USD", "CAD"}


def test_charges_come_once_and_in_the_order_of_their_ids(november: Statement) -> None:
    ids = [one.charge_id for one in november.charges]

    assert ids == sorted(set(ids))


def test_the_running_month_is_not_final_and_the_last_one_is(november: Statement, october: Statement) -> None:
    assert (november.period, november.final) == (NOVEMBER, False)
    assert (october.period, october.final) == (OCTOBER, True)


def test_every_kind_of_charge_occurs(october: Statement) -> None:
    assert {one.kind for one in october.charges} == set(ChargeKind)


def test_some_costs_are_told_and_a_remark_counts_the_others(october: Statement) -> None:
    told = [one for one in october.charges if one.unit_cost is not None]

    assert any(one.cost < one.price for one in told)
    assert {one.cost - one.price for one in october.charges if one.unit_cost is None} == {0}
    untold = len(october.charges) - len(told)
    sentence = f"What {untold} of {len(october.charges)} charges cost you is not said: the price stands as their cost."
    assert october.remarks[0] == sentence


def test_azure_is_found_by_its_name(october: Statement) -> None:
    azure = {one.product: one.azure for one in october.charges if one.azure}

    assert azure["Azure Plan"] == "It is named “Azure Plan”."
    assert set(azure) <= {"Azure Plan", "Azure Reserved VM Instance D4s v5"}


def test_companies_are_named_even_when_they_have_cancelled(sandbox: Sandbox, october: Statement) -> None:
    buyers = IngramCloudBooks(sandbox.data).buyers
    gone = {one.customer_id: one.name for one in buyers if one.status == "cancelled"}
    charged = {one.company_id: one.company for one in october.charges if one.company_id in gone}

    assert charged == gone
    assert "" not in {one.company for one in october.charges}


def test_orders_are_asked_for_by_the_time_of_their_creation_and_progress_is_theirs() -> None:
    heard: list[tuple[int, int]] = []

    with answering({"/orders": listed(order(detail())), "/customers": listed(CUSTOMER)}) as (ingram, server):
        ingram.charges(OCTOBER, TODAY, lambda done, total: heard.append((done, total)))

        urls = [urlsplit(hit.target) for hit in server.hits[1:]]
        assert [url.path for url in urls] == ["/orders", "/customers", "/products"]
        assert parse_qs(urls[0].query) == {
            "creationTimeFrom": ["2026-10-01T00:00:00Z"],
            "creationTimeTo": ["2026-11-01T00:00:00Z"],
            "offset": ["0"],
            "limit": ["500"],
        }
    assert heard == [(1, 1)]


def test_whoever_hears_of_pages_can_stop_the_walk() -> None:
    def stop(done: int, total: int) -> None:
        raise RefreshStopped(f"{done} of {total}")

    with answering({}) as (ingram, _), pytest.raises(RefreshStopped):
        ingram.charges(OCTOBER, TODAY, stop)


def test_a_detail_becomes_a_charge() -> None:
    row = order(detail(), subscriptionId="1000054", orderNumber="BO7")

    assert only(row) == Charge(
        charge_id="7/1",
        company_id="1",
        company="Acme",
        kind=ChargeKind.SUBSCRIPTION,
        term="1.0 month",
        azure="",
        product="Seats",
        sku="M",
        description="Recurring",
        subscription_id="1000054",
        quantity=Decimal(4),
        unit="",
        unit_cost=Decimal("4.20"),
        unit_price=Decimal("5.00"),
        cost=Decimal("16.80"),
        price=Decimal("20.00"),
        tax=Decimal(0),
        fee=Decimal(0),
        currency="USD",
        start=None,
        end=None,
        raw={key: value for key, value in row.items() if key != "details"}
        | {"detail": detail() | {"duration": {"type": "month", "duration": Decimal("1.0")}}},
    )


def test_a_detail_needs_a_type_and_an_amount_only() -> None:
    charge = only(order({"type": "setup", "extendedPrice": usd("25.00")}, customerId="2"))

    assert (charge.product, charge.sku, charge.term, charge.company) == ("", "", "", "")
    assert (charge.quantity, charge.cost, charge.price) == (Decimal(1), Decimal(25), Decimal(25))
    assert (charge.unit_price, charge.unit_cost) == (None, None)


KINDS = (
    ("sales", detail(), ChargeKind.SUBSCRIPTION),
    ("unknown", detail(), ChargeKind.SUBSCRIPTION),
    ("renewal", detail(type="renew"), ChargeKind.SUBSCRIPTION),
    ("sales", detail(duration={"type": "month", "duration": 0.5333333333333333}), ChargeKind.PRORATE),
    ("change", detail(), ChargeKind.PRORATE),
    ("change", detail("-20.00", type="recurringRefund"), ChargeKind.PRORATE),
    ("change", detail("-20.00", type="switch"), ChargeKind.PRORATE),
    ("cancellation", detail("-20.00", type="recurringRefund"), ChargeKind.CREDIT),
    ("cancellation", detail("-20.00", type="cancellation"), ChargeKind.CREDIT),
    ("cancellation", detail("20.00", type="cancellation"), ChargeKind.FEE),
    ("sales", detail("-20.00", type="discount"), ChargeKind.CREDIT),
    ("sales", detail("-20.00", type="adjustment"), ChargeKind.CREDIT),
    ("sales", detail("20.00", type="adjustment"), ChargeKind.FEE),
    ("sales", detail(type="handlingFee"), ChargeKind.FEE),
    ("sales", detail(type="overuse"), ChargeKind.USAGE),
    ("sales", detail(type="setup"), ChargeKind.ONE_TIME),
    ("sales", detail("0", type="setupRefund"), ChargeKind.CREDIT),
    ("sales", detail("20.00", type="unknown"), ChargeKind.ONE_TIME),
    ("sales", detail("-20.00", type="aNewOne"), ChargeKind.CREDIT),
)


@pytest.mark.parametrize(
    ("order_type", "row", "kind"), KINDS, ids=[f"{kind[0]} {kind[1]['type']} {kind[2]}" for kind in KINDS]
)
def test_the_kind_follows_from_order_detail_and_sign(order_type: str, row: Row, kind: ChargeKind) -> None:
    assert only(order(row, type=order_type)).kind is kind


@pytest.mark.parametrize("detail_type", ["discount", "recurringRefund", "setupRefund", "renewRefund", "transferRefund"])
def test_what_gives_money_back_must_be_negative(detail_type: str) -> None:
    sentence = refused(order(detail("0.01", type=detail_type)))

    assert sentence == f"row 7, row {detail_type}: the amount of a {detail_type} is not negative."


@pytest.mark.parametrize("detail_type", ["payment", "resellerPayment", "deposit"])
def test_payments_are_no_charges_and_keep_their_place(detail_type: str) -> None:
    assert only(order(detail("100.00", type=detail_type), detail())).charge_id == "7/2"


def test_types_that_are_not_documented_count_and_are_named() -> None:
    found = october_of(order(detail(type="billRecord"), detail(type="aNewOne"), detail(type="adjustment")))

    assert len(found.charges) == 3
    assert found.remarks[-1] == "Types of charges that are not documented, to be looked at: aNewOne, billRecord."


COSTS: dict[str, tuple[Row, Row, str | None]] = {
    "as listed": (detail(), product(), "16.80"),
    "a setup fee": (
        detail("5.00", type="setup", quantity=1),
        product(
            prices=[usd("5.00") | {"type": "setup"}, usd("9.00") | {"type": "recurring"}],
            costs=[usd("3.00") | {"type": "setup"}, usd("8.00") | {"type": "recurring"}],
        ),
        "3.00",
    ),
    "a refund of whole units": (detail("-20.00", type="recurringRefund", quantity=-4), product(), "-16.80"),
    "no quantity": (detail("5.00", quantity=None), product(), "4.20"),
    "a special price": (detail("18.00", unitPrice=usd("4.50")), product(), None),
    "a part of a month": (detail("10.00", duration={"type": "month", "duration": 0.5}), product(), None),
    "with a discount": (detail("19.99"), product(), None),
    "another currency": (
        detail(unitPrice={"currency": "CAD", "amount": "5.00"}, extendedPrice={"currency": "CAD", "amount": "20.00"}),
        product(),
        None,
    ),
    "another product": (detail(productId="Q"), product(), None),
    "the same product under another MPN": (detail(mpn="N"), product(), None),
    "a fee": (detail(type="handlingFee"), product(), None),
    "tiers": (detail(), product(costs=[usd("4.20") | {"type": "recurring", "model": "TIERED"}]), None),
    "two costs": (
        detail(),
        product(costs=[usd("4.20") | {"type": "recurring"}, usd("4.10") | {"type": "recurring"}]),
        None,
    ),
    "no costs at all": (detail(), product(costs=None), None),
}


@pytest.mark.parametrize("name", COSTS)
def test_the_cost_is_the_catalogues_where_that_is_sure_and_else_the_price(name: str) -> None:
    row, listed_as, cost = COSTS[name]

    charge = only(order(row), products=(listed_as,))

    price = Decimal(row["extendedPrice"]["amount"])
    assert (charge.price, charge.cost) == (price, price if cost is None else Decimal(cost))
    assert (charge.unit_cost is None) == (cost is None)


@pytest.mark.parametrize(
    ("changes", "of_product", "named"),
    [
        ({}, {"name": "Azure Plan"}, "Azure Plan"),
        ({}, {"serviceName": "azure services"}, "azure services"),
        ({"description": "Overuse: AZURE storage"}, {}, "Overuse: AZURE storage"),
        ({}, {"name": "Lazuretto"}, None),
    ],
)
def test_azure_is_what_is_named_so(changes: Row, of_product: Row, named: str | None) -> None:
    charge = only(order(detail(**changes)), products=(product(**of_product),))

    assert charge.azure == ("" if named is None else f"It is named “{named}”.")


@pytest.mark.parametrize(
    ("created", "counts"),
    [
        ("2026-10-01T00:00:00Z", True),
        ("2026-10-31T23:59:59.999Z", True),
        ("2026-11-01T00:00:00Z", False),
        ("2026-09-30T23:59:59Z", False),
        ("2026-11-01T00:30:00+02:00", True),
        ("2026-09-30T20:00:00-05:00", True),
    ],
)
def test_an_order_is_of_the_month_in_which_it_was_created_in_utc(created: str, counts: bool) -> None:
    assert len(october_of(order(detail(), creationDate=created)).charges) == counts


@pytest.mark.parametrize("status", ["submitted", "processing"])
def test_orders_that_are_under_way_hold_the_month_open(status: str) -> None:
    found = october_of(order(detail(), status=status))

    assert (list(found.charges), found.final) == ([], False)
    assert found.remarks == ("Orders that are not completed yet, and therefore left out: 1.",)


def test_orders_that_failed_are_left_out_and_counted() -> None:
    found = october_of(order(detail(), status="error"))

    assert (list(found.charges), found.final) == ([], True)
    assert found.remarks == ("Orders that failed, and are left out: 1. Ingram Micro's control panel says why.",)


def test_orders_that_were_cancelled_are_left_out() -> None:
    found = october_of(order(detail(), status="cancelled"))

    assert (list(found.charges), found.final, found.remarks) == ([], True, ())


def test_a_month_is_final_when_it_is_over() -> None:
    assert not october_of(order(detail()), today=date(2026, 10, 31)).final
    assert october_of(order(detail()), today=date(2026, 11, 1)).final


@pytest.mark.parametrize(("total", "adds_up"), [("25.00", True), ("27.00", True), ("26.00", False)])
def test_an_order_whose_details_do_not_come_to_its_total_is_named(total: str, adds_up: bool) -> None:
    row = order(detail("30.00"), detail("-5.00", type="discount", exclusiveTaxAmount=usd("2.00")), total=usd(total))

    remarks = october_of(row).remarks

    odd = "Orders whose details do not come to their total: 1, the first is 7."
    assert (odd in remarks) != adds_up


@pytest.mark.parametrize(("order_type", "is_regular"), [("unknown", True), ("renewal", True), ("sales", False)])
def test_a_month_without_regular_billing_is_to_be_compared(order_type: str, is_regular: bool) -> None:
    remarks = october_of(order(detail(), type=order_type)).remarks

    assert ("No order is one of regular billing: compare the sum with Ingram Micro's invoice." in remarks) != is_regular


BROKEN: dict[str, tuple[Row, str]] = {
    "no details": ({"id": "7", "creationDate": "2026-10-05T12:00:00Z", "status": "completed", "customerId": "1"},
                   "row 7 lacks 'details'."),
    "no customer": (order(detail(), customerId=None), "row 7 has null for 'customerId'."),
    "no type": (order(detail(), type=None), "row 7 has null for 'type'."),
    "no status": (order(detail(), status=None), "row 7 has null for 'status'."),
    "a new status": (
        order(detail(), status="Completed"),
        "row 7: 'status' is not one of completed, submitted, processing, error, cancelled.",
    ),
    "a day": (
        order(detail(), creationDate="2026-10-05"),
        "row 7: 'creationDate' is not a date and a time with a zone.",
    ),
    "no day at all": (
        order(detail(), creationDate="yesterday"),
        "row 7: 'creationDate' is not a date and a time with a zone.",
    ),
    "no amount": (order(detail(extendedPrice=None)), "row 7, row recurring has null for 'extendedPrice'."),
    "no currency": (
        order(detail(extendedPrice={"amount": "1"})),
        "row 7, row recurring, extendedPrice lacks 'currency'.",
    ),
    "a word": (
        order(detail(extendedPrice=usd("a lot"))),
        "row 7, row recurring, extendedPrice: 'amount' is not a number.",
    ),
    "two currencies": (
        order(detail(unitPrice={"currency": "CAD", "amount": "5.00"})),
        "row 7, row recurring: unit price and price are in two currencies.",
    ),
    "a duration of words": (
        order(detail(duration={"type": "month", "duration": "one"})),
        "row 7, row recurring, duration: 'duration' is not a number.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_an_order_that_breaks_the_contract_is_refused_and_says_where(name: str) -> None:
    row, sentence = BROKEN[name]

    assert refused(row) == sentence


def test_amounts_keep_every_decimal() -> None:
    amount: Any = "123456789.0123456789"

    assert only(order(detail(amount))).price == Decimal(amount)
