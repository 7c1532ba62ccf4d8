"""All Azure charges of a client as one line a currency: the exact sums, rounded once, and every charge kept."""

from decimal import Decimal
from fractions import Fraction

from billingbot.domain.charge import ChargeKind
from tests.unit.billing.charges import azure, billed, charge, line_ids, money, with_rules

COLLAPSE = with_rules("collapse_azure")


def test_azure_charges_become_one_line_of_quantity_one_after_all_others() -> None:
    found = billed(azure("a", "3.10", "2"), charge("b"), azure("c", "4.20", "3"), by=COLLAPSE)

    # 3.10 + 4.20 = 7.30; 2 + 3 = 5
    assert line_ids(found) == [["b"], ["a", "c"]]
    assert money(found) == [("10.00", "8.00", "USD"), ("7.30", "5.00", "USD")]
    collapsed = found.lines[-1]
    assert (collapsed.collapsed, collapsed.quantity) == (True, Decimal(1))
    assert (collapsed.unit_price, collapsed.unit_cost) == (Decimal("7.30"), Decimal("5.00"))


def test_a_thousand_charges_are_added_up_exactly_and_rounded_once() -> None:
    charges = [azure(f"{number:04}", "0.0045678901", "0.0034567891") for number in range(1_000)]

    found = billed(*charges, by=COLLAPSE)

    # 1,000 x 0.0045678901 = 4.5678901, to the cent 4.57; 1,000 x 0.0034567891 = 3.4567891, to the cent 3.46.
    # Each rounded by itself is 0.00: a thousand of those are nothing.
    assert money(found) == [("4.57", "3.46", "USD")]
    assert len(found.lines[0].members) == 1_000
    assert sum(Decimal(price) for price, _, _ in money(billed(*charges))) == Decimal("0.00")


def test_sums_do_not_lose_the_tenth_decimal_beside_large_amounts() -> None:
    # 900,000,000,000,000.0049999999 + 0.0000000001 = 900,000,000,000,000.005: half a cent, which is rounded up. A sum
    # of 25 digits must not be cut before that.
    charges = [azure("1", "900000000000000.0049999999", "1"), azure("2", "0.0000000001", "1")]

    assert money(billed(*charges, by=COLLAPSE)) == [("900000000000000.01", "2.00", "USD")]


def test_the_exact_sum_is_what_a_fraction_says() -> None:
    charges = [azure(f"{n}", f"{n * 7919 % 1000}.{n:010}", "0.0000000001") for n in range(1_000)]

    [(price, cost, _)] = money(billed(*charges, by=COLLAPSE))

    exact = sum((Fraction(one.price) for one in charges), Fraction(0))
    assert abs(Fraction(price) - exact) <= Fraction(1, 200)
    # 1,000 x 0.0000000001 = 0.0000001
    assert cost == "0.00"


def test_two_currencies_are_two_lines_in_the_order_of_their_codes() -> None:
    found = billed(
        azure("1", "1.005", "1", currency="USD"),
        azure("2", "100.4", "90", currency="JPY"),
        azure("3", "2.001", "2", currency="USD"),
        azure("4", "50.2", "40", currency="JPY"),
        by=COLLAPSE,
    )

    # JPY: 100.4 + 50.2 = 150.6, to the yen 151; USD: 1.005 + 2.001 = 3.006, to the cent 3.01.
    assert money(found) == [("151", "130", "JPY"), ("3.01", "3.00", "USD")]
    assert line_ids(found) == [["2", "4"], ["1", "3"]]
    assert len({line.key for line in found.lines}) == len({line.recurring_key for line in found.lines}) == 2


def test_a_credit_for_azure_is_taken_off_the_collapsed_line() -> None:
    found = billed(azure("1", "10", "8"), azure("2", "-2.50", "-2", kind=ChargeKind.CREDIT), by=COLLAPSE)

    # 10 - 2.50 = 7.50; 8 - 2 = 6
    assert money(found) == [("7.50", "6.00", "USD")]


def test_a_single_azure_charge_is_collapsed_too() -> None:
    # Its line must stay the same line when a second charge comes.
    [alone] = billed(azure("1", "3.50", "2", quantity="7"), by=COLLAPSE).lines
    [both] = billed(azure("1", "3.50", "2", quantity="7"), azure("2", "1", "1"), by=COLLAPSE).lines

    assert (alone.collapsed, alone.quantity, alone.key) == (True, Decimal(1), both.key)


def test_a_collapsed_line_of_one_product_is_that_products_and_of_several_is_no_products() -> None:
    [one] = billed(azure("1", "3", "2", sku="A"), azure("2", "3", "2", sku="A"), by=COLLAPSE).lines
    [several] = billed(azure("1", "3", "2", sku="A"), azure("2", "3", "2", sku="B"), by=COLLAPSE).lines

    assert (one.product_key, several.product_key) == ("A", "")
