"""What the invented MSP resells: products with cost and price, in every type and term of Pax8's invoice items."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class Cadence(Enum):
    """When a holding of the product shows up on an invoice."""

    MONTHLY = "each month"
    YEARLY = "once a term, in the month of its anniversary"
    ONCE = "on one invoice only"
    USAGE = "each month, for the usage of the month before"


@dataclass(frozen=True, slots=True)
class Product:
    """A row of the price list. `cost` and `price` are USD a unit; credits and rebates are negative.

    `item_type` and `term` are the invoice item's words, `billing_term` the subscription's (Pax8 spells them
    differently). An empty `billing_term` means that there is no subscription behind it.
    """

    item_type: str
    term: str
    billing_term: str
    cadence: Cadence
    name: str
    vendor: str
    sku: str
    unit: str
    charge_type: str
    cost: Decimal
    price: Decimal


def _table(text: str) -> tuple[Product, ...]:
    return tuple(_product(*(cell.strip() for cell in line.split("|"))) for line in text.strip().splitlines())


def _product(kind: str, term: str, billing_term: str, cadence: str, *rest: str) -> Product:
    name, vendor, sku, unit, charge_type, cost, price = rest
    money = Decimal(cost), Decimal(price)
    return Product(kind, term, billing_term, Cadence[cadence], name, vendor, sku, unit, charge_type, *money)


# Products that clients hold by the seat, month by month. Seat changes of these make prorates.
SEATS = _table("""
subscription | Monthly | Monthly | MONTHLY | Microsoft 365 Business Basic | Microsoft | CFQ7TTC0LH18 | User | per | 5.04 | 6.00
subscription | Monthly | Monthly | MONTHLY | Microsoft 365 Business Standard | Microsoft | CFQ7TTC0LDPB | User | per | 10.50 | 12.50
subscription | Monthly | Monthly | MONTHLY | Microsoft 365 Business Premium | Microsoft | CFQ7TTC0LCHC | User | per | 18.48 | 22.00
subscription | Monthly | Monthly | MONTHLY | Office 365 E3 (no Teams) | Microsoft | CFQ7TTC0RBP1 | User | per | 16.38 | 20.75
subscription | Monthly | Monthly | MONTHLY | Exchange Online (Plan 1) | Microsoft | CFQ7TTC0LH16 | User | per | 3.36 | 4.00
subscription | Monthly | Monthly | MONTHLY | Teams Rooms Pro | Microsoft | CFQ7TTC0QW7C | Device | per | 33.60 | 40.00
subscription | Monthly | Monthly | MONTHLY | Endpoint Detection Core | Huntress | HUN-EDR-CORE | Endpoint | per | 2.15 | 4.50
subscription | Monthly | Monthly | MONTHLY | Email Security Advanced | Proofpoint | PFP-ESS-ADV | Mailbox | per | 1.87 | 3.95
subscription | Monthly | Monthly | MONTHLY | Cloud Backup for M365 | Dropsuite | DRS-BKP-365 | Seat | per | 1.705 | 3.50
subscription | Monthly | Monthly | MONTHLY | Password Manager Business | Keeper | KPR-BUS-01 | User | per | 2.25 | 4.25
subscription | Monthly | Monthly | MONTHLY | DNS Filter Pro | DNSFilter | DNF-PRO-M | User | per | 0.92 | 2.00
subscription | Monthly | Monthly | MONTHLY | Security Awareness Training | KnowBe4 | KB4-PLAT-M | User | per | 1.20 | 2.75
subscription | Monthly | Monthly | MONTHLY | Remote Monitoring Agent | N-able | NAB-RMM-01 | Device | per | 1.55 | 0
subscription | Monthly | Monthly | MONTHLY | Cloud Phone Standard | Wasabi Voice | WV-STD-100 | Extension | per | 9.99 | 19.95
""")  # noqa: E501 - a table; a line is a row

# One of these in turn for the first companies, so that each type and term is on the newest invoice; then at random.
EXTRAS = _table("""
subscription | Arrears | Monthly | USAGE | Azure Plan | Microsoft | DZH318Z0BPS6 | Usage | flat | 0 | 0
subscription | Annual | Annual | YEARLY | Microsoft 365 Business Premium (Annual) | Microsoft | CFQ7TTC0LCHC:1Y | User | per | 211.20 | 264.00
subscription | 2 Year | 2-Year | YEARLY | Web Application Firewall | Barracuda | BAR-WAF-2Y | Site | per | 1440.00 | 1800.00
subscription | 3 Year | 3-Year | YEARLY | Azure Reserved VM Instance D4s v5 | Microsoft | DZH318Z08XZ0 | Instance | per | 2184.55 | 2513.00
subscription | Trial | Trial | MONTHLY | Microsoft 365 Copilot (Trial) | Microsoft | CFQ7TTC0MM8R:T | User | per | 0 | 0
subscription | Activation | Activation | ONCE | Adobe Acrobat Pro Activation | Adobe | ADB-ACR-ACT | User | per | 15.29 | 19.99
one-time | One-Time | One-Time | ONCE | Windows Server 2025 Standard 16 Core | Microsoft | DG7GMGF0PWHC | License | per | 986.00 | 1176.00
one-time | One-time | | ONCE | MigrationWiz Mailbox Migration | BitTitan | BTT-MGW-MBX | License | per | 10.50 | 14.95
service-charge | One-Time | | ONCE | Professional Services: Tenant Migration | Pax8 | PAX-PS-MIG | Project | flat | 450.00 | 600.00
service-credit | One-Time | | ONCE | Service Credit: SLA | Pax8 | PAX-SC-SLA | Each | flat | -35.00 | -35.00
rebate | Rebate | | ONCE | Partner Rebate New Commerce | Pax8 | PAX-RBT-NCE | Each | flat | -64.72 | 0
payment-credit | One-Time | | ONCE | Payment Credit | Pax8 | PAX-PC | Each | flat | -120.00 | 0
invoice-credit | One-Time | | ONCE | Invoice Credit: Billing Correction | Pax8 | PAX-IC | Each | flat | -48.30 | -60.00
subscription | Arrears | Monthly | USAGE | Azure Plan | Microsoft | DZH318Z0BPS6 | Usage | flat | 0 | 0
""")  # noqa: E501 - a table; a line is a row
