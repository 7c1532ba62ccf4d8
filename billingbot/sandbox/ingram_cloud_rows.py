"""Rows as the marketplace writes them: the keys of SimpleAPI 1.15; amounts are texts."""

from decimal import Decimal

from billingbot.sandbox.ingram_cloud_books import Buyer, Placed
from billingbot.sandbox.ingram_cloud_catalog import CURRENCIES, MONTHLY, YEARLY, Product, converted
from billingbot.sandbox.ingram_cloud_details import Detail
from billingbot.sandbox.wire import Row

_RESELLER = "1000000"
_SOLD_BY_PERIOD = (*MONTHLY, *YEARLY)


def customer_row(buyer: Buyer) -> Row:
    """Return a customer; `externalId` is left out where the MSP gave none."""
    row: Row = {
        "id": buyer.customer_id,
        "name": buyer.name,
        "status": buyer.status,
        "address": {
            "streetAddress": f"{buyer.number % 9000 + 1} Commerce Ave",
            "city": "Denver",
            "state": "CO",
            "postalCode": "80210",
            "countryCode": "US",
        },
        "contactPersons": [
            {
                "type": "admin",
                "firstName": "Alex",
                "lastName": "Smith",
                "email": f"it@customer-{buyer.number}.example.com",
                "phoneNumber": f"1#555#{1_000_000 + buyer.number}#",
            }
        ],
        "language": "en",
        "attributes": {},
        "resellerId": _RESELLER,
    }
    return row if buyer.external_id is None else row | {"externalId": buyer.external_id}


def order_row(placed: Placed) -> Row:
    """Return an order as the list has it: neither its products nor its subscription."""
    order, currency = placed.order, placed.currency
    return {
        "id": placed.order_id,
        "orderNumber": f"{order.prefix}{placed.order_id}",
        "type": order.order_type,
        "customerId": placed.buyer.customer_id,
        "creationDate": placed.created.isoformat().replace("+00:00", "Z"),
        "provisioningDate": f"{order.day}T23:59:00Z",
        "status": order.status,
        "statusCode": order.status[:2].upper(),
        "total": _money(currency, order.total),
        "details": [_detail_row(currency, detail) for detail in order.details],
        "attributes": {},
        "creditCheck": True,
    }


def product_row(product: Product) -> Row:
    """Return a product of the catalogue."""
    period = {"type": product.period, "duration": 1}
    return {
        "mpn": product.mpn,
        "vendor": product.vendor,
        "id": product.product_id,
        "serviceName": product.service,
        "name": product.name,
        "minimumQuantity": "1",
        "maximumQuantity": "10000",
        "prices": _prices(product, product.price, product.setup_price),
        "costs": _prices(product, product.cost, product.setup_cost),
        "billingPeriod": period,
        "subscriptionPeriod": period,
        "billingModel": "chargeBeforeBillingPeriod" if product in _SOLD_BY_PERIOD else "chargeExternalRating",
    }


def _detail_row(currency: str, detail: Detail) -> Row:
    row: Row = {
        "type": detail.detail_type,
        "duration": {"type": detail.product.period if detail.product else "month", "duration": detail.duration},
        "description": detail.description,
        "quantity": detail.quantity,
        "unitPrice": _money(currency, detail.unit_price),
        "salesUnitPrice": _money(currency, detail.unit_price),
        "extendedPrice": _money(currency, detail.price),
        "salesExtendedPrice": _money(currency, detail.price),
        "taxAmount": _money(currency, detail.tax),
        "exclusiveTaxAmount": _money(currency, detail.tax),
        "exchangeRate": 1,
    }
    if detail.product is not None:
        row |= {"mpn": detail.product.mpn, "productId": detail.product.product_id}
    return row


def _prices(product: Product, recurring: Decimal, setup: Decimal) -> list[Row]:
    """Return the prices or the costs in each currency; in two tiers where the product is sold so."""
    rows: list[Row] = []
    for currency in CURRENCIES:
        if product in _SOLD_BY_PERIOD:
            price = converted(recurring, currency)
            tiers = [(0, price)] if product.model == "FLAT" else [(0, price), (50, price / 2)]
            for lower_limit, amount in tiers:
                row = _money(currency, amount) | {"type": "recurring", "model": product.model}
                rows.append(row | {"lowerLimit": lower_limit})
        if setup:
            rows.append(_money(currency, converted(setup, currency)) | {"type": "setup", "model": "FLAT"})
    return rows


def _money(currency: str, amount: Decimal) -> Row:
    return {"currency": currency, "amount": f"{amount:f}"}
