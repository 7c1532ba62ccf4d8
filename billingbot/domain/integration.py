"""A configured distributor and the defaults that its clients inherit."""

from dataclasses import dataclass, field
from enum import StrEnum

from billingbot.domain.product import ProductMode


class Assignment(StrEnum):
    """How charges reach HaloPSA."""

    NEW = "new"
    LAST = "last"
    RECURRING = "recurring"


@dataclass(frozen=True, slots=True)
class Modifiers:
    """Billing rules of an integration; a client may override them."""

    drop_azure: bool = False
    collapse_azure: bool = False
    drop_favorable_prorates: bool = False
    drop_zero_dollar: bool = False


@dataclass(frozen=True, slots=True)
class Integration:
    """A configured distributor. `key` is the adapter's (`pax8`), `name` what the page shows.

    `threshold` is the name similarity, 0..100, from which a pair may be linked; `guards` off means the bare rule.
    `refresh_at` is when it is refreshed each day, as `06:30` in the MSP's time zone; "" is never by itself.
    `default_item_id` is the HaloPSA item of products that have none of their own, `default_item` its name of then.
    """

    key: str
    name: str
    threshold: int = 90
    guards: bool = True
    assignment: Assignment = Assignment.NEW
    modifiers: Modifiers = field(default_factory=Modifiers)
    version: int = 1
    refresh_at: str = ""
    product_mode: ProductMode = ProductMode.ASK
    default_item_id: int | None = None
    default_item: str = ""
