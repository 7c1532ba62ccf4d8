"""An invoice or recurring invoice in HaloPSA with its lines: what charges are sent to, and what a write says of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any


class TargetKind(StrEnum):
    """What it is."""

    INVOICE = "invoice"
    RECURRING = "recurring invoice"


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A line that is there. `key` is what whoever wrote it put there to find it again: ours begin with `BB-`; or "".

    `item_id` is None where HaloPSA names none. `raw` is the row as it came, to be written back as it is. `inactive`: it
    is switched off, as those are that were taken back.
    """

    line_id: int
    key: str
    description: str
    quantity: Decimal
    unit_price: Decimal
    unit_cost: Decimal
    item_id: int | None
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False, hash=False)
    inactive: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """An invoice or recurring invoice as it is now. `reference` is the unique one that we gave it, or "".

    `refusal` says why it cannot take charges, "" when it can. `voided` is never true of a recurring invoice.
    `currency` is "" where HaloPSA does not say it.
    """

    kind: TargetKind
    invoice_id: int
    client_id: int
    number: str
    reference: str
    currency: str
    refusal: str
    voided: bool
    total: Decimal
    lines: tuple[TargetLine, ...]


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """What is written of one of our lines. `line_id` is that of the line it takes the place of, None for a new one.

    A line is taken back by writing it with quantity and amounts 0: HaloPSA may keep lines that a write leaves out.
    """

    key: str
    description: str
    quantity: Decimal
    unit_price: Decimal
    unit_cost: Decimal
    item_id: int | None
    line_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewInvoice:
    """An invoice to create. `reference` is unique, and how it is found again; `title` is what people read."""

    client_id: int
    reference: str
    title: str
    day: date
    lines: Sequence[WrittenLine]
