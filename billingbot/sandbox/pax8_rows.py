"""Rows as Pax8 writes them: the keys of its published schemas. Keys that Pax8 leaves out of some rows are left out."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from billingbot.sandbox.charges import Charge, Holding
from billingbot.sandbox.dataset import DataSet, Pax8Company
from billingbot.sandbox.identifiers import uuid_for
from billingbot.sandbox.pax8_billing import Issue
from billingbot.sandbox.pax8_usage import Meter, UsageSummary, month_to_date
from billingbot.sandbox.wire import Row

PARTNER = "Sandbox Managed Services"
_CITIES = (
    ("Denver", "CO", "80210", "US"),
    ("Tampa", "FL", "33602", "US"),
    ("Columbus", "OH", "43004", "US"),
    ("Leeds", "West Yorkshire", "LS1 4DY", "GB"),
    ("Bristol", "Avon", "BS1 5TR", "GB"),
    ("Toronto", "Ontario", "M5H 2N2", "CA"),
    ("Brisbane", "Queensland", "4000", "AU"),
    ("Köln", "Nordrhein-Westfalen", "50667", "DE"),
)
_STREETS = ("Liberty Lane", "Commerce Ave", "Station Road", "Mill Street", "Harbour View", "King Zane Ave N")


def company_row(data: DataSet, company: Pax8Company) -> Row:
    """Return a company. As in Pax8's own example, phone and approval flag are missing now and then."""
    random = Random(f"{data.seed}/company/{company.number}")  # noqa: S311 - lifelike, not secret
    city, state, postal_code, country = random.choice(_CITIES)
    street = f"{random.randrange(1, 9900)} {random.choice(_STREETS)}"
    address = {"street": street, "city": city, "postalCode": postal_code, "country": country, "stateOrProvince": state}
    row: Row = {
        "id": company.company_id,
        "name": company.name,
        "address": address | ({"street2": f"Suite {random.randrange(1, 90)}"} if random.random() < 0.2 else {}),
        "website": f"customer-{company.number}.example.com",
        "status": company.status,
        "selfServiceAllowed": random.random() < 0.3,
        "billOnBehalfOfEnabled": random.random() < 0.1,
        "updatedDate": f"{data.today - timedelta(days=random.randrange(1, 700))}T11:33:12.314-0600",
    }
    if company.external_id is not None:
        row["externalId"] = company.external_id
    if random.random() < 0.8:
        row |= {"phone": f"555-{random.randrange(100, 1000)}-{random.randrange(1000, 10000)}"}
        row |= {"orderApprovalRequired": random.random() < 0.1}
    return row


def invoice_row(seed: int, issue: Issue, total: Decimal) -> Row:
    """Return an invoice. It is the partner's: a company is named by its items only."""
    balance = total if issue.status == "Unpaid" else Decimal(0)
    return {
        "id": uuid_for(seed, "invoice", issue.place),
        "invoiceDate": issue.day.isoformat(),
        "dueDate": issue.due.isoformat(),
        "total": total,
        "balance": balance,
        "carriedBalance": Decimal(0),
        "currencyCode": "USD",
        "partnerName": PARTNER,
        "status": issue.status,
    }


def item_row(data: DataSet, company: Pax8Company, item_id: str, charge: Charge) -> Row:
    """Return an invoice item."""
    return {"id": item_id, "purchaseOrderNumber": "N/A"} | draft_item_row(data, company, charge)


def draft_item_row(data: DataSet, company: Pax8Company, charge: Charge) -> Row:
    """Return a draft item: as in Pax8's own example, it has neither an id nor an order's number."""
    product = charge.product
    has_subscription = product.billing_term != ""
    row: Row = {
        "type": charge.item_type,
        "companyId": company.company_id,
        "companyName": company.name,
        "startPeriod": charge.start.isoformat(),
        "endPeriod": charge.end.isoformat(),
        "quantity": charge.quantity,
        "unitOfMeasure": product.unit,
        "term": product.term,
        "sku": product.sku,
        "description": product.name,
        "details": "",
        "rateType": "single",
        "chargeType": product.charge_type,
        "price": charge.price,
        "subTotal": charge.sub_total,
        "cost": charge.cost,
        "costTotal": charge.cost_total,
        "offeredBy": "Pax8",
        "billedByPax8": charge.billing_fee != 0,
        "total": charge.sub_total + charge.billing_fee,
        "productId": product_id(data, product.sku),
        "productName": product.name,
        "vendorName": product.vendor,
        "billingFee": charge.billing_fee,
        "billingFeeRate": 2 if charge.billing_fee else 0,
        "amountDue": charge.amount_due,
        "currencyCode": "USD",
        "salesTax": charge.sales_tax,
        "subscriptionId": subscription_id(data, company, charge.part) if has_subscription else None,
    }
    return row | ({"externalId": company.external_id} if company.external_id else {})


def subscription_row(data: DataSet, company: Pax8Company, holding: Holding) -> Row:
    """Return a subscription."""
    product, since = holding.product, holding.since.isoformat()
    row: Row = {
        "id": subscription_id(data, company, holding.part),
        "companyId": company.company_id,
        "productId": product_id(data, product.sku),
        "productName": product.name,
        "vendorSubscriptionId": uuid_for(data.seed, "vendor subscription", company.number, holding.part),
        "quantity": holding.quantity,
        "startDate": f"{since}T08:30:00Z",
        "createdDate": since,
        "billingStart": since,
        "status": "Trial" if product.term == "Trial" else "Active",
        "price": product.price,
        "partnerCost": product.cost,
        "currencyCode": "USD",
        "billingTerm": product.billing_term,
    }
    if product.billing_term.endswith(("Year", "Annual")):
        commitment = uuid_for(data.seed, "commitment", company.number, holding.part)
        row["commitmentTerm"] = {"id": commitment, "term": product.billing_term}
    return row


def summary_row(data: DataSet, summary: UsageSummary) -> Row:
    """Return a usage summary: the running month until today."""
    cost, price = month_to_date(data, summary)
    return {
        "id": uuid_for(data.seed, "usage", summary.company.number, summary.part),
        "companyId": summary.company.company_id,
        "subscriptionId": subscription_id(data, summary.company, summary.holding.part),
        "productId": product_id(data, summary.holding.product.sku),
        "resourceGroup": summary.group,
        "vendorName": summary.holding.product.vendor,
        "currentCharges": price,
        "currencyCode": "USD",
        "partnerTotal": cost,
        "isTrial": False,
    }


def usage_line_row(data: DataSet, summary: UsageSummary, day: date, meter: Meter) -> Row:
    """Return what one meter counted on one day."""
    return {
        "usageSummaryId": uuid_for(data.seed, "usage", summary.company.number, summary.part),
        "usageDate": day.isoformat(),
        "productName": meter.name,
        "productId": product_id(data, meter.name),
        "unitOfMeasure": meter.unit,
        "quantity": meter.quantity,
        "unitPrice": meter.unit_price,
        "currentCharges": meter.price,
        "currentProfit": meter.price - meter.cost,
        "partnerTotal": meter.cost,
        "currencyCode": "USD",
        "isTrial": False,
    }


def subscription_id(data: DataSet, company: Pax8Company, part: int) -> str:
    """Return the id of a company's subscription."""
    return uuid_for(data.seed, "subscription", company.number, part)


def product_id(data: DataSet, sku: str) -> str:
    """Return the id of a product: the same for the same SKU."""
    return uuid_for(data.seed, f"product {sku}", 0)
