"""What the marketplace sells: products with price and cost a unit, for seats and for setting up, in each currency."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CURRENCIES = {"USD": Decimal(1), "CAD": Decimal("1.37")}
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Product:
    """A row of the price list, in USD. `period` is what it is billed by, `model` how its price is made up."""

    product_id: str
    mpn: str
    name: str
    vendor: str
    service: str
    period: str
    model: str
    price: Decimal
    cost: Decimal
    setup_price: Decimal
    setup_cost: Decimal

    def price_in(self, currency: str) -> Decimal:
        """Return what a client pays a unit and period."""
        return converted(self.price, currency)

    def cost_in(self, currency: str) -> Decimal:
        """Return what the MSP pays a unit and period."""
        return converted(self.cost, currency)


def converted(amount: Decimal, currency: str) -> Decimal:
    """Return an amount in USD in another currency, in whole cents; as it is in USD."""
    return amount if currency == "USD" else (amount * CURRENCIES[currency]).quantize(_CENT, ROUND_HALF_UP)


def _table(text: str) -> tuple[Product, ...]:
    return tuple(_product(*(cell.strip() for cell in line.split("|"))) for line in text.strip().splitlines())


def _product(*cells: str) -> Product:
    product_id, mpn, name, vendor, service, period, model, *amounts = cells
    price, cost, setup_price, setup_cost = map(Decimal, amounts)
    return Product(product_id, mpn, name, vendor, service, period, model, price, cost, setup_price, setup_cost)


# Held by the seat and billed month by month.
MONTHLY = _table("""
PRD100101 | CFQ7TTC0LH18_P1M | Microsoft 365 Business Basic      | Microsoft  | O365_APS    | month | FLAT | 6.00  | 5.04  | 0 | 0
PRD100102 | CFQ7TTC0LDPB_P1M | Microsoft 365 Business Standard   | Microsoft  | O365_APS    | month | FLAT | 12.50 | 10.50 | 0 | 0
PRD100103 | CFQ7TTC0LCHC_P1M | Microsoft 365 Business Premium    | Microsoft  | O365_APS    | month | FLAT | 22.00 | 18.48 | 0 | 0
PRD100104 | CFQ7TTC0LH16_P1M | Exchange Online (Plan 1)          | Microsoft  | O365_APS    | month | FLAT | 4.00  | 3.36  | 0 | 0
PRD100105 | ACR-CYB-STD      | Acronis Cyber Protect Standard    | Acronis    | ACRONIS     | month | FLAT | 5.75  | 3.125 | 25.00 | 15.00
PRD100106 | DRP-BIZ-STD      | Dropbox Business Standard         | Dropbox    | DROPBOX     | month | FLAT | 15.00 | 12.60 | 0 | 0
PRD100107 | BTD-GZ-ADV       | Bitdefender GravityZone Advanced  | Bitdefender| BITDEFENDER | month | TIERED | 3.20 | 1.92 | 0 | 0
PRD100108 | CFQ7TTC0MM8R_T   | Microsoft 365 Copilot (Trial)     | Microsoft  | O365_APS    | month | FLAT | 0 | 0 | 0 | 0
""")  # noqa: E501 - a table; a line is a row

# Held by the seat and billed year by year.
YEARLY = _table("""
PRD100201 | CFQ7TTC0LCHC_P1Y | Microsoft 365 Business Premium (Annual)  | Microsoft | O365_APS  | year | FLAT | 264.00  | 211.20  | 0 | 0
PRD100202 | DZH318Z08XZ0_P1Y | Azure Reserved VM Instance D4s v5        | Microsoft | AZURE_APS | year | FLAT | 1022.00 | 889.1375 | 0 | 0
""")  # noqa: E501 - a table; a line is a row

# Billed after the month, by what was used; the catalogue knows no price of a unit.
(AZURE,) = _table("PRD100301 | DZH318Z0BPS6 | Azure Plan | Microsoft | AZURE_APS | month | FLAT | 0 | 0 | 0 | 0")
# Billed once.
(MIGRATION,) = _table(
    "PRD100401 | BTT-MGW-MBX | Mailbox Migration | BitTitan | BITTITAN | month | FLAT | 0 | 0 | 14.95 | 10.50"
)

PRODUCTS = (*MONTHLY, *YEARLY, AZURE, MIGRATION)
