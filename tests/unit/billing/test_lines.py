"""One charge, one line: rounded once, and its quantity and unit price say the same as its price."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from billingbot.domain.charge import Charge, ChargeKind
from tests.unit.billing.charges import billed, charge, money, only


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("10.004", "USD", "10.00"),
        ("10.005", "USD", "10.01"),
        ("-0.005", "USD", "-0.01"),
        ("-0.0049", "USD", "0.00"),
        ("2.675", "EUR", "2.68"),
        ("1234.5", "JPY", "1235"),
        ("-1234.5", "JPY", "-1235"),
        ("0.4", "JPY", "0"),
        ("1.2345", "KWD", "1.235"),
        ("-1.2345", "KWD", "-1.235"),
        ("99999999999.995", "USD", "100000000000.00"),
    ],
)
def test_price_and_cost_are_rounded_half_up_to_the_decimals_of_the_currency(
    amount: str, currency: str, rounded: str
) -> None:
    line = only(billed(charge("1", amount, amount, currency=currency)))

    assert (f"{line.price:f}", f"{line.cost:f}") == (rounded, rounded)


def test_a_price_below_zero_that_rounds_to_nothing_has_no_sign() -> None:
    line = only(billed(charge("1", "-0.001", "-0.001")))

    assert not any(amount.is_signed() for amount in (line.price, line.cost))


def test_fractions_of_a_cent_are_multiplied_before_they_are_rounded() -> None:
    # 12,345 messages at 0.0079 = 97.5255, to the cent 97.53. A price a message of 0.01 would make 123.45 of it.
    line = only(billed(charge("sms", "97.5255", "97.5255", quantity="12345", unit="SMS", kind=ChargeKind.USAGE)))

    assert (line.quantity, line.unit_price, line.unit_cost) == (Decimal(1), Decimal("97.53"), Decimal("97.5255"))
    assert (line.price, line.cost) == (Decimal("97.53"), Decimal("97.53"))
    assert "12,345 SMS" in line.description


@pytest.mark.parametrize(
    ("price", "quantity", "currency", "units"),
    [
        # Half a cent: 0.13 here, 0.12 where half goes to the even digit.
        ("0.125", "1", "USD", ("1", "0.13")),
        # Five such lines: 0.00 here, 0.02 where the invoice's sum is rounded, and not each line.
        ("0.004", "1", "USD", ("1", "0.00")),
        ("0.020", "5", "USD", ("5", "0.004")),
        ("2.5", "5", "JPY", ("1", "3")),
        ("0.125", "5", "KWD", ("5", "0.025")),
    ],
)
def test_nothing_is_left_for_halopsa_to_round(price: str, quantity: str, currency: str, units: tuple[str, str]) -> None:
    line = only(billed(charge("1", price, "0", quantity=quantity, currency=currency)))

    assert (line.quantity, line.unit_price) == tuple(map(Decimal, units))


def test_a_unit_price_that_does_not_end_in_six_decimals_makes_one_of_the_whole() -> None:
    # 100 / 7 = 14.2857142…, which HaloPSA would cut somewhere; 100 / 8 = 12.5.
    sevenths, eighths = (only(billed(charge("1", "100", "80", quantity=of, unit="User"))) for of in ("7", "8"))

    assert (sevenths.quantity, sevenths.unit_price, sevenths.unit_cost) == (Decimal(1), Decimal(100), Decimal(80))
    assert "7 User" in sevenths.description
    assert (eighths.quantity, eighths.unit_price, eighths.unit_cost) == (Decimal(8), Decimal("12.5"), Decimal(10))
    assert "8 User" not in eighths.description


def test_a_unit_cost_that_does_not_end_is_rounded_to_six_decimals() -> None:
    # 20 / 7 = 2.8571428…
    assert only(billed(charge("1", "14", "20", quantity="7"))).unit_cost == Decimal("2.857143")


@pytest.mark.parametrize(("kept", "written"), [("3.0000000000", "3"), ("100", "100"), ("0.5000", "0.5")])
def test_a_quantity_is_written_without_zeros_that_say_nothing(kept: str, written: str) -> None:
    assert str(only(billed(charge("1", "30", "20", quantity=kept))).quantity) == written


def test_seats_that_are_taken_away_have_a_quantity_below_zero_and_a_unit_price_above() -> None:
    # -2 x 10 = -20
    line = only(billed(charge("1", "-20", "-16", quantity="-2", kind=ChargeKind.PRORATE)))

    assert (line.quantity, line.unit_price, line.unit_cost) == (Decimal(-2), Decimal(10), Decimal(8))
    assert (line.price, line.cost) == (Decimal("-20.00"), Decimal("-16.00"))


@pytest.mark.parametrize(
    "odd",
    [
        charge("none of it", "5", "4", quantity="0"),
        charge("very many", "123456789.01", "1", quantity="98765432109.7"),
        charge("next to nothing", "5", "4", quantity="0.0000000001"),
        charge("a third", "1", "1", quantity="0.3333333333"),
        charge("yen", "1234.5", "1000", quantity="7", currency="JPY"),
        charge("dinars", "0.0005", "0", quantity="3", currency="KWD"),
        charge("little for many", "0.01", "0.01", quantity="100000"),
    ],
    ids=lambda one: one.charge_id,
)
def test_whatever_the_quantity_it_comes_to_the_price(odd: Charge) -> None:
    line = only(billed(odd))

    place = {"JPY": "1", "KWD": "0.001"}.get(odd.currency, "0.01")
    assert line.price == odd.price.quantize(Decimal(place), ROUND_HALF_UP)
    assert line.quantity * line.unit_price == line.price


def test_a_credit_stays_a_credit() -> None:
    line = only(billed(charge("1", "-7.50", "-6", kind=ChargeKind.CREDIT)))

    assert (line.quantity, line.unit_price, line.price, line.cost) == (
        Decimal(1),
        Decimal("-7.50"),
        Decimal("-7.50"),
        Decimal("-6.00"),
    )


def test_tax_and_fee_are_not_on_the_line() -> None:
    # What the MSP pays on top: Pax8's tax is the MSP's, and HaloPSA reckons the client's.
    assert money(billed(charge("1", "10", "8", tax="1.90", fee="0.35"))) == [("10.00", "8.00", "USD")]


def test_a_line_says_what_the_charge_says() -> None:
    one = charge("1", product="Office E3", sku="SKU-1", currency="EUR")

    line = only(billed(one))

    assert (line.product, line.currency, line.members, line.collapsed) == ("Office E3", "EUR", (one,), False)
    assert line.description == "Office E3 · 2026-11-01 to 2026-11-30"


def test_the_product_of_a_line_is_known_by_its_sku_and_without_one_by_its_name() -> None:
    found = billed(charge("1", sku="SKU-1"), charge("2", sku="", product="Other usage"))

    assert [line.product_key for line in found.lines] == ["SKU-1", "Other usage"]


def test_a_description_that_is_too_long_ends_with_an_ellipsis_and_keeps_its_days() -> None:
    line = only(billed(charge("1", product="P" * 100, description="D" * 300)))

    said, days = line.description.rsplit(" · ", 1)
    assert (len(said), said[-1], days) == (180, "…", "2026-11-01 to 2026-11-30")
