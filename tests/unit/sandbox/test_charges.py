"""Charges of a month: what is due when, and amounts that follow from each other."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

import pytest

from billingbot.sandbox.catalog import EXTRAS, SEATS, Cadence, Product
from billingbot.sandbox.charges import PORTFOLIOS, Charge, Holding, charges, holdings

NEWEST = date(2026, 11, 1)


def product(cadence: Cadence, term: str = "Monthly") -> Product:
    return next(one for one in (*EXTRAS, *SEATS) if one.cadence is cadence and one.term == term)


def months_with(held: Holding) -> set[date]:
    months = [date(year, month, 1) for year in range(2024, 2029) for month in range(1, 13)]
    due = {month: charges(1, 1, (held,), month) for month in months}
    return {month for month, rows in due.items() if any(row.item_type != "prorate" for row in rows)}


def all_charges(month: date = NEWEST) -> list[tuple[int, Charge]]:
    numbers = range(PORTFOLIOS)
    return [(number, row) for number in numbers for row in charges(1, number, holdings(1, number, NEWEST), month)]


def test_a_monthly_subscription_is_due_each_month_from_its_first() -> None:
    months = months_with(Holding(0, product(Cadence.MONTHLY), 5, date(2028, 10, 1)))

    assert months == {date(2028, 10, 1), date(2028, 11, 1), date(2028, 12, 1)}


@pytest.mark.parametrize(
    ("term", "years"),
    [("Annual", {2024, 2025, 2026, 2027, 2028}), ("2 Year", {2024, 2026, 2028}), ("3 Year", {2024, 2027})],
)
def test_a_yearly_subscription_is_due_once_a_term(term: str, years: set[int]) -> None:
    months = months_with(Holding(0, product(Cadence.YEARLY, term), 5, date(2024, 3, 1)))

    assert months == {date(year, 3, 1) for year in years}


def test_what_is_sold_once_is_due_once() -> None:
    months = months_with(Holding(0, product(Cadence.ONCE, "One-time"), 5, date(2026, 3, 1)))

    assert months == {date(2026, 3, 1)}


def test_a_months_period_ends_on_its_last_day() -> None:
    ends = {row.end for _, row in all_charges(date(2028, 2, 1)) if row.product.cadence is Cadence.MONTHLY}

    assert {end for end in ends if end.month == 2} == {date(2028, 2, 29)}


def test_a_prorate_ends_with_the_month_before_and_starts_inside_it() -> None:
    rows = [row for _, row in all_charges() if row.item_type == "prorate"]

    assert {row.end for row in rows} == {NEWEST - timedelta(days=1)}
    assert {row.start.month for row in rows} == {10}
    assert max(row.start.day for row in rows) <= monthrange(2026, 10)[1]


def test_seats_that_go_are_credited_and_seats_that_come_are_charged() -> None:
    rows = [row for _, row in all_charges() if row.item_type == "prorate" and row.price]

    assert {(row.quantity > 0, row.sub_total > 0, row.cost_total > 0) for row in rows} == {
        (True, True, True),
        (False, False, False),
    }


def test_amounts_follow_from_quantity_and_unit_amounts() -> None:
    wrong = [
        row
        for _, row in all_charges()
        if row.cost_total != row.cost * row.quantity or row.sub_total != row.price * row.quantity
    ]

    assert wrong == []


def test_every_seventh_portfolio_is_taxed() -> None:
    assert {number % 7 for number, row in all_charges() if row.sales_tax} == {0}


def test_some_portfolios_hold_nothing() -> None:
    assert 20 < sum(not holdings(1, number, NEWEST) for number in range(PORTFOLIOS)) < 60


def test_the_first_portfolios_show_every_extra_in_the_newest_month() -> None:
    shown = {row.product for number, row in all_charges() if number < 3 * len(EXTRAS)}

    assert set(EXTRAS) <= shown


def test_charges_are_the_same_each_time_and_others_for_another_seed() -> None:
    def drawn(seed: int) -> list[Charge]:
        return [row for number in range(50) for row in charges(seed, number, holdings(seed, number, NEWEST), NEWEST)]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_usage_has_up_to_four_decimals() -> None:
    exponents = {row.cost.as_tuple().exponent for _, row in all_charges() if row.product.cadence is Cadence.USAGE}

    assert exponents == {-4}
    assert any(row.cost % Decimal("0.01") for _, row in all_charges())
