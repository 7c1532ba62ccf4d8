"""What is taken of the details of an order: each becomes a charge."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from billingbot.connectors.azure import azure_name
from billingbot.connectors.ingram_cloud.account import SOURCE
from billingbot.connectors.ingram_cloud.catalogue import Money, Product, ProductKey, money
from billingbot.connectors.json_row import JsonRow
from billingbot.domain.charge import Charge, ChargeKind
from billingbot.errors import UpstreamSchemaError

# They move money and sell nothing.
PAYMENTS = frozenset({"payment", "resellerPayment", "deposit"})
KINDS = {
    "recurring": ChargeKind.SUBSCRIPTION,
    "renew": ChargeKind.SUBSCRIPTION,
    "switch": ChargeKind.PRORATE,
    "downgrade": ChargeKind.PRORATE,
    "overuse": ChargeKind.USAGE,
    "setup": ChargeKind.ONE_TIME,
    "transfer": ChargeKind.ONE_TIME,
    "nonProvisioningItem": ChargeKind.ONE_TIME,
    "handlingFee": ChargeKind.FEE,
    "billPenalty": ChargeKind.FEE,
    "discount": ChargeKind.CREDIT,
    "recurringRefund": ChargeKind.CREDIT,
    "renewRefund": ChargeKind.CREDIT,
    "setupRefund": ChargeKind.CREDIT,
    "transferRefund": ChargeKind.CREDIT,
}
# Whether they cost or give is in their sign alone.
EITHER_WAY = frozenset({"adjustment", "cancellation"})


@dataclass(frozen=True, slots=True)
class Buyer:
    """Whose order it is. `company` is "" for a customer that is not listed."""

    company_id: str
    company: str


def charge_of(
    order: JsonRow, place: int, detail: JsonRow, buyer: Buyer, catalogue: Mapping[ProductKey, Product]
) -> Charge:
    """Return the charge of a detail. Raises `UpstreamSchemaError`.

    Args:
        order: the row that the detail is in.
        place: of the detail in the order, from 1: details have no id.
        detail: what is charged.
        buyer: whose it is.
        catalogue: products by id and MPN.
    """
    detail_type, price = detail.text("type"), money(detail, "extendedPrice")
    if KINDS.get(detail_type) is ChargeKind.CREDIT and price.amount > 0:
        raise UpstreamSchemaError(f"{detail.place}: the amount of a {detail_type} is not negative.", source=SOURCE)
    sku = detail.optional_text("mpn") or ""
    description = detail.optional_text("description") or ""
    product = catalogue.get((detail.optional_text("productId") or "", sku))
    quantity = detail.optional_amount("quantity")
    quantity = Decimal(1) if quantity is None else quantity
    unit_price = money(detail, "unitPrice") if detail.data.get("unitPrice") is not None else None
    if unit_price is not None and unit_price.currency != price.currency:
        raise UpstreamSchemaError(f"{detail.place}: unit price and price are in two currencies.", source=SOURCE)
    unit_cost = _unit_cost(detail_type, product, quantity, unit_price, price)
    duration = _duration(detail)
    return Charge(
        charge_id=f"{order.text('id')}/{place}",
        company_id=buyer.company_id,
        company=buyer.company,
        kind=_kind(order.text("type"), detail_type, duration, price.amount),
        term="" if duration is None else f"{duration[0]:f} {duration[1]}",
        azure=_azure((*(product.words if product else ()), sku, description)),
        product=(product.name if product else "") or description or sku,
        sku=sku,
        description=description,
        subscription_id=order.optional_text("subscriptionId") or "",
        quantity=quantity,
        unit="",
        unit_cost=unit_cost,
        unit_price=None if unit_price is None else unit_price.amount,
        cost=price.amount if unit_cost is None else unit_cost * quantity,
        price=price.amount,
        tax=Decimal(0),
        fee=Decimal(0),
        currency=price.currency,
        start=None,
        end=None,
        raw={**{key: value for key, value in order.data.items() if key != "details"}, "detail": detail.data},
    )


def _unit_cost(
    detail_type: str, product: Product | None, quantity: Decimal, unit_price: Money | None, price: Money
) -> Decimal | None:
    """Return what the MSP pays a unit, where the price is that of whole units."""
    if product is None or unit_price is None or unit_price.amount * quantity != price.amount:
        return None
    return product.unit_cost(detail_type, unit_price)


def _kind(order_type: str, detail_type: str, duration: tuple[Decimal, str] | None, price: Decimal) -> ChargeKind:
    """Return the kind. A type that is not known is a credit or a one-time charge: its money counts all the same."""
    if order_type == "change" and detail_type in ("recurring", "recurringRefund"):
        return ChargeKind.PRORATE
    if detail_type == "recurring" and duration is not None and duration[0] % 1:
        return ChargeKind.PRORATE
    if detail_type in KINDS:
        return KINDS[detail_type]
    if price < 0:
        return ChargeKind.CREDIT
    return ChargeKind.FEE if detail_type in EITHER_WAY else ChargeKind.ONE_TIME


def _duration(detail: JsonRow) -> tuple[Decimal, str] | None:
    """Return how long it is charged for, and the unit of that; None when it is not said.

    Not `amount`: it is a double of up to 17 digits, and no money.
    """
    if detail.data.get("duration") is None:
        return None
    row = detail.row("duration")
    length = row.data.get("duration")
    if isinstance(length, bool) or not isinstance(length, int | Decimal):
        raise UpstreamSchemaError(f"{row.place}: 'duration' is not a number.", source=SOURCE)
    return Decimal(length), row.text("type")


def _azure(words: tuple[str, ...]) -> str:
    found = azure_name(words)
    return f"It is named “{found}”." if found else ""
