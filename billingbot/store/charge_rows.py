"""A charge as a row of the table, and back. Amounts travel as text to the database, which makes decimals of them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from billingbot.domain.charge import Charge, ChargeKind
from billingbot.errors import DomainError
from billingbot.store.amounts import AMOUNT, is_exact
from billingbot.store.json_text import json_text, json_value

_TEXT, _AMOUNT, _DAY = "varchar", AMOUNT, "date"
COLUMNS: Mapping[str, str] = {
    "charge_id": _TEXT,
    "company_id": _TEXT,
    "company": _TEXT,
    "kind": _TEXT,
    "term": _TEXT,
    "azure": _TEXT,
    "product": _TEXT,
    "sku": _TEXT,
    "description": _TEXT,
    "subscription_id": _TEXT,
    "quantity": _AMOUNT,
    "unit": _TEXT,
    "unit_cost": _AMOUNT,
    "unit_price": _AMOUNT,
    "cost": _AMOUNT,
    "price": _AMOUNT,
    "tax": _AMOUNT,
    "fee": _AMOUNT,
    "currency": _TEXT,
    "start_day": _DAY,
    "end_day": _DAY,
    "raw": _TEXT,
}
"""Name → SQL type, in the order of the fields of `Charge`."""
_KIND, _RAW = (list(COLUMNS).index(name) for name in ("kind", "raw"))


def charge_frame(charges: Sequence[Charge]) -> pd.DataFrame:
    """Return the charges as text, one row each. Raises `DomainError` for an amount that cannot be kept exactly."""
    rows = [_row(charge) for charge in charges]
    columns = zip(*rows, strict=True) if rows else [()] * len(COLUMNS)
    return pd.DataFrame(
        {name: pd.Series(values, dtype="object") for name, values in zip(COLUMNS, columns, strict=True)}
    )


def charge_of(row: tuple[Any, ...]) -> Charge:
    """Return the charge of a row with all columns, in their order; `raw` may be left out, as ""."""
    values = list(row)
    values[_KIND], values[_RAW] = ChargeKind(values[_KIND]), json_value(values[_RAW]) if values[_RAW] else {}
    return Charge(*values)


def _row(charge: Charge) -> tuple[str | None, ...]:
    return (
        charge.charge_id,
        charge.company_id,
        charge.company,
        charge.kind.value,
        charge.term,
        charge.azure,
        charge.product,
        charge.sku,
        charge.description,
        charge.subscription_id,
        _amount(charge, charge.quantity),
        charge.unit,
        None if charge.unit_cost is None else _amount(charge, charge.unit_cost),
        None if charge.unit_price is None else _amount(charge, charge.unit_price),
        _amount(charge, charge.cost),
        _amount(charge, charge.price),
        _amount(charge, charge.tax),
        _amount(charge, charge.fee),
        charge.currency,
        None if charge.start is None else charge.start.isoformat(),
        None if charge.end is None else charge.end.isoformat(),
        json_text(charge.raw),
    )


def _amount(charge: Charge, amount: Decimal) -> str:
    """Return the amount without an exponent. The database would round decimals that are too many, and not say so."""
    if not is_exact(amount):
        raise DomainError(f"The charge {charge.charge_id} has the amount {amount:.30}, which cannot be kept exactly.")
    return f"{amount:f}"
