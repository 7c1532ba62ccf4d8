"""What distributors charge for, and which HaloPSA item it becomes on an invoice."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class ProductMode(StrEnum):
    """What becomes of a product that nobody mapped: it waits for a person, takes the default item, or gets its own."""

    ASK = "ask"
    DEFAULT_ITEM = "default"
    CREATE = "create"


@dataclass(frozen=True, slots=True)
class HaloItem:
    """An item in HaloPSA, which stands on an invoice line."""

    item_id: int
    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """What an integration's charges name, over all periods that were read.

    `key` tells products apart: the SKU, or the name where there is none. `name` is that of the newest charge.
    `item_id` is the item that a person mapped it to, None when nobody did; `item` its name of then.
    """

    key: str
    name: str
    sku: str
    charges: int
    first_period: str
    last_period: str
    item_id: int | None = None
    item: str = ""
    mapped_by: str = ""
    mapped_at: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item to create in HaloPSA. Money in the currency of the instance."""

    name: str
    code: str
    cost: Decimal = Decimal(0)
    price: Decimal = Decimal(0)
