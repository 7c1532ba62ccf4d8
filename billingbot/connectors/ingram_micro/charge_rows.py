"""The rows of an invoice as charges: its lines, its miscellaneous charges, its freight.

Freight may stand among the miscellaneous charges, in the totals, or in both: the totals count where no miscellaneous
charge is freight. A miscellaneous charge TAX is the tax of the lines: it counts where the lines have none.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from billingbot.connectors.azure import azure_name
from billingbot.connectors.json_row import JsonRow
from billingbot.domain.charge import Charge, ChargeKind

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Head:
    """What all charges of an invoice have in common."""

    number: str
    company_id: str
    company: str
    note: str
    is_credit: bool
    currency: str

    def fee(self, part: str, product: str, cost: Decimal, raw: Mapping[str, Any]) -> Charge:
        """Return a charge of the whole invoice; below zero, or on a credit, it is a credit."""
        return Charge(
            charge_id=f"{self.number}/{part}",
            company_id=self.company_id,
            company=self.company,
            kind=ChargeKind.CREDIT if self.is_credit or cost < 0 else ChargeKind.FEE,
            term="",
            azure="",
            product=product,
            sku="",
            description=self.note,
            subscription_id="",
            quantity=Decimal(1),
            unit="",
            unit_cost=None,
            unit_price=None,
            cost=cost,
            price=cost,
            tax=_ZERO,
            fee=_ZERO,
            currency=self.currency,
            start=None,
            end=None,
            raw=raw,
        )


def charges_of(head: Head, detail: JsonRow) -> list[Charge]:
    """Return all charges of an invoice but its discount. Raises `UpstreamSchemaError`."""
    lines = list(_lines(head, detail.rows("lines", "ingramLineNumber")))
    taxed = any(line.tax for line in lines)
    return [*lines, *_extras(head, detail.row("summary"), taxed)]


def _lines(head: Head, rows: list[JsonRow]) -> Iterator[Charge]:
    seen: Counter[str] = Counter()
    for row in rows:
        number = row.text("ingramLineNumber")
        seen[number] += 1
        yield _line(head, number if seen[number] == 1 else f"{number}/{seen[number]}", row)


def _line(head: Head, part: str, row: JsonRow) -> Charge:
    sku = row.optional_text("vendorPartNumber") or row.optional_text("ingramPartNumber") or ""
    product = row.optional_text("productDescription") or sku
    plain = replace(head, currency=row.text("currencyCode").upper()).fee(
        part, product, row.amount("extendedPrice"), row.data
    )
    return replace(
        plain,
        kind=plain.kind if plain.kind is ChargeKind.CREDIT else ChargeKind.ONE_TIME,
        azure="The description of the product says Azure." if azure_name([product]) else "",
        sku=sku,
        quantity=row.amount("quantity"),
        unit=row.optional_text("unitOfMeasure") or "",
        unit_cost=row.optional_amount("unitPrice"),
        tax=row.optional_amount("taxAmount") or _ZERO,
    )


def _extras(head: Head, summary: JsonRow, taxed: bool) -> Iterator[Charge]:
    is_freight_told = False
    for place, came in enumerate(_misc_rows(summary), 1):
        row = _small_keys(came)
        product, amount = row.text("chargeDescription"), row.amount("miscChargeLineTotal")
        is_freight_told = is_freight_told or "freight" in product.casefold()
        fee = head.fee(f"misc-{place}", product, amount, came.data)
        if product.strip().casefold() != "tax":
            yield fee
        elif amount and not taxed:
            yield replace(fee, cost=_ZERO, price=_ZERO, tax=amount)
    totals = summary.row("totals")
    freight = totals.optional_amount("freightAmount")
    if freight and not is_freight_told:
        yield head.fee("freight", "Freight", freight, totals.data)


def _misc_rows(summary: JsonRow) -> list[JsonRow]:
    has_some = summary.data.get("miscCharges") is not None
    return summary.rows("miscCharges", "chargeDescription") if has_some else []


def _small_keys(row: JsonRow) -> JsonRow:
    """Return the row with keys as they are specified: chargeDescription comes as ChargeDescription too."""
    return JsonRow({key[:1].lower() + key[1:]: value for key, value in row.data.items()}, row.source, row.place)
