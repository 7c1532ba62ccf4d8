"""What the marketplace's orders charge for, detail by detail, and who holds what. Pure."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from billingbot.sandbox.ingram_cloud_catalog import AZURE, MONTHLY, YEARLY, Product, converted

_CENT = Decimal("0.01")
_ONE = Decimal(1)
_ABROAD_EACH = 25
_TAXED_EACH = 6
_TAX_RATE = Decimal("0.0825")


@dataclass(frozen=True, slots=True)
class Detail:
    """What an order charges for, in the customer's currency.

    `cost` is what the MSP pays, where the API tells it: for whole units at list price. `tax` is on top of the price.
    """

    detail_type: str
    product: Product | None
    description: str
    duration: Decimal
    quantity: Decimal
    unit_price: Decimal
    price: Decimal
    cost: Decimal | None = None
    tax: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Yearly:
    """So many units of a product that renews in a month of each year."""

    product: Product
    quantity: int
    month: int


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What the customers of a portfolio hold, and in which currency they pay. Special ones have prices of their own."""

    number: int
    currency: str
    seats: tuple[tuple[Product, int], ...]
    yearly: Yearly | None
    has_azure: bool
    is_special: bool

    def price(self, product: Product) -> Decimal:
        """Return what these customers pay a unit."""
        listed = product.price_in(self.currency)
        return (listed * Decimal("0.9")).quantize(_CENT, ROUND_HALF_UP) if self.is_special else listed


def portfolio(seed: int, number: int) -> Portfolio:
    """Return a portfolio."""
    random = Random(f"{seed}/ingram cloud/{number}")  # noqa: S311 - lifelike, not secret
    products = random.sample(MONTHLY, random.randint(1, 4))
    seats = tuple((product, random.choice((1, 2, 3, 5, 8, 12, 25, 40))) for product in products)
    yearly = Yearly(random.choice(YEARLY), random.randint(1, 4), random.randint(1, 12))
    return Portfolio(
        number=number,
        currency="CAD" if number % _ABROAD_EACH == 8 else "USD",
        seats=seats,
        yearly=yearly if random.random() < 0.3 else None,
        has_azure=random.random() < 0.3,
        is_special=number % 10 == 4,
    )


def recurring(held: Portfolio, product: Product, quantity: int, detail_type: str = "recurring") -> Detail:
    """Return seats for a whole period."""
    price, cost = held.price(product), product.cost_in(held.currency)
    is_told = product.model == "FLAT" and price == product.price_in(held.currency)
    total = price * quantity
    return Detail(
        detail_type=detail_type,
        product=product,
        description=f"Recurring for {product.name}",
        duration=_ONE,
        quantity=Decimal(quantity),
        unit_price=price,
        price=total,
        cost=cost * quantity if is_told else None,
        tax=Decimal(0) if held.number % _TAXED_EACH else (total * _TAX_RATE).quantize(_CENT, ROUND_HALF_UP),
    )


def part_of_period(held: Portfolio, product: Product, seats: int, part: Decimal) -> Detail:
    """Return seats that came, or went where there are fewer than none, for a part of a period."""
    price = (held.price(product) * seats * part).quantize(_CENT, ROUND_HALF_UP)
    detail_type = "recurring" if seats > 0 else "recurringRefund"
    description = f"Recurring for {product.name}"
    return Detail(detail_type, product, description, part, Decimal(seats), held.price(product), price)


def refund(held: Portfolio, product: Product, quantity: int) -> Detail:
    """Return half a period that is paid back: the quantity stays positive, the amount does not."""
    paid_back = part_of_period(held, product, -quantity, Decimal("0.5"))
    return replace(paid_back, quantity=Decimal(quantity))


def setup(held: Portfolio, product: Product) -> Detail:
    """Return what it costs once to set a product up."""
    price, cost = converted(product.setup_price, held.currency), converted(product.setup_cost, held.currency)
    return Detail("setup", product, f"Setup fee for {product.name}", _ONE, _ONE, price, price, cost)


def usage(held: Portfolio, random: Random) -> Detail:
    """Return a month of Azure, with the four decimals that meters have."""
    used = converted(Decimal(random.randrange(30_000, 9_000_000)).scaleb(-4), held.currency)
    return Detail("overuse", AZURE, "Azure usage of the month before", _ONE, _ONE, used, used)


def plain(held: Portfolio, detail_type: str, description: str, amount: str) -> Detail:
    """Return a detail without a product. `amount` is in USD."""
    price = converted(Decimal(amount), held.currency)
    return Detail(detail_type, None, description, _ONE, _ONE, price, price)
