"""The totals of a month, by currency."""

from decimal import Decimal

from billingbot.jobs.billing_rows import BillingRow, Sent, billing_rows
from billingbot.ui.ready.totals import Totals, totals_of
from tests.unit.billing.charges import account, applied, charge, client


def rows() -> list[BillingRow]:
    accounts = account("c1", client(1)) | account("c2", client(2, excluded=True)) | account("c3", client(3))
    charges = (
        charge("1", "10", "8"),
        charge("2", "5", "6"),
        charge("3", "70", company_id="c2"),
        charge("4", "200", "100", company_id="c3", currency="JPY"),
    )
    return billing_rows(applied(*charges, accounts=accounts), Sent({}, failed={3}))


def test_currencies_are_not_added_up_and_who_has_no_lines_does_not_count() -> None:
    assert totals_of(rows()) == [
        Totals("JPY", 1, 1, Decimal(100), Decimal(200), Decimal(0), Decimal(0)),
        Totals("USD", 1, 2, Decimal(14), Decimal(15), Decimal(15), Decimal(0)),
    ]


def test_a_month_without_lines_has_no_totals() -> None:
    assert totals_of([]) == []
