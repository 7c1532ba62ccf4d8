"""What Pax8 charges: the sandbox's books to the last decimal, and answers that the sandbox never gives."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from billingbot.connectors import DISTRIBUTORS, Connection
from billingbot.domain.charge import Charge, ChargeKind, Statement
from billingbot.domain.period import Period
from billingbot.errors import RefreshStopped, UpstreamListUnstable, UpstreamSchemaError
from billingbot.sandbox.connections import sandbox_connections
from billingbot.sandbox.dataset import build
from billingbot.sandbox.faults import Fault, FaultKind
from billingbot.sandbox.pax8_truth import Totals, billed_totals, running_totals
from billingbot.sandbox.server import Sandbox
from tests.contract.patient import LOCAL
from tests.contract.pax8_stand_in import Row, answering, ignore, listed

BILLED, EARLY = date(2026, 11, 20), date(2026, 11, 3)
OCTOBER, NOVEMBER = Period(2026, 10), Period(2026, 11)


@contextmanager
def connected(today: date, companies: int = 240) -> Iterator[tuple[Sandbox, Connection]]:
    data = build(seed=1, clients=companies, companies=companies, today=today)
    (kind,) = (kind for kind in DISTRIBUTORS if kind.key == "pax8")
    with Sandbox(data, rate_limit=None) as sandbox:
        connection = kind.connect(sandbox_connections(sandbox.url)["pax8"], allowed_hosts=LOCAL)
        yield sandbox, connection
        connection.close()


@pytest.fixture(scope="module")
def billed() -> Iterator[tuple[Sandbox, Connection]]:
    """Yield Pax8 after the 5th: the invoice of the running month is there."""
    with connected(BILLED) as made:
        yield made


@pytest.fixture(scope="module")
def early() -> Iterator[tuple[Sandbox, Connection]]:
    """Yield Pax8 before the 5th: the running month has a draft only."""
    with connected(EARLY) as made:
        yield made


@pytest.fixture(scope="module")
def november(billed: tuple[Sandbox, Connection]) -> Statement:
    return billed[1].charges(NOVEMBER, BILLED, ignore)


@pytest.fixture(scope="module")
def draft(early: tuple[Sandbox, Connection]) -> Statement:
    return early[1].charges(NOVEMBER, EARLY, ignore)


def totals(charges: Sequence[Charge]) -> dict[str, Totals]:
    found: dict[str, Totals] = {}
    for charge in charges:
        so_far = found.get(charge.company_id, Totals(0, Decimal(0), Decimal(0), Decimal(0), Decimal(0)))
        found[charge.company_id] = Totals(
            so_far.rows + 1,
            so_far.cost + charge.cost,
            so_far.price + charge.price,
            so_far.tax + charge.tax,
            so_far.fee + charge.fee,
        )
    return found


# -- the sandbox's books


@pytest.mark.parametrize("month", [9, 10, 11])
def test_sums_by_company_are_those_of_the_books(billed: tuple[Sandbox, Connection], month: int) -> None:
    sandbox, pax8 = billed

    statement = pax8.charges(Period(2026, month), BILLED, ignore)

    expected = billed_totals(sandbox.data, date(2026, month, 1))
    assert len(expected) > 200
    assert totals(statement.charges) == expected
    assert statement.final


def test_the_month_with_a_credited_invoice_says_so(billed: tuple[Sandbox, Connection]) -> None:
    assert billed[1].charges(OCTOBER, BILLED, ignore).remarks == ("Left out because credited or void: 1 invoice.",)


def test_a_month_that_was_billed_once_needs_no_remark(november: Statement) -> None:
    assert november.remarks == ()


def test_sums_of_the_draft_and_of_usage_are_those_of_the_books(
    early: tuple[Sandbox, Connection], draft: Statement
) -> None:
    expected = running_totals(early[0].data)

    assert len(expected) > 200
    assert totals(draft.charges) == expected
    assert not draft.final


def test_before_the_fifth_remarks_say_what_the_charges_are(draft: Statement) -> None:
    assert draft.remarks == (
        "Pax8 has no invoice of 2026-11 yet; it can be read from the 5th on. These are the items of the draft, which"
        " may still change.",
        "Usage is that of 2026-11 until 2026-11-03, which Pax8 bills a month later. The usage of 2026-10 is not among"
        " the charges; the invoice of 2026-11 will hold it.",
    )


def test_only_metered_subscriptions_are_asked_for_usage(early: tuple[Sandbox, Connection], draft: Statement) -> None:
    sandbox, _ = early
    asked = [path for path in sandbox.control.all_requests() if path.endswith("/usage-summaries")]

    metered = {charge.subscription_id for charge in draft.charges if charge.kind is ChargeKind.USAGE}
    assert {path.split("/")[-2] for path in asked} >= metered
    assert len(asked) < 2 * len(metered)


def test_a_month_without_an_invoice_is_empty_and_not_final(billed: tuple[Sandbox, Connection]) -> None:
    statement = billed[1].charges(Period(2026, 2), BILLED, ignore)

    assert statement == Statement(Period(2026, 2), (), final=False, remarks=("Pax8 has no invoice of 2026-02.",))


def test_charges_are_unique_and_in_the_order_of_ids(november: Statement, draft: Statement) -> None:
    for statement in (november, draft):
        ids = [charge.charge_id for charge in statement.charges]
        assert ids == sorted(set(ids))


def test_every_kind_and_evidence_of_azure_is_found(november: Statement) -> None:
    found = {(charge.kind.value, charge.azure) for charge in november.charges if charge.azure}

    assert {charge.kind for charge in november.charges} == set(ChargeKind) - {ChargeKind.FEE}
    assert found == {
        ("usage", "The term is Arrears."),
        ("subscription", "The product is named “Azure Reserved VM Instance D4s v5”."),
    }


def test_usage_of_the_running_month_is_azure_until_today(draft: Statement) -> None:
    usage = [charge for charge in draft.charges if charge.kind is ChargeKind.USAGE]

    assert {(charge.start, charge.end) for charge in usage} == {(date(2026, 11, 1), EARLY)}
    assert {charge.azure for charge in usage} == {"It is metered usage, which Pax8 bills in arrears."}
    assert {charge.product for charge in usage} == {"Azure Plan"}
    assert all(charge.description.startswith("rg-") and charge.price > charge.cost for charge in usage)


def test_a_yearly_term_ends_on_the_day_before_its_anniversary(november: Statement) -> None:
    ends = {(charge.start, charge.end) for charge in november.charges if charge.term == "Annual"}

    assert (date(2026, 11, 1), date(2027, 10, 31)) in ends


def test_whoever_hears_of_the_pages_sees_progress_and_can_stop(billed: tuple[Sandbox, Connection]) -> None:
    heard: list[tuple[int, int]] = []
    statement = billed[1].charges(NOVEMBER, BILLED, lambda done, total: heard.append((done, total)))

    count = len(statement.charges)
    assert heard == [(min(200 * page, count), count) for page in range(1, -(-count // 200) + 1)]

    def stop(done: int, total: int) -> None:
        raise RefreshStopped(f"{done}/{total}")

    with pytest.raises(RefreshStopped):
        billed[1].charges(NOVEMBER, BILLED, stop)


def test_progress_over_several_lists_never_goes_back(early: tuple[Sandbox, Connection], draft: Statement) -> None:
    heard: list[tuple[int, int]] = []

    early[1].charges(NOVEMBER, EARLY, lambda done, total: heard.append((done, total)))

    assert heard == sorted(heard)
    assert all(0 < done <= total for done, total in heard)
    assert heard[-1][0] == heard[-1][1] > len(draft.charges)


@pytest.mark.parametrize("kind", [FaultKind.DUPLICATE_ROWS, FaultKind.SHORT_PAGE, FaultKind.LOOPING_PAGE])
def test_a_list_of_items_that_contradicts_itself_is_refused(kind: FaultKind) -> None:
    with connected(BILLED, companies=120) as (sandbox, pax8):
        path = _item_paths(sandbox, pax8)[0]
        sandbox.control.fault(Fault(kind, path))

        with pytest.raises(UpstreamListUnstable):
            pax8.charges(NOVEMBER, BILLED, ignore)


def _item_paths(sandbox: Sandbox, pax8: Connection) -> list[str]:
    pax8.charges(NOVEMBER, BILLED, ignore)
    return [path for path in sandbox.control.all_requests() if path.endswith("/items")]


# -- answers that the sandbox never gives

ITEM: Row = {
    "type": "subscription",
    "term": "Monthly",
    "companyId": "c1",
    "companyName": "Acme",
    "startPeriod": "2026-11-01",
    "endPeriod": "2026-12-01",
    "quantity": 11,
    "unitOfMeasure": "User",
    "sku": "SKU-1",
    "description": "Office E3",
    "details": "",
    "price": 50000,
    "cost": 2500,
    "subTotal": 27500,
    "costTotal": 27500,
    "total": 550000,
    "billingFee": 1.25,
    "salesTax": 2200.5,
    "currencyCode": "usd",
    "productId": "p1",
    "productName": "Office E3",
    "subscriptionId": None,
}
INVOICE: Row = {"id": "i/1", "invoiceDate": "2026-11-01", "status": "Unpaid"}
ITEMS = "/invoices/i%2F1/items"


def billing(*items: Row, invoices: Sequence[Row] = (INVOICE,)) -> dict[str, Row]:
    return {"/invoices": listed(*invoices), ITEMS: listed(*items)}


def statement_of(answers: dict[str, Row]) -> Statement:
    with answering(answers) as (pax8, _):
        return pax8.charges(NOVEMBER, BILLED, ignore)


def charge_of(**changes: Any) -> Charge:
    (charge,) = statement_of(billing(ITEM | {"id": "a"} | changes)).charges
    return charge


def test_an_item_becomes_a_charge_and_nothing_is_recomputed() -> None:
    assert charge_of() == Charge(
        charge_id="a",
        company_id="c1",
        company="Acme",
        kind=ChargeKind.SUBSCRIPTION,
        term="Monthly",
        azure="",
        product="Office E3",
        sku="SKU-1",
        description="",
        subscription_id="",
        quantity=Decimal(11),
        unit="User",
        unit_cost=Decimal(2500),
        unit_price=Decimal(50000),
        cost=Decimal(27500),
        price=Decimal(550000),
        tax=Decimal("2200.5"),
        fee=Decimal("1.25"),
        currency="USD",
        start=date(2026, 11, 1),
        end=date(2026, 11, 30),
        raw=ITEM | {"id": "a", "billingFee": Decimal("1.25"), "salesTax": Decimal("2200.5")},
    )


@pytest.mark.parametrize(
    ("item_type", "term", "kind"),
    [
        ("subscription", "Annual", ChargeKind.SUBSCRIPTION),
        ("subscription", "Arrears", ChargeKind.USAGE),
        ("subscription", "arrears", ChargeKind.USAGE),
        ("prorate", "Monthly", ChargeKind.PRORATE),
        ("prorate", "Arrears", ChargeKind.PRORATE),
        ("one-time", "One-time", ChargeKind.ONE_TIME),
        ("service-charge", "One-Time", ChargeKind.ONE_TIME),
        ("rebate", "Rebate", ChargeKind.CREDIT),
        ("payment-credit", "One-Time", ChargeKind.CREDIT),
        ("service-credit", "One-Time", ChargeKind.CREDIT),
        ("invoice-credit", "Arrears", ChargeKind.CREDIT),
    ],
)
def test_the_kind_follows_from_type_and_term(item_type: str, term: str, kind: ChargeKind) -> None:
    assert charge_of(type=item_type, term=term).kind is kind


@pytest.mark.parametrize(("total", "kind"), [(9.5, ChargeKind.ONE_TIME), (-9.5, ChargeKind.CREDIT)])
def test_an_unknown_type_counts_and_is_named(total: float, kind: ChargeKind) -> None:
    statement = statement_of(billing(ITEM | {"id": "a", "type": "surcharge", "total": total}, ITEM | {"id": "b"}))

    assert [(charge.price, charge.kind) for charge in statement.charges] == [
        (Decimal(str(total)), kind),
        (Decimal(550000), ChargeKind.SUBSCRIPTION),
    ]
    assert statement.remarks == (
        "BillingBot does not know the type 'surcharge' of 1 of the items: they count as one-time charges, or as credits"
        " where an amount is negative.",
    )


@pytest.mark.parametrize(
    ("names", "azure"),
    [
        ({"productName": "Microsoft AZURE plan"}, "The product is named “Microsoft AZURE plan”."),
        ({"vendorName": "Azure"}, "The vendor is named “Azure”."),
        ({"productName": "Azurent CRM"}, ""),
        ({"term": "Arrears", "productName": "Backup by the gigabyte"}, "The term is Arrears."),
    ],
)
def test_azure_is_known_by_term_and_names(names: Row, azure: str) -> None:
    assert charge_of(**names).azure == azure


@pytest.mark.parametrize(
    ("start", "end", "last"),
    [
        ("2019-04-01", "2019-05-01", "2019-04-30"),
        ("2025-02-01", "2025-02-28", "2025-02-28"),
        ("2026-11-01", "2027-11-01", "2027-10-31"),
        ("2026-03-15", "2027-03-15", "2027-03-14"),
        ("2026-03-15", "2027-03-14", "2027-03-14"),
        ("2026-10-17", "2026-10-31", "2026-10-31"),
        ("2026-10-17", "2026-11-01", "2026-10-31"),
        ("2026-10-31", "2026-11-01", "2026-10-31"),
        ("2026-11-01", "2026-11-01", "2026-11-01"),
        ("2024-01-31", "2024-02-29", "2024-02-29"),
    ],
)
def test_the_last_day_is_found_whether_the_end_is_included_or_not(start: str, end: str, last: str) -> None:
    assert charge_of(startPeriod=start, endPeriod=end).end == date.fromisoformat(last)


def test_an_item_without_dates_company_or_unit_amounts_is_a_charge_all_the_same() -> None:
    absent = ("startPeriod", "endPeriod", "companyId", "companyName", "cost", "price", "sku", "unitOfMeasure")
    item = {key: value for key, value in ITEM.items() if key not in absent}

    (charge,) = statement_of(billing(item)).charges

    assert (charge.start, charge.end, charge.unit_cost, charge.unit_price) == (None, None, None, None)
    assert (charge.company_id, charge.company, charge.sku, charge.unit) == ("", "", "", "")


def test_amounts_in_quotes_and_with_many_decimals_stay_exact() -> None:
    charge = charge_of(costTotal="-0.0000000001", total="1234567.8901234567", quantity=-2)

    assert (charge.cost, charge.price, charge.quantity) == (
        Decimal("-0.0000000001"),
        Decimal("1234567.8901234567"),
        Decimal(-2),
    )


def test_items_without_ids_are_told_apart_and_named_the_same_each_time() -> None:
    answers = billing(ITEM, ITEM | {"quantity": 12}, ITEM)

    first, second = statement_of(answers), statement_of(answers)

    assert sorted(charge.quantity for charge in first.charges) == [11, 11, 12]
    assert [charge.charge_id for charge in first.charges] == [charge.charge_id for charge in second.charges]


@pytest.mark.parametrize("status", ["Credited", "Void"])
def test_only_withdrawn_invoices_leave_a_past_month_empty(status: str) -> None:
    with answering({"/invoices": listed(INVOICE | {"status": status})}) as (pax8, server):
        statement = pax8.charges(NOVEMBER, date(2026, 12, 7), ignore)

        assert [hit.target for hit in server.hits if "/items" in hit.target] == []
    assert (statement.charges, statement.final) == ((), False)
    assert statement.remarks == (
        "Pax8 has no invoice of 2026-11.",
        "Left out because credited or void: 1 invoice.",
    )


def test_while_the_only_invoice_of_the_running_month_is_withdrawn_the_draft_is_read() -> None:
    draft = {"/invoices 2026-11": listed(INVOICE | {"status": "Credited"}), "/invoices/draftItems": listed(ITEM)}

    statement = statement_of(draft)

    assert [charge.price for charge in statement.charges] == [Decimal(550000)]
    assert not statement.final
    assert "Left out because credited or void: 1 invoice." in statement.remarks


def test_the_draft_that_is_read_is_that_of_the_running_month() -> None:
    with answering({}) as (pax8, server):
        pax8.charges(NOVEMBER, EARLY, ignore)

        (asked,) = (urlsplit(hit.target).query for hit in server.hits if "/draftItems" in hit.target)
    assert parse_qs(asked) == {"monthOffset": ["0"], "page": ["0"], "size": ["200"]}


def test_several_invoices_of_a_month_are_all_read() -> None:
    answers = billing(ITEM | {"id": "a"}, invoices=[INVOICE, INVOICE | {"id": "i2", "status": "Carried"}])

    statement = statement_of(answers | {"/invoices/i2/items": listed(ITEM | {"id": "b"})})

    assert [charge.charge_id for charge in statement.charges] == ["a", "b"]
    assert statement.remarks == ("Pax8 has 2 invoices of 2026-11; these are the items of all.",)


def test_an_item_on_two_invoices_is_refused() -> None:
    answers = billing(ITEM | {"id": "a"}, invoices=[INVOICE, INVOICE | {"id": "i2"}])

    with pytest.raises(UpstreamSchemaError, match="the item a is on two invoices"):
        statement_of(answers | {"/invoices/i2/items": listed(ITEM | {"id": "a"})})


def test_invoices_are_asked_for_by_the_days_of_the_month() -> None:
    with answering(billing()) as (pax8, server):
        pax8.charges(NOVEMBER, BILLED, ignore)

        asked = next(urlsplit(hit.target) for hit in server.hits if "/invoices?" in hit.target)
    assert parse_qs(asked.query) == {
        "invoiceDateRangeStart": ["2026-11-01"],
        "invoiceDateRangeEnd": ["2026-11-30"],
        "sort": ["invoiceDate,asc"],
        "page": ["0"],
        "size": ["200"],
    }


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"invoiceDate": "2026-10-01"}, "row i/1: 'invoiceDate' is not in 2026-11, which was asked for."),
        ({"invoiceDate": None}, "row i/1: 'invoiceDate' is not in 2026-11, which was asked for."),
        ({"status": "Disputed"}, "row i/1: nobody knows whether the status 'Disputed' counts."),
        ({"status": None}, "row i/1 has null for 'status'."),
        ({"id": None}, "a row without id has null for 'id'."),
    ],
)
def test_an_invoice_that_may_not_count_is_refused(change: Row, sentence: str) -> None:
    with pytest.raises(UpstreamSchemaError) as caught:
        statement_of(billing(ITEM, invoices=[INVOICE | change]))

    assert str(caught.value) == f"Pax8: /invoices page 1, {sentence}"


REQUIRED = ("type", "term", "quantity", "costTotal", "total", "salesTax", "billingFee", "currencyCode")


@pytest.mark.parametrize("key", REQUIRED)
def test_a_required_key_of_an_item_that_is_missing_is_named(key: str) -> None:
    with pytest.raises(UpstreamSchemaError) as caught:
        statement_of(billing({name: value for name, value in (ITEM | {"id": "a"}).items() if name != key}))

    assert str(caught.value) == f"Pax8: {ITEMS} page 1, row a lacks '{key}'."


@pytest.mark.parametrize("amount", [True, "12,50", 1e15, "0.00000000001", None])
def test_an_amount_that_cannot_be_kept_exactly_is_refused(amount: object) -> None:
    with pytest.raises(UpstreamSchemaError, match=r"row a(:| has null for) 'costTotal'"):
        charge_of(costTotal=amount)


SUMMARY: Row = {
    "id": "u1",
    "companyId": "c1",
    "subscriptionId": "s1",
    "resourceGroup": "Company 1",
    "vendorName": "Microsoft",
    "currentCharges": 100.56,
    "partnerTotal": 86.456,
    "currencyCode": "USD",
}


def running(subscriptions: Sequence[Row], summaries: dict[str, Row]) -> Statement:
    paths = {f"/subscriptions/{key}/usage-summaries": answer for key, answer in summaries.items()}
    with answering({"/subscriptions": listed(*subscriptions), **paths}) as (pax8, _):
        return pax8.charges(NOVEMBER, EARLY, ignore)


def test_a_summary_that_two_subscriptions_list_counts_once() -> None:
    plans = [{"id": "s1", "productName": "Azure Plan"}, {"id": "s2", "productName": "Azure Plan"}]

    statement = running(
        plans, {"s1": listed(SUMMARY), "s2": listed(SUMMARY | {"isTrial": True}, SUMMARY | {"id": "u2"})}
    )

    assert [(charge.charge_id, charge.cost, charge.price) for charge in statement.charges] == [
        ("u1", Decimal("86.456"), Decimal("100.56")),
        ("u2", Decimal("86.456"), Decimal("100.56")),
    ]
    assert [charge.description for charge in statement.charges] == ["Company 1 (trial)", "Company 1"]


def test_a_product_that_the_last_invoice_billed_in_arrears_is_asked_for_usage() -> None:
    last = {"id": "i/1", "invoiceDate": "2026-10-01", "status": "Paid"}
    answers = {
        "/invoices 2026-10": listed(last),
        ITEMS: listed(ITEM | {"id": "a", "term": "Arrears", "productId": "p9"}),
        "/subscriptions": listed(
            {"id": "s1", "productId": "p9", "productName": "Backup by the gigabyte"},
            {"id": "s2", "productId": "p1", "productName": "Office E3"},
        ),
        "/subscriptions/s1/usage-summaries": listed(SUMMARY),
    }
    with answering(answers) as (pax8, server):
        statement = pax8.charges(NOVEMBER, EARLY, ignore)

        asked = [hit.target.split("?")[0] for hit in server.hits if "usage-summaries" in hit.target]
    assert asked == ["/subscriptions/s1/usage-summaries"]
    assert [(charge.product, charge.cost) for charge in statement.charges] == [
        ("Backup by the gigabyte", Decimal("86.456"))
    ]
