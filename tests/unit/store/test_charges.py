"""Charges come back as they were kept, to the last decimal, and a period is replaced whole or not at all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billingbot.domain.charge import Charge, ChargeKind, Statement
from billingbot.domain.charge_snapshot import ChargeSnapshot, CurrencyTotals
from billingbot.domain.period import Period
from billingbot.errors import DomainError, StoreError
from billingbot.store import DatabaseStore
from billingbot.store.engine import Engine
from tests.unit.store.at_once import at_once
from tests.unit.store.decisions import select
from tests.unit.store.refreshes import NOON
from tests.unit.store.statements import NOVEMBER, OCTOBER, charge, statement

LATER = NOON + timedelta(days=1)

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
amounts = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(1 - 10**15, 10**15 - 1), st.integers(0, 10)
) | st.integers(1 - 10**25, 10**25 - 1).map(lambda digits: Decimal(digits).scaleb(-10))
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(), max_size=8) | amounts,
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(max_size=5), values, max_size=3),
    max_leaves=6,
)
charges = st.builds(
    Charge,
    charge_id=texts,
    company_id=texts,
    company=texts,
    kind=st.sampled_from(ChargeKind),
    term=texts,
    azure=texts,
    product=texts,
    sku=texts,
    description=texts,
    subscription_id=texts,
    quantity=amounts,
    unit=texts,
    unit_cost=st.none() | amounts,
    unit_price=st.none() | amounts,
    cost=amounts,
    price=amounts,
    tax=amounts,
    fee=amounts,
    currency=st.sampled_from(["USD", "EUR"]),
    start=st.none() | st.dates(),
    end=st.none() | st.dates(),
    raw=st.dictionaries(st.text(max_size=5), json_values, max_size=4),
)
statements = st.builds(
    Statement,
    st.sampled_from([OCTOBER, NOVEMBER]),
    st.lists(charges, max_size=5, unique_by=lambda one: one.charge_id),
    st.booleans(),
    st.lists(texts, max_size=2).map(tuple),
)


def in_order(kept: Statement) -> Statement:
    return Statement(kept.period, sorted(kept.charges, key=lambda one: one.charge_id), kept.final, kept.remarks)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["pax8", "twilio"]), statements), max_size=4))
def test_what_was_kept_last_comes_back_in_the_order_of_ids(
    store: DatabaseStore, engine: Engine, kept: list[tuple[str, Statement]]
) -> None:
    engine.write(lambda tx: [tx.execute(f"delete from {table}") for table in ("charge", "charge_snapshot")])  # noqa: S608
    model: dict[tuple[str, Period], Statement] = {}

    for integration, one in kept:
        store.replace_charges(integration, one, "ann", NOON)
        model[integration, one.period] = in_order(one)

    for integration in ("pax8", "twilio"):
        for period in (OCTOBER, NOVEMBER):
            assert store.charges(integration, period) == model.get((integration, period))


AWKWARD = [
    "0.1",
    "-0.0000000001",
    "999999999999999.9999999999",
    "-999999999999999.9999999999",
    "123456789012345.6789012345",
    "900719925474099.3",
    "9007199254740.9930000001",
    "1E+3",
    "0E-10",
    "-0",
    "2.675",
    "1.10",
]


@pytest.mark.parametrize("amount", AWKWARD)
def test_an_amount_never_passes_through_a_float(store: DatabaseStore, amount: str) -> None:
    wanted = Decimal(amount)
    fields = ("quantity", "unit_cost", "unit_price", "cost", "price", "tax", "fee")
    # Among others of other sizes, from which a column's type might be guessed.
    others = [charge(f"b{number}", cost=Decimal(number).scaleb(-number)) for number in range(9)]
    store.replace_charges(
        "pax8", statement(charge("a", **dict.fromkeys(fields, wanted), raw={"n": wanted}), *others), "ann", NOON
    )

    back = store.charges("pax8", NOVEMBER)

    assert back is not None
    assert {getattr(back.charges[0], field) for field in fields} == {wanted}
    assert back.charges[0].raw == {"n": wanted}


@pytest.mark.parametrize("amount", ["0.00000000005", "1E+15", "-1E+15", "NaN", "Infinity", "1.00000000001"])
@pytest.mark.parametrize("field", ["quantity", "unit_cost", "unit_price", "cost", "price", "tax", "fee"])
def test_an_amount_that_cannot_be_kept_exactly_is_refused(store: DatabaseStore, field: str, amount: str) -> None:
    store.replace_charges("pax8", statement("a"), "ann", NOON)

    with pytest.raises(DomainError, match=r"The charge b has the amount .* which cannot be kept exactly"):
        store.replace_charges("pax8", statement("a", charge("b", **{field: Decimal(amount)})), "bob", LATER)

    assert store.charges("pax8", NOVEMBER) == statement("a")


def test_a_charge_that_is_listed_twice_is_refused_and_changes_nothing(store: DatabaseStore) -> None:
    store.replace_charges("pax8", statement("a"), "ann", NOON)

    with pytest.raises(DomainError, match="The charge b is listed twice"):
        store.replace_charges("pax8", statement("b", "b"), "bob", LATER)

    assert store.charges("pax8", NOVEMBER) == statement("a")


def test_a_write_that_fails_half_way_leaves_the_old_snapshot(store: DatabaseStore) -> None:
    store.replace_charges("pax8", statement("a", "b", remarks=["old"]), "ann", NOON)
    before = store.charge_periods("pax8")

    # What the database cleans them to is the same: the last insert fails, when all else is done.
    with pytest.raises(StoreError):
        store.replace_charges("pax8", statement("c", "d", "d\0", remarks=["new"]), "bob", LATER)

    assert store.charges("pax8", NOVEMBER) == statement("a", "b", remarks=["old"])
    assert store.charge_periods("pax8") == before


def test_periods_and_integrations_do_not_touch_each_other(store: DatabaseStore) -> None:
    store.replace_charges("pax8", statement("a"), "ann", NOON)
    store.replace_charges("pax8", statement("a", "b", period=OCTOBER), "ann", NOON)
    store.replace_charges("twilio", statement("a", "c"), "ann", NOON)

    store.replace_charges("pax8", statement("z"), "ann", LATER)

    assert store.charges("pax8", NOVEMBER) == statement("z")
    assert store.charges("pax8", OCTOBER) == statement("a", "b", period=OCTOBER)
    assert store.charges("twilio", NOVEMBER) == statement("a", "c")


def test_a_period_that_was_never_read_is_told_from_an_empty_one(store: DatabaseStore) -> None:
    store.replace_charges("pax8", statement(final=False, remarks=["No invoice."]), "ann", NOON)

    assert store.charges("pax8", NOVEMBER) == statement(final=False, remarks=["No invoice."])
    assert store.charges("pax8", OCTOBER) is None
    assert store.charge_snapshot("pax8", OCTOBER) is None


def test_what_is_known_of_each_period_comes_newest_first(store: DatabaseStore) -> None:
    store.replace_charges("pax8", statement("a", period=Period(2025, 12), final=False), "ann", NOON)
    kept = store.replace_charges(
        "pax8",
        statement(
            "a",
            charge("b", cost=Decimal("-0.0000000001"), price=Decimal(0)),
            charge("c", currency="EUR", tax=Decimal(0)),
            remarks=["One.", "Two – “2”."],
        ),
        "bob",
        LATER,
    )
    store.replace_charges("pax8", statement(period=OCTOBER), "ann", NOON)
    store.replace_charges("twilio", statement("x", period=Period(2026, 9)), "ann", NOON)

    usd = CurrencyTotals("USD", 2, Decimal("7.4999999999"), Decimal("9.99"), Decimal("1.24"), Decimal("0.20"))
    eur = CurrencyTotals("EUR", 1, Decimal("7.50"), Decimal("9.99"), Decimal(0), Decimal("0.10"))
    one = CurrencyTotals("USD", 1, Decimal("7.50"), Decimal("9.99"), Decimal("0.62"), Decimal("0.10"))
    november = ChargeSnapshot(NOVEMBER, LATER, "bob", True, ("One.", "Two – “2”."), 3, (eur, usd))
    assert store.charge_periods("pax8") == [
        november,
        ChargeSnapshot(OCTOBER, NOON, "ann", True, (), 0, ()),
        ChargeSnapshot(Period(2025, 12), NOON, "ann", False, (), 1, (one,)),
    ]
    assert kept == store.charge_snapshot("pax8", NOVEMBER) == november


def test_the_charges_of_some_companies_are_those_of_the_month_that_name_them(store: DatabaseStore) -> None:
    rows = [charge("b", company_id="c1"), charge("a", company_id="c2"), charge("c", company_id="c3"), charge("d")]
    store.replace_charges("pax8", statement(*rows), "ann", NOON)
    store.replace_charges("pax8", statement("x", period=OCTOBER), "ann", NOON)
    store.replace_charges("twilio", statement("y"), "ann", NOON)

    assert store.charges_of("pax8", NOVEMBER, ["c2", "c1", "c9"]) == [rows[1], rows[0], rows[3]]
    assert store.charges_of("pax8", NOVEMBER, []) == []
    assert store.charges_of("pax8", Period(2026, 9), ["c1"]) == []


def test_sums_of_many_great_amounts_are_exact(store: DatabaseStore) -> None:
    greatest = Decimal("999999999999999.9999999999")
    rows = [charge(f"{number:04}", cost=greatest, price=-greatest) for number in range(2000)]
    store.replace_charges("pax8", statement(*rows), "ann", NOON)

    [totals] = store.charge_periods("pax8")[0].totals

    assert totals.cost == Decimal("1999999999999999999.9999998000")
    assert totals.price == Decimal("-1999999999999999999.9999998000")


def test_dates_of_any_century_and_none_come_back(store: DatabaseStore) -> None:
    kept = statement(charge("a", start=date.min, end=date.max), charge("b", start=None, end=None))
    store.replace_charges("pax8", kept, "ann", NOON)

    assert store.charges("pax8", NOVEMBER) == kept


def test_two_writers_at_once_leave_one_of_the_two_whole(store: DatabaseStore) -> None:
    many = statement(*(f"a{number}" for number in range(300))), statement(*(f"b{number}" for number in range(200)))

    results = at_once(*(lambda one=one: store.replace_charges("pax8", one, "ann", NOON) for one in many))

    assert [type(result) for result in results] == [ChargeSnapshot, ChargeSnapshot]
    assert store.charges("pax8", NOVEMBER) in [in_order(one) for one in many]


def test_charges_outlive_the_process(opened: Callable[[], DatabaseStore]) -> None:
    first = opened()
    first.replace_charges("pax8", statement("a"), "ann", NOON)
    first.close()

    second = opened()
    assert second.charges("pax8", NOVEMBER) == statement("a")
    second.close()


def test_the_table_holds_what_a_person_can_read(store: DatabaseStore, engine: Engine) -> None:
    store.replace_charges("pax8", statement(charge("a", raw={"cost": Decimal("2.50"), "name": "Zoë"})), "ann", NOON)

    assert select(engine, "select period, cost, raw from charge") == [
        ("2026-11", Decimal("7.50"), '{"cost":2.50,"name":"Zo\\u00eb"}')
    ]


def test_who_bills_reads_charges_without_what_the_vendor_sent(store: DatabaseStore) -> None:
    kept = statement("a", "b")
    store.replace_charges("pax8", kept, "ann", NOON)

    whole, without = store.charges("pax8", kept.period), store.charges("pax8", kept.period, with_raw=False)

    assert whole is not None
    assert without is not None
    assert any(one.raw for one in whole.charges)
    assert [replace(one, raw={}) for one in whole.charges] == list(without.charges)
