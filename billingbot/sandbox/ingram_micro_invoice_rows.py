"""Invoices as Ingram Micro writes them: the keys of its published schemas and examples, which do not always agree.

Amounts are texts on some; keys of miscellaneous charges begin large or small; an end user's name stands in
`companyName` or in `contact`.
"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from billingbot.sandbox.ingram_micro_books import Issue
from billingbot.sandbox.ingram_micro_sheets import Line, Sheet
from billingbot.sandbox.wire import Row

_STATUS = {"void": "VOID", "credit": "OPEN"}
_TYPE = {"credit": "Credit Memo"}


def invoice_row(issue: Issue, sheet: Sheet) -> Row:
    """Return an invoice as the list has it."""
    return {
        "paymentTermsDueDate": _due(issue),
        "erpOrderNumber": issue.number,
        "invoiceAmountInclTax": sheet.total,
        "invoiceNumber": issue.listed_number,
        "invoiceStatus": _STATUS.get(issue.kind, "OPEN" if issue.place % 2 else "PAID"),
        "invoiceDate": issue.day.isoformat(),
        "invoiceDueDate": _due(issue),
        "invoicedAmountDue": sheet.total,
        "customerOrderNumber": f"PO-{issue.place}",
        "endCustomerOrderNumber": f"EPO-{issue.place}",
        "orderCreateDate": issue.day.isoformat(),
    }


def detail_row(issue: Issue, sheet: Sheet) -> Row:
    """Return an invoice with its lines. Amounts of every third are texts."""
    amount = _amounts(issue)
    net = sum((line.extended for line in sheet.lines), Decimal(0))
    row: Row = {
        "invoiceNumber": issue.number,
        "invoiceStatus": _STATUS.get(issue.kind, "Open"),
        "invoiceDate": issue.day.isoformat(),
        "customerOrderNumber": f"PO-{issue.place}",
        "endCustomerOrderNumber": f"EPO-{issue.place}",
        "orderDate": issue.day.isoformat(),
        "billToID": "000",
        "invoiceType": _TYPE.get(issue.kind, "Invoice"),
        "invoiceDueDate": _due(issue),
        "customerCountryCode": "US",
        "customerNumber": "20-222222",
        "ingramOrderNumber": issue.number,
        "notes": "",
        "lines": [_line_row(line, issue) for line in sheet.lines],
        "fxRateInfo": {
            "currencyCode": "USD",
            "companyCurrency": "USD",
            "invoiceCurrency": "USD",
            "currencyFxRate": 1,
        },
        "summary": {
            "lines": {"productLineCount": len(sheet.lines), "productLineTotalQuantity": _quantity(sheet)},
            "miscCharges": [_misc_row(issue, *one) for one in sheet.misc] or (None if issue.place % 2 else []),
            "totals": {
                "netInvoiceAmount": amount(net),
                "discountAmount": amount(sheet.discount),
                "discountType": sheet.discount_type,
                "totalTaxAmount": amount(sheet.tax),
                "invoicedAmountDue": amount(sheet.total),
                "freightAmount": amount(sheet.freight),
            },
        },
    }
    return row | ({"endUserInfo": _end_user(issue)} if issue.end_user else {})


def _end_user(issue: Issue) -> Row:
    number = issue.end_user.number if issue.end_user else 0
    code = f"{10000 + (number * 7 + (3 if issue.kind == 'branch' else 0)) % 89000:05}"
    named = "contact" if issue.place % 3 == 0 else "companyName"
    return {
        "contact": "Purchasing",
        named: issue.name,
        "addressLine1": f"{number + 1} N ARBON DR",
        "city": "MILWAUKEE",
        "state": "WI",
        "postalCode": f"{code}{1000 + number % 9000}" if issue.place % 4 == 0 else code,
        "countryCode": "US",
    }


def _line_row(line: Line, issue: Issue) -> Row:
    amount = _amounts(issue)
    return {
        "ingramLineNumber": line.number,
        "customerLineNumber": line.number,
        "ingramPartNumber": line.item.ingram_part,
        "vendorPartNumber": line.item.vendor_part,
        "vendorName": line.item.vendor,
        "productDescription": line.item.description,
        "unitWeight": "0.0" if issue.place % 3 else Decimal("0.0"),
        "quantity": line.quantity,
        "unitPrice": amount(line.item.price),
        "unitOfMeasure": "EA",
        "currencyCode": "USD",
        "extendedPrice": amount(line.extended),
        "taxPercentage": 0,
        "taxRate": 0,
        "taxAmount": amount(line.tax),
        "serialNumbers": [],
        "quantityOrdered": line.quantity,
        "quantityShipped": line.quantity,
    }


def _misc_row(issue: Issue, description: str, total: Decimal) -> Row:
    keys = ("chargeDescription", "miscChargeLineCount", "miscChargeLineTotal", "chargeLineReference")
    values = (description, 1, _amounts(issue)(total), "")
    return {
        key[0].upper() + key[1:] if issue.place % 2 else key: value for key, value in zip(keys, values, strict=True)
    }


def _quantity(sheet: Sheet) -> int:
    return sum(line.quantity for line in sheet.lines)


def _due(issue: Issue) -> str:
    return (issue.day + timedelta(days=45)).isoformat()


def _amounts(issue: Issue) -> Callable[[Decimal], Decimal | str]:
    """Return how amounts of that invoice are written."""
    return "{:f}".format if issue.place % 3 == 1 else Decimal
