"""The invoices and recurring invoices that a client has had all along. Pure; drawn from seed and client on demand.

Keys are those of HaloPSA's schemas InvoiceHeader and InvoiceDetail. Ids tell the client, so that no table is needed.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from billingbot.sandbox.catalog import SEATS
from billingbot.sandbox.charges import add_months
from billingbot.sandbox.dataset import HaloClient
from billingbot.sandbox.wire import Row

PER_CLIENT = 8
_FIRST_ID = 1000
_FIRST_RECURRING_ID = 200
_CENT = Decimal("0.01")
_TAX_RATES = (Decimal(0), Decimal(0), Decimal(20))


def number_of_invoice(invoice_id: int) -> int:
    """Return the number of the client whose invoice has this id, if anybody's has."""
    return (invoice_id - _FIRST_ID) // PER_CLIENT


def number_of_recurring(invoice_id: int) -> int:
    """Return the number of the client whose recurring invoice has this id, if anybody's has. Ids may be negative."""
    return abs(invoice_id) - _FIRST_RECURRING_ID


def invoices(seed: int, client: HaloClient, today: date) -> list[Row]:
    """Return up to five invoices with their lines, oldest first, a month apart; the newest is usually still open."""
    random = Random(f"{seed}/invoices/{client.number}")  # noqa: S311 - lifelike, not secret
    count = random.choices(range(6), (1, 3, 5, 6, 5, 4))[0]
    return [_invoice(client, place, add_months(today, place - count + 1), random, count) for place in range(count)]


def recurring_invoices(seed: int, client: HaloClient, today: date) -> list[Row]:
    """Return the client's recurring invoice: about every second client has one, some of them disabled."""
    random = Random(f"{seed}/recurring/{client.number}")  # noqa: S311 - lifelike, not secret
    if random.random() < 0.5:
        return []
    number = _FIRST_RECURRING_ID + client.number
    header = new_header(-number if client.number % 3 == 0 else number, client) | {
        "invoicenumber": "",
        "reference": random.choice(("Managed services", "Cloud subscriptions", "Monthly agreement")),
        "contract_id": 900 + client.number,
        "contract_ref": f"MSA-{client.number:05d}",
        "period": 3,
        "nextcreationdate": wire_day(add_months(today, 1)),
        "nextcreationperiod": add_months(today, 1).strftime("%Y-%m"),
        "lastcreated": wire_day(add_months(today, 0)),
        "startdate": wire_day(add_months(today, -14)),
        "schedule_id": 300 + client.number,
        "disabled": random.random() < 0.12,
    }
    return [with_totals(header, _lines(header["id"], random))]


def _invoice(client: HaloClient, place: int, month: date, random: Random, count: int) -> Row:
    invoice_id = _FIRST_ID + client.number * PER_CLIENT + place
    day = month + timedelta(days=random.randrange(0, 5))
    header = new_header(invoice_id, client) | {
        "invoice_date": wire_day(day),
        "duedate": wire_day(day + timedelta(days=30)),
        "reference": f"Services {month:%Y-%m}",
        "period_start_date": wire_day(month),
        "period_end_date": wire_day(add_months(month, 1) - timedelta(days=1)),
        "voided": random.random() < 0.08,
    }
    is_open = not header["voided"] and place == count - 1 and random.random() < 0.75
    if not is_open:
        header |= posted_on(day)
    row = with_totals(header, _lines(invoice_id, random))
    if row["posted"] and not row["voided"] and random.random() < 0.75:
        row |= paid_on(day + timedelta(days=21), row["total"]) | {"amountdue": Decimal(0)}
    return row


def posted_on(day: date) -> Row:
    """Return what posting changes."""
    return {"posted": True, "dateposted": wire_day(day)}


def paid_on(day: date, total: Decimal) -> Row:
    """Return what paying the whole invoice changes, but for the amount due, which follows from it."""
    return {"datepaid": wire_day(day), "amountpaid": total, "paymentstatus": 2}


def new_header(invoice_id: int, client: HaloClient) -> Row:
    """Return an invoice of nothing, open and unpaid, with all keys but the amounts that follow from lines."""
    return {
        "id": invoice_id,
        "invoicenumber": f"INV-{abs(invoice_id):06d}",
        "thirdpartyinvoicenumber": "",
        "reference": "",
        "client_id": client.client_id,
        "client_name": client.name,
        "original_client_id": client.client_id,
        "original_client_name": client.name,
        "site_name": "Main",
        "currency_code": 1,
        "currency_code_name": "USD",
        "contract_id": None,
        "contract_ref": "",
        "recurring_invoice_id": None,
        "invoice_date": None,
        "duedate": None,
        "dateposted": None,
        "datesent": None,
        "datepaid": None,
        "period_start_date": None,
        "period_end_date": None,
        "posted": False,
        "voided": False,
        "amountpaid": Decimal(0),
        "paymentstatus": 0,
        "twilio_invoice": False,
        "period": None,
        "nextcreationdate": None,
        "nextcreationperiod": None,
        "lastcreated": None,
        "startdate": None,
        "enddate": None,
        "schedule_id": None,
        "disabled": False,
    }


def _lines(invoice_id: int, random: Random) -> list[Row]:
    tax_rate = random.choice(_TAX_RATES)
    products = random.sample(SEATS, random.randint(1, 4))
    return [
        complete_line(
            {
                "id": abs(invoice_id) * 20 + place,
                "item_code": product.sku,
                "item_shortdescription": product.name,
                "qty_order": Decimal(random.choice((1, 2, 5, 8, 15, 30))),
                "unit_price": product.price,
                "unit_cost": product.cost,
                "tax_rate": tax_rate,
            },
            invoice_id,
        )
        for place, product in enumerate(products)
    ]


def complete_line(given: Row, invoice_id: int) -> Row:
    """Return a line with all its keys: what was given, defaults for the rest, and the amounts that follow from it."""
    line: Row = {
        "ihid": invoice_id,
        "_itemid": None,
        "item_code": "",
        "item_shortdescription": "",
        "item_longdescription": "",
        "qty_order": Decimal(1),
        "unit_price": Decimal(0),
        "unit_cost": Decimal(0),
        "baseprice": Decimal(0),
        "tax_rate": Decimal(0),
        "tax_code": "",
        "nominal_code": "4000",
        "discount_perc": Decimal(0),
        "item_external_reference": "",
        "isinactive": False,
        "onetimecharge": False,
        **given,
    }
    net = _cents(line["qty_order"] * line["unit_price"])
    return line | {"net_amount": net, "tax_amount": _cents(net * line["tax_rate"] / 100)}


def with_totals(header: Row, lines: Sequence[Row]) -> Row:
    """Return the header with its lines and the amounts that follow from them. Nothing is paid yet."""
    net = sum((line["net_amount"] for line in lines), Decimal(0))
    tax = sum((line["tax_amount"] for line in lines), Decimal(0))
    amounts = {"total": net + tax, "tax_total": tax, "revenue": net, "amountdue": net + tax - header["amountpaid"]}
    return header | amounts | {"lines": list(lines)}


def wire_day(day: date) -> str:
    """Return a day as HaloPSA writes it.

    >>> wire_day(date(2026, 11, 2))
    '2026-11-02T00:00:00'
    """
    return f"{day.isoformat()}T00:00:00"


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)
