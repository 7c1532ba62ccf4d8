"""What a currency can be paid in, and sums that lose nothing."""

from decimal import Decimal

import pytest

from billingbot.billing.rounding import decimals, exact_sum


@pytest.mark.parametrize(("currency", "places"), [("USD", 2), ("EUR", 2), ("JPY", 0), ("ISK", 0), ("KWD", 3)])
def test_a_currency_has_the_decimals_of_its_smallest_unit(currency: str, places: int) -> None:
    assert decimals(currency) == places


def test_a_sum_keeps_every_digit_of_what_it_adds_up() -> None:
    # 31 digits, which are more than Python keeps by itself.
    assert exact_sum([Decimal(10) ** 20, Decimal("0.0000000001")]) == Decimal("100000000000000000000.0000000001")


def test_a_sum_of_nothing_is_zero() -> None:
    assert exact_sum([]) == Decimal(0)
