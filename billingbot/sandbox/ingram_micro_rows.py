"""Orders and renewals as Ingram Micro writes them: the keys of its published schemas and examples.

The two do not always agree: links are an object or a list, amounts are texts.
"""

from decimal import Decimal

from billingbot.sandbox.ingram_micro_books import Order, Renewal
from billingbot.sandbox.wire import Row

_NOBODY: tuple[Row, ...] = ({}, {"endUserCompanyName": None}, {"endUserCompanyName": ""})


def order_row(order: Order) -> Row:
    """Return an order; the end user of one for stock is missing, null or empty."""
    link = {"topic": "orders", "href": f"/resellers/v6.1/orders/{order.number}", "type": "GET"}
    row: Row = {
        "ingramOrderNumber": order.number,
        "ingramOrderDate": f"{order.day}T08:54:39+05:30",
        "customerOrderNumber": f"PO-{order.place}",
        "vendorName": "Microsoft",
        "orderTotal": f"{120 + order.place % 900}.00",
        "orderStatus": "CLOSED",
        "subOrders": [
            {
                "subOrderNumber": f"{order.number}-11",
                "subOrderTotal": "100.00",
                "subOrderStatus": "SHIPPED",
                "links": link if order.place % 2 else [link],
            }
        ],
        "links": [link] if order.place % 2 else link,
    }
    return row | ({"endUserCompanyName": order.name} if order.end_user else _NOBODY[order.place % len(_NOBODY)])


def renewal_row(renewal: Renewal) -> Row:
    """Return a renewal; `endUser` is a name, as in the specification."""
    renewal_id = 4_239_056 + renewal.place
    return {
        "renewalId": renewal_id,
        "customerOrderNumber": f"PO-R{renewal.place}",
        "referenceNumber": "",
        "endUser": renewal.name,
        "vendor": "HP",
        "expirationDate": "2027-07-04T00:00:00",
        "renewalValue": Decimal("381.5"),
        "status": "Quote pending",
        "links": [{"topic": "renewals", "href": f"/resellers/v6/renewals/{renewal_id}", "type": "Get"}],
    }
