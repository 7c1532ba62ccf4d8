"""What the list of invoices says about each, and which of them are charged.

The specification shows the status OPEN and names no others. An invoice is charged unless its status says that it is
void or cancelled: one with a status that nobody knows is rather seen and questioned than missed.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from billingbot.connectors.ingram_micro.account import SOURCE
from billingbot.connectors.json_row import JsonRow
from billingbot.domain.period import Period
from billingbot.errors import UpstreamSchemaError

_OFF = re.compile(r"void(ed)?|cancell?ed", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listed:
    """An invoice in the list: its number as the list writes it, its status, and its amount with tax if that is said."""

    number: str
    status: str
    total: Decimal | None


def listed_of(row: JsonRow, period: Period) -> Listed:
    """Return the invoice. Refuse one of another month: the range was ignored, and all invoices ever would follow."""
    number, written = row.text("invoiceNumber"), row.text("invoiceDate")
    day = row.optional_day("invoiceDate") if written else None
    if day is None or Period.of(day) != period:
        sentence = f"invoices of {period} were asked for, and invoice {number} of {day or 'no date'} came."
        raise UpstreamSchemaError(sentence, source=SOURCE)
    return Listed(number, row.optional_text("invoiceStatus") or "", row.optional_amount("invoiceAmountInclTax"))


def counts(listed: Listed) -> bool:
    """Say whether the invoice is charged."""
    return _OFF.fullmatch(listed.status.strip()) is None
