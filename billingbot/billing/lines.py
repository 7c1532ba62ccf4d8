"""Invoice lines of charges: one a charge, or one for all Azure charges in a currency."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b

from billingbot.billing.rounding import EXACT, exact_sum, quantized, rounded
from billingbot.domain.billing import InvoiceLine
from billingbot.domain.charge import Charge
from billingbot.domain.period import Period

_COLLAPSED = "Microsoft Azure"
_UNIT_PLACES = Decimal("0.000001")
_ONE = Decimal(1)
# HaloPSA does not say how long a description may be; what it cut off would differ from what was sent for ever.
_SAID = 180


def invoice_lines(
    integration: str, period: Period, client_id: int, charges: Sequence[Charge], *, collapse_azure: bool
) -> tuple[InvoiceLine, ...]:
    """Return the lines of charges that no rule dropped, in their order; collapsed ones last, by currency.

    The key of a recurring line counts those that are alike in all but their id and amounts.

    Args:
        integration: its key, which begins the lines' keys.
        period: that they are for.
        client_id: whose.
        charges: in the order of their ids, so that the keys of recurring lines are the same each time.
        collapse_azure: whether Azure charges become one line a currency.
    """
    lines: list[InvoiceLine] = []
    alike: defaultdict[str, int] = defaultdict(int)
    collapsed: defaultdict[str, list[Charge]] = defaultdict(list)
    invoice, recurring = f"BB-{integration}-{period}-", f"BB-{integration}-r-"
    for charge in charges:
        if collapse_azure and charge.azure:
            collapsed[charge.currency].append(charge)
        else:
            subscription = _subscription(charge)
            alike[subscription] += 1
            key = invoice + _digest(charge.charge_id)
            lines.append(_single(charge, key, recurring + _digest(f"{subscription}{alike[subscription]}")))
    for currency, members in sorted(collapsed.items()):
        digest = _digest(f"azure:{client_id}:{currency}")
        lines.append(_collapsed(period, tuple(members), invoice + digest, recurring + digest))
    return tuple(lines)


def product_key(charge: Charge) -> str:
    """Return what tells its product from others, as `Product.key` does."""
    return charge.sku or charge.product


def _single(charge: Charge, key: str, recurring_key: str) -> InvoiceLine:
    cost, price = rounded(charge.cost, charge.currency), rounded(charge.price, charge.currency)
    quantity, unit_price, unit_cost = _units(charge, price)
    return InvoiceLine(
        key=key,
        recurring_key=recurring_key,
        product_key=product_key(charge),
        product=charge.product,
        description=_description(charge, quantity),
        quantity=quantity,
        unit_price=unit_price,
        unit_cost=unit_cost,
        price=price,
        cost=cost,
        currency=charge.currency,
        members=(charge,),
    )


def _collapsed(period: Period, members: tuple[Charge, ...], key: str, recurring_key: str) -> InvoiceLine:
    """Return the line that stands for all of them, which are in one currency: no margin but their own."""
    currency = members[0].currency
    price = rounded(exact_sum([charge.price for charge in members]), currency)
    cost = rounded(exact_sum([charge.cost for charge in members]), currency)
    products = {product_key(charge): charge.product for charge in members}
    only_key, only = next(iter(products.items())) if len(products) == 1 else ("", _COLLAPSED)
    return InvoiceLine(
        key=key,
        recurring_key=recurring_key,
        product_key=only_key,
        product=only,
        description=f"{only} {period}",
        quantity=_ONE,
        unit_price=price,
        unit_cost=cost,
        price=price,
        cost=cost,
        currency=currency,
        members=members,
        collapsed=True,
    )


def _units(charge: Charge, price: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Return quantity, unit price and unit cost; 1 and the whole price where quantity times unit price is not it.

    HaloPSA multiplies, and does not say how it rounds, or whether it does so at the line or at the sum: so nothing is
    left for it to round.
    """
    if charge.quantity:
        unit_price = quantized(EXACT.divide(charge.price, charge.quantity), _UNIT_PLACES)
        if EXACT.multiply(charge.quantity, unit_price) == price:
            unit_cost = quantized(EXACT.divide(charge.cost, charge.quantity), _UNIT_PLACES)
            # 3, where the database says 3.0000000000.
            return EXACT.add(charge.quantity.normalize(EXACT), 0), unit_price, unit_cost
    return _ONE, price, quantized(charge.cost, _UNIT_PLACES)


def _description(charge: Charge, quantity: Decimal) -> str:
    """Return what the client reads: the product, what else is said, how much of what, and for which days.

    A text that is longer than a line of an invoice has room for ends with an ellipsis, before amount and days.
    """
    said = charge.product
    if charge.description and charge.description != charge.product:
        said = f"{said} · {charge.description}"
    parts = [said if len(said) <= _SAID else f"{said[: _SAID - 1]}…"]
    if quantity != charge.quantity and charge.quantity:
        amount = f"{charge.quantity.normalize():,f}"
        parts.append(f"{amount} {charge.unit}".rstrip())
    if days := days_words(charge.start, charge.end):
        parts.append(days)
    return " · ".join(parts)


@lru_cache(maxsize=1024)
def days_words(start: date | None, end: date | None) -> str:
    """Return the days in words. Charges of a month share a few of them."""
    return " to ".join(dict.fromkeys(day.isoformat() for day in (start, end) if day is not None))


def _subscription(charge: Charge) -> str:
    """Return what the same subscription's charge of another month has in common with this one."""
    parts = (charge.company_id, charge.kind, charge.subscription_id, product_key(charge), charge.term, charge.currency)
    # With their lengths, or parts of one charge could run into those of another.
    return "".join([f"{len(part)}:{part}" for part in parts])


def _digest(text: str) -> str:
    """Return 16 hexadecimal digits that another text practically never has."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
