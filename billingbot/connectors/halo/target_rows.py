"""Invoices and recurring invoices with their lines, as HaloPSA has them, and what is written of a line.

`item_external_reference` of a line and `thirdpartyinvoicenumber` of an invoice are free for others than HaloPSA to use.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from billingbot.connectors.halo.rows import invoice_of, recurring_invoice_of
from billingbot.connectors.json_row import JsonRow
from billingbot.domain.target import NewInvoice, Target, TargetKind, TargetLine, WrittenLine
from billingbot.errors import DomainError

# HaloPSA works them out of quantity, price and tax: those of a line that changes are no longer true.
_FOLLOWS = frozenset(
    {
        "net_amount",
        "net_amount_converted",
        "net_total",
        "tax_amount",
        "total_discount",
        "total_net_total",
        "total_price",
        "total_price_converted",
        "total_tax",
        "total_tax_converted",
    }
)


def target_of(kind: TargetKind, row: JsonRow, today: date) -> Target:
    """Return the target. Raises `UpstreamSchemaError`, also when the row comes without its lines.

    Args:
        kind: which of both it is.
        row: the header with its lines.
        today: a recurring invoice that ended before cannot take charges.
    """
    is_invoice = kind is TargetKind.INVOICE
    return Target(
        kind=kind,
        invoice_id=row.integer("id"),
        client_id=row.integer("client_id"),
        number=row.optional_text("invoicenumber") or "",
        reference=row.optional_text("thirdpartyinvoicenumber") or "",
        currency=row.optional_text("currency_code_name") or "",
        refusal=invoice_of(row).refusal if is_invoice else _recurring_refusal(row, today),
        voided=is_invoice and row.flag("voided"),
        total=row.money("total"),
        lines=tuple(map(_line_of, row.rows("lines", "id"))),
    )


def invoice_body(invoice: NewInvoice) -> dict[str, object]:
    """Return what HaloPSA creates the invoice of."""
    return {
        "client_id": invoice.client_id,
        "invoice_date": f"{invoice.day.isoformat()}T00:00:00",
        "reference": invoice.title,
        "thirdpartyinvoicenumber": invoice.reference,
        "lines": [_values(line) for line in invoice.lines],
    }


def lines_body(target: Target, lines: Sequence[WrittenLine]) -> list[dict[str, object]]:
    """Return all lines that the target then has: those that are there in their order, then the new ones.

    Others than `lines` stay as they came. Raises `DomainError` for a line that is to take the place of one that the
    target has not.
    """
    written = {line.line_id: line for line in lines if line.line_id is not None}
    if strangers := written.keys() - {line.line_id for line in target.lines}:
        raise DomainError(f"The {target.kind} {target.invoice_id} has no line {min(strangers)}.")
    there = [_changed(line.raw, written.get(line.line_id)) for line in target.lines]
    return there + [_values(line) for line in lines if line.line_id is None]


def _recurring_refusal(row: JsonRow, today: date) -> str:
    end = row.optional_day("enddate")
    ended = "" if end is None or end >= today else f"Ended on {end}: HaloPSA makes no more invoices from it."
    return recurring_invoice_of(row).refusal or ended


def _line_of(row: JsonRow) -> TargetLine:
    return TargetLine(
        line_id=row.integer("id"),
        key=row.optional_text("item_external_reference") or "",
        description=row.optional_text("item_shortdescription") or "",
        quantity=row.rounded_amount("qty_order"),
        unit_price=row.rounded_amount("unit_price"),
        unit_cost=row.rounded_amount("unit_cost"),
        item_id=None if row.data.get("_itemid") is None else row.integer("_itemid"),
        raw=row.data,
        inactive="isinactive" in row.data and row.flag("isinactive"),
    )


def _changed(raw: Mapping[str, object], line: WrittenLine | None) -> dict[str, object]:
    """Return the row with what is written of it. What others set besides, such as a tax code, stays."""
    if line is None:
        return dict(raw)
    return {key: value for key, value in raw.items() if key not in _FOLLOWS} | _values(line)


def _values(line: WrittenLine) -> dict[str, object]:
    """Return what we say of a line. One that is taken back is inactive; where there is no item, none is named."""
    amounts: dict[str, Decimal] = {
        "qty_order": line.quantity,
        "unit_price": line.unit_price,
        "unit_cost": line.unit_cost,
    }
    item: dict[str, object] = {} if line.item_id is None else {"_itemid": line.item_id}
    return {
        "item_external_reference": line.key,
        "item_shortdescription": line.description,
        **amounts,
        **item,
        "isinactive": not any(amounts.values()),
    }
