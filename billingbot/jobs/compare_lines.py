"""One line as it should be beside the same line as HaloPSA has it: what of it is another one, and how that is said."""

from collections.abc import Collection
from decimal import Decimal
from enum import Enum, auto

from billingbot.domain.billing import InvoiceLine
from billingbot.domain.ledger import LedgerLine
from billingbot.domain.target import TargetLine


class LinePart(Enum):
    """What of a line is compared."""

    AMOUNT = auto()
    UNIT_COST = auto()
    ITEM = auto()
    DESCRIPTION = auto()
    SWITCH = auto()


def unlike(wanted: InvoiceLine | LedgerLine, item_id: int | None, there: TargetLine) -> list[LinePart]:
    """Return what of the line in HaloPSA is not as it should be, in the order of `LinePart`.

    `item_id` None: no item was sent, and whatever is there is right.
    """
    same = {
        LinePart.AMOUNT: (there.quantity, there.unit_price) == (wanted.quantity, wanted.unit_price),
        LinePart.UNIT_COST: there.unit_cost == wanted.unit_cost,
        LinePart.ITEM: item_id is None or there.item_id == item_id,
        LinePart.DESCRIPTION: there.description == wanted.description,
        LinePart.SWITCH: not there.inactive,
    }
    return [part for part in LinePart if not same[part]]


def was_words(parts: Collection[LinePart], there: TargetLine) -> str:
    """Say what HaloPSA has of a line of which these parts are to change: its amount, and what else is worth saying."""
    said = [in_words(there)]
    if LinePart.AMOUNT not in parts:
        item = "none" if there.item_id is None else f"{there.item_id}"
        words = {
            LinePart.UNIT_COST: f"another unit cost: {number(there.unit_cost)}",
            LinePart.ITEM: f"another item: {item}",
            LinePart.DESCRIPTION: f"another description: {there.description or 'none'}",
        }
        said += [words[part] for part in LinePart if part in parts and part in words]
    if LinePart.SWITCH in parts:
        said.append("switched off")
    return ", ".join(said)


def difference(part: LinePart, wanted: LedgerLine, there: TargetLine) -> str:
    """Say, in a sentence, how a part of the line in HaloPSA differs from what was sent."""
    name = wanted.description
    match part:
        case LinePart.AMOUNT:
            sent = f"{number(wanted.quantity)} × {number(wanted.unit_price)}"
            return f"HaloPSA has {in_words(there)} where {sent} was sent: {name}."
        case LinePart.UNIT_COST:
            costs = f"{number(there.unit_cost)} where {number(wanted.unit_cost)}"
            return f"HaloPSA has the unit cost {costs} was sent: {name}."
        case LinePart.ITEM:
            has = "no item" if there.item_id is None else f"item {there.item_id}"
            return f"HaloPSA has {has} where item {wanted.item_id} was sent: {name}."
        case LinePart.DESCRIPTION:
            cut = bool(there.description) and name.startswith(there.description)
            does = "cut the description to" if cut else "has the description"
            return f"HaloPSA {does} “{there.description}”: {name}."
        case LinePart.SWITCH:
            return f"HaloPSA has switched the line off: {name}."


def in_words(line: TargetLine) -> str:
    """Return quantity and unit price: "3 × 3.33"."""
    return f"{number(line.quantity)} × {number(line.unit_price)}"


def number(amount: Decimal) -> str:
    """Return the amount without zeros that say nothing: 12 and 12.0 are the same.

    >>> number(Decimal("12.50")), number(Decimal("-0.0"))
    ('12.5', '0')
    """
    return f"{amount.normalize() + 0:f}"
