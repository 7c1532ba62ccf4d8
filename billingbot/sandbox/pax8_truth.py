"""The truth about Pax8's money, from the books and not from what is served: what each company is charged for a month.

For tests only; nothing serves it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from billingbot.sandbox.charges import PORTFOLIOS, Charge
from billingbot.sandbox.dataset import DataSet
from billingbot.sandbox.pax8_billing import Billed, Pax8Books
from billingbot.sandbox.pax8_usage import month_to_date, summaries


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums in USD: what the MSP pays, what the client pays, and what the MSP pays on top. `rows` counts the charges."""

    rows: int
    cost: Decimal
    price: Decimal
    tax: Decimal
    fee: Decimal


def billed_totals(data: DataSet, month: date) -> dict[str, Totals]:
    """Return by company what the invoice of the month bills that was not credited; nothing when there is none.

    Args:
        data: of the sandbox.
        month: its first day.
    """
    books = Pax8Books(data)
    issues = (issue for issue in books.issues if issue.day == month and issue.status != "Credited")
    return {key: totals for issue in issues for key, totals in _by_company(data, books.billed(issue)).items()}


def running_totals(data: DataSet) -> dict[str, Totals]:
    """Return by company what the draft of the running month holds, and what was used in it so far."""
    books = Pax8Books(data)
    found = _by_company(data, books.draft(data.today.replace(day=1)))
    for company, holding in books.subscriptions():
        for summary in summaries(data.seed, company, holding) if holding.is_metered else ():
            cost, price = month_to_date(data, summary)
            used = Totals(1, cost, price, Decimal(0), Decimal(0))
            found[company.company_id] = _sum([used, *filter(None, [found.get(company.company_id)])])
    return found


def _by_company(data: DataSet, billed: Billed) -> dict[str, Totals]:
    portfolios = [_sum(map(_of, portfolio)) for portfolio in billed.portfolios]
    found = ((company.company_id, portfolios[company.number % PORTFOLIOS]) for company in data.companies)
    return {company_id: totals for company_id, totals in found if totals.rows}


def _of(charge: Charge) -> Totals:
    return Totals(1, charge.cost_total, charge.sub_total + charge.billing_fee, charge.sales_tax, charge.billing_fee)


def _sum(parts: Iterable[Totals]) -> Totals:
    rows, cost, price, tax, fee = 0, Decimal(0), Decimal(0), Decimal(0), Decimal(0)
    for part in parts:
        rows, cost, price = rows + part.rows, cost + part.cost, price + part.price
        tax, fee = tax + part.tax, fee + part.fee
    return Totals(rows, cost, price, tax, fee)
