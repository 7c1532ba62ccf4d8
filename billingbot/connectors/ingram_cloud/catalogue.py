"""The marketplace's products, as far as charges need them: names, and what a unit costs the MSP.

An order says what the client pays. What the MSP pays is in the catalogue, as it is today, for a whole billing period.
So a unit's cost is taken only where the unit was sold at the price that the catalogue has today: after the price list
changed, at a special price, and for a part of a period the cost is not known.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from billingbot.connectors.json_row import JsonRow

# What an order charges for, in the words of the catalogue's prices and costs.
_PRICED_AS = {
    "recurring": "recurring",
    "recurringRefund": "recurring",
    "renew": "recurring",
    "renewRefund": "recurring",
    "setup": "setup",
    "setupRefund": "setup",
    "overuse": "overuse",
}
# Which of several tiers counted is not said.
_ONE_PRICE = (None, "FLAT")

ProductKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217, upper case)."""

    currency: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Product:
    """A product. `words` are all texts that may tell whose it is. Prices and costs are a unit's, by what it is for."""

    name: str
    words: tuple[str, ...]
    prices: frozenset[tuple[str, Money]]
    costs: frozenset[tuple[str, Money]]

    def unit_cost(self, detail_type: str, unit_price: Money) -> Decimal | None:
        """Return what the MSP pays for a unit that was sold at this price; None when it cannot be known."""
        charged = _PRICED_AS.get(detail_type, "")
        if (charged, unit_price) not in self.prices:
            return None
        costs = [cost for kind, cost in self.costs if kind == charged and cost.currency == unit_price.currency]
        return costs[0].amount if len(costs) == 1 else None


def products_of(rows: Iterable[JsonRow]) -> dict[ProductKey, Product]:
    """Return the products by id and MPN."""
    return {(row.text("id"), row.optional_text("mpn") or ""): _product(row) for row in rows}


def money(row: JsonRow, key: str) -> Money:
    """Return the amount under a key. Raises `UpstreamSchemaError`."""
    return _money(row.row(key))


def _product(row: JsonRow) -> Product:
    words = tuple(row.optional_text(key) or "" for key in ("name", "mpn", "vendor", "serviceName"))
    return Product(words[0], words, _amounts(row, "prices"), _amounts(row, "costs"))


def _amounts(row: JsonRow, key: str) -> frozenset[tuple[str, Money]]:
    rows = row.rows(key, "type") if row.data.get(key) is not None else []
    flat = (price for price in rows if price.optional_text("model") in _ONE_PRICE)
    return frozenset((price.optional_text("type") or "", _money(price)) for price in flat)


def _money(row: JsonRow) -> Money:
    return Money(row.text("currency").upper(), row.amount("amount"))
