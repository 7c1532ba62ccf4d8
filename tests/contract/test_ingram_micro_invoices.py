"""Rows of Ingram Micro's invoices as charges, in all their shapes."""

import json
from decimal import Decimal

import pytest

from billingbot.domain.charge import Charge, ChargeKind
from billingbot.errors import UpstreamSchemaError
from tests.contract.ingram_micro_stand_in import (
    detail,
    line,
    statement_of,
)


def test_a_line_is_a_charge() -> None:
    row = line("12", extendedPrice="533.33", unitPrice=266.665, taxAmount="44.00", productDescription="Acrobat")
    invoice = detail(row, ingramOrderNumber="40-25436-11", customerOrderNumber="PO 9")

    (charge,) = statement_of(invoice).charges

    assert charge == Charge(
        charge_id="40-DPJ17-11/12",
        company_id="acme inc",
        company="Acme, Inc.",
        kind=ChargeKind.ONE_TIME,
        term="",
        azure="",
        product="Acrobat",
        sku="C-1",
        description="Invoice 40-DPJ17-11, order 40-25436-11, your order PO 9",
        subscription_id="",
        quantity=Decimal(2),
        unit="EA",
        unit_cost=Decimal("266.665"),
        unit_price=None,
        cost=Decimal("533.33"),
        price=Decimal("533.33"),
        tax=Decimal("44.00"),
        fee=Decimal(0),
        currency="USD",
        start=None,
        end=None,
        raw=json.loads(json.dumps(row), parse_float=Decimal),
    )


def test_line_numbers_that_repeat_are_told_apart() -> None:
    charges = statement_of(detail(line("1"), line("2"), line("1"))).charges

    assert [charge.charge_id for charge in charges] == ["40-DPJ17-11/1", "40-DPJ17-11/1/2", "40-DPJ17-11/2"]


@pytest.mark.parametrize("description", ["Azure Plan usage", "MS AZURE PREPAYMENT"])
def test_a_product_that_says_azure_is_azure(description: str) -> None:
    (charge,) = statement_of(detail(line(productDescription=description))).charges

    assert charge.azure == "The description of the product says Azure."


def test_a_product_without_a_description_goes_by_its_number() -> None:
    row = line(ingramPartNumber="05QC29", vendorPartNumber="", productDescription=None)

    (charge,) = statement_of(detail(row)).charges

    assert (charge.product, charge.sku) == ("05QC29", "05QC29")


@pytest.mark.parametrize(
    "row",
    [
        {"chargeDescription": "HANDLING", "miscChargeLineTotal": "4.95"},
        {"ChargeDescription": "HANDLING", "MiscChargeLineTotal": "4.95"},
    ],
)
def test_miscellaneous_charges_are_fees_however_their_keys_are_spelled(row: dict[str, str]) -> None:
    fee = statement_of(detail(line(), misc=[row])).charges[1]

    assert (fee.charge_id, fee.kind, fee.product) == ("40-DPJ17-11/misc-1", ChargeKind.FEE, "HANDLING")
    assert (fee.cost, fee.price, fee.company_id, fee.currency, fee.raw) == (
        Decimal("4.95"),
        Decimal("4.95"),
        "acme inc",
        "USD",
        row,
    )


def test_a_credit_keeps_its_signs() -> None:
    row = line(quantity=-2, extendedPrice="-9.00", taxAmount=-1)

    statement = statement_of(detail(row, invoiceType="Credit Memo"))

    (charge,) = statement.charges
    assert (charge.kind, charge.quantity, charge.cost, charge.price, charge.tax) == (
        ChargeKind.CREDIT,
        Decimal(-2),
        Decimal("-9.00"),
        Decimal("-9.00"),
        Decimal(-1),
    )
    assert statement.remarks == ()


def test_a_credit_with_a_positive_amount_is_charged_as_it_stands_and_said() -> None:
    statement = statement_of(detail(line(), invoiceType="CREDIT"))

    assert (statement.charges[0].kind, statement.charges[0].cost) == (ChargeKind.CREDIT, Decimal("9.00"))
    assert statement.remarks == ("A credit has a positive amount, and is charged as it stands: 40-DPJ17-11.",)


@pytest.mark.parametrize("status", ["VOID", "Voided", "cancelled", "CANCELED"])
def test_an_invoice_that_is_void_or_cancelled_is_left_out_and_said(status: str) -> None:
    statement = statement_of(detail(line()), invoiceStatus=status)

    assert statement.charges == []
    assert statement.remarks == ("Void or cancelled, and therefore left out: 40DPJ1711.",)


@pytest.mark.parametrize("status", ["OPEN", "Paid", "PAST DUE", None])
def test_an_invoice_of_any_other_status_is_charged(status: str | None) -> None:
    assert len(statement_of(detail(line()), invoiceStatus=status).charges) == 1


@pytest.mark.parametrize(
    ("end_user", "company"),
    [
        ({"companyName": "Acme", "contact": "Jane Doe"}, "Acme"),
        ({"contact": "ABC CORPORATION"}, "ABC CORPORATION"),
        ({"companyName": "", "contact": "ABC  CORPORATION "}, "ABC CORPORATION"),
        ({"contact": ""}, ""),
        (None, ""),
    ],
)
def test_the_end_user_stands_in_company_name_or_contact(end_user: dict[str, str] | None, company: str) -> None:
    (charge,) = statement_of(detail(line(), endUserInfo=end_user)).charges

    assert (charge.company_id, charge.company) == (company.casefold(), company)


REFUSED = {
    "a line without amount": (
        detail({"ingramLineNumber": "3", "quantity": 1, "currencyCode": "USD"}),
        "/invoices/40DPJ1711, row 3 lacks 'extendedPrice'.",
    ),
    "a line without currency": (
        detail({"ingramLineNumber": "3", "quantity": 1, "extendedPrice": 1}),
        "/invoices/40DPJ1711, row 3 lacks 'currencyCode'.",
    ),
    "no lines": (
        {key: value for key, value in detail().items() if key != "lines"},
        "/invoices/40DPJ1711 lacks 'lines'.",
    ),
    "no summary": ({**detail(line()), "summary": None}, "/invoices/40DPJ1711 has null for 'summary'."),
    "another invoice": (
        detail(line(), invoiceNumber="40-OTHER-11"),
        "/invoices/40DPJ1711 answered with invoice 40-OTHER-11.",
    ),
    "an amount that is none": (
        detail(line(extendedPrice="1,234.00")),
        "/invoices/40DPJ1711, row 1: 'extendedPrice' is not a number.",
    ),
    "neither line nor currency": (
        detail(misc=[{"chargeDescription": "HANDLING", "miscChargeLineTotal": 4}]),
        "/invoices/40DPJ1711 lacks 'fxRateInfo'.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_invoice_that_breaks_the_contract_is_refused_and_says_where(name: str) -> None:
    invoice, sentence = REFUSED[name]

    with pytest.raises(UpstreamSchemaError) as caught:
        statement_of(invoice)

    assert str(caught.value) == f"Ingram Micro: {sentence}"


@pytest.mark.parametrize(("day", "shown"), [("2026-09-30", "2026-09-30"), ("", "no date")])
def test_an_invoice_of_another_month_is_refused(day: str, shown: str) -> None:
    with pytest.raises(UpstreamSchemaError) as caught:
        statement_of(detail(line()), invoiceDate=day)

    sentence = f"invoices of 2026-10 were asked for, and invoice 40DPJ1711 of {shown} came."
    assert str(caught.value) == f"Ingram Micro: {sentence}"
