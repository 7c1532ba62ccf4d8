"""Lines of ours, and what a target says of them once they are there."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from billingbot.domain.target import NewInvoice, Target, TargetLine, WrittenLine

DAY = date(2026, 11, 1)


def written(
    key: str, quantity: str = "2", price: str = "12.5", cost: str = "10", item_id: int | None = None
) -> WrittenLine:
    amounts = (Decimal(quantity), Decimal(price), Decimal(cost))
    return WrittenLine(f"BB-pax8-{key}", f"Product {key}", *amounts, item_id)


def in_place_of(line: TargetLine, new: WrittenLine) -> WrittenLine:
    return replace(new, line_id=line.line_id)


def taken_back(line: TargetLine) -> WrittenLine:
    return WrittenLine(line.key, line.description, Decimal(0), Decimal(0), Decimal(0), None, line.line_id)


def new_invoice(client_id: int, *lines: WrittenLine, reference: str = "BB-pax8-2026-11-1") -> NewInvoice:
    return NewInvoice(client_id, reference, "Cloud services 2026-11", DAY, lines)


def ours(target: Target) -> dict[str, TargetLine]:
    return {line.key: line for line in target.lines if line.key.startswith("BB-")}


def said(line: WrittenLine | TargetLine) -> tuple[str, str, Decimal, Decimal, Decimal, int | None]:
    """Return what both a written line and one that is there say."""
    return line.key, line.description, line.quantity, line.unit_price, line.unit_cost, line.item_id
