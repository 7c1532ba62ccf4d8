"""What the invented MSP buys from Ingram Micro's distribution: hardware, licences, services."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the price list; `price` is USD a unit, as the reseller pays it."""

    ingram_part: str
    vendor_part: str
    vendor: str
    description: str
    price: Decimal


def _table(text: str) -> tuple[Item, ...]:
    return tuple(_item(*(cell.strip() for cell in line.split("|"))) for line in text.strip().splitlines())


def _item(ingram_part: str, vendor_part: str, vendor: str, description: str, price: str) -> Item:
    return Item(ingram_part, vendor_part, vendor, description, Decimal(price))


ITEMS = _table("""
05QC29 | 65324394AD01A00 | ADOBE COMMERCIA | AOO LICS ACROBAT PRO 2024 MPLATLICS 1+ 540PT | 533.33
1HN044 | FG-60F-BDL-950-12 | FORTINET | FORTIGATE-60F HARDWARE PLUS 1 YEAR UTP | 912.45
7YA312 | U6-PRO-US | UBIQUITI | ACCESS POINT WIFI 6 PRO | 158.00
6ZF871 | 21HD004QUS | LENOVO | THINKPAD T14 GEN 4 I5 16GB 512GB | 1187.60
4KB220 | 210-BGLU | DELL | DELL PRO 24 MONITOR P2425H | 179.99
2LQ907 | SMT1500RM2UC | APC | SMART-UPS 1500VA RM 2U WITH SMARTCONNECT | 744.10
9MC118 | AAA-28605 | MICROSOFT | AZURE PREPAYMENT MONETARY COMMITMENT | 100.00
9MC541 | 6VC-04376 | MICROSOFT | WIN REMOTE DESKTOP SERVICES CAL 2025 1 USER | 141.25
3VV650 | V-VBRVUL-0I-SU1YP-00 | VEEAM | BACKUP UNIVERSAL LICENSE 1 YR SUBSCRIPTION | 98.4375
8CA055 | CAB-C6-3M-BLU | STARTECH | CAT6 PATCH CABLE 3M BLUE | 3.1875
5NP730 | SVC-DEPLOY-HR | INGRAM SERVICES | DEPLOYMENT SERVICE BY THE HOUR | 85.00
0ZZ001 | NOTE-ONLY | INGRAM SERVICES | NO CHARGE ASSET TAG | 0
""")
