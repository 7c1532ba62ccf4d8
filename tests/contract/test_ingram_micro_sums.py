"""What of an Ingram Micro invoice counts once though it stands twice, and what does not add up."""

from decimal import Decimal
from typing import Any

import pytest

from billingbot.domain.charge import ChargeKind
from tests.contract.ingram_micro_stand_in import (
    detail,
    line,
    statement_of,
)


def amounts(charges: Any) -> list[tuple[str, str, Decimal, Decimal]]:
    return [(charge.charge_id, charge.product, charge.cost, charge.tax) for charge in charges]


FREIGHT = {"chargeDescription": "FREIGHT OUT", "miscChargeLineTotal": 31.9}


@pytest.mark.parametrize(
    ("misc", "totals", "expected"),
    [
        ([FREIGHT], {"freightAmount": "31.9"}, "40-DPJ17-11/misc-1"),
        ([FREIGHT], {}, "40-DPJ17-11/misc-1"),
        (None, {"freightAmount": "31.9"}, "40-DPJ17-11/freight"),
    ],
)
def test_freight_is_charged_once_wherever_it_stands(misc: Any, totals: dict[str, Any], expected: str) -> None:
    charges = statement_of(detail(line(), misc=misc, totals=totals)).charges

    assert [(charge.charge_id, charge.cost) for charge in charges[1:]] == [(expected, Decimal("31.9"))]


def test_freight_of_nothing_is_no_charge() -> None:
    assert len(statement_of(detail(line(), totals={"freightAmount": 0})).charges) == 1


def test_a_tax_among_the_charges_counts_where_the_lines_have_none() -> None:
    tax = {"ChargeDescription": "TAX", "MiscChargeLineTotal": 3.55}

    charges = statement_of(detail(line(), misc=[tax]), invoiceAmountInclTax="12.55").charges

    assert amounts(charges[1:]) == [("40-DPJ17-11/misc-1", "TAX", Decimal(0), Decimal("3.55"))]


def test_a_tax_among_the_charges_does_not_count_where_the_lines_have_it() -> None:
    tax = {"ChargeDescription": "TAX", "MiscChargeLineTotal": 3.55}

    statement = statement_of(detail(line(taxAmount=3.55), misc=[tax]), invoiceAmountInclTax="12.55")

    assert amounts(statement.charges) == [("40-DPJ17-11/1", "Cable", Decimal("9.00"), Decimal("3.55"))]
    assert statement.remarks == ()


DISCOUNT = {"discountAmount": "2.50", "discountType": "Promo Discount"}


def test_a_discount_that_the_prices_hold_is_not_taken_off_again() -> None:
    statement = statement_of(detail(line(), totals=DISCOUNT), invoiceAmountInclTax=9)

    assert amounts(statement.charges) == [("40-DPJ17-11/1", "Cable", Decimal("9.00"), Decimal(0))]
    assert statement.remarks == ()


def test_a_discount_that_the_total_holds_and_the_prices_do_not_is_a_credit() -> None:
    statement = statement_of(detail(line(), totals=DISCOUNT), invoiceAmountInclTax=6.5)

    credit = statement.charges[1]
    assert (credit.charge_id, credit.kind, credit.cost) == (
        "40-DPJ17-11/discount",
        ChargeKind.CREDIT,
        Decimal("-2.50"),
    )
    assert statement.remarks == ()


def test_a_total_that_nothing_adds_up_to_is_said_and_nothing_is_invented() -> None:
    statement = statement_of(detail(line(), totals=DISCOUNT), invoiceAmountInclTax="7.77")

    assert amounts(statement.charges) == [("40-DPJ17-11/1", "Cable", Decimal("9.00"), Decimal(0))]
    assert statement.remarks == (
        "Lines, charges and taxes do not come to Ingram Micro's total: 40-DPJ17-11 (9.00 instead of 7.77).",
    )


def test_the_total_of_the_invoice_stands_in_for_the_lists() -> None:
    statement = statement_of(detail(line(), totals={"invoicedAmountDue": 8}))

    assert statement.remarks == (
        "Lines, charges and taxes do not come to Ingram Micro's total: 40-DPJ17-11 (9.00 instead of 8).",
    )


def test_a_discount_without_a_total_is_said() -> None:
    statement = statement_of(detail(line(), totals=DISCOUNT))

    assert len(statement.charges) == 1
    assert statement.remarks == (
        "There is a discount, and no total that says whether the prices hold it already: 40-DPJ17-11.",
    )
