"""Lines and charges of a client as tables: amounts stay `Decimal`, names stay text."""

from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd
import streamlit as st

from billingbot.billing.lines import days_words
from billingbot.billing.rounding import decimals, rounded
from billingbot.domain.billing import InvoiceLine
from billingbot.domain.charge import Charge
from billingbot.jobs.billing_rows import margin_percent
from billingbot.ui.money import figure
from billingbot.ui.sending.charge_table import exact, typed

ROW_HEIGHT = 35
ROWS_SHOWN = 12
# So much of what distributors charge is below a cent.
_PLACES = 4


def line_frame(lines: Sequence[InvoiceLine]) -> pd.DataFrame:
    """Return a row a line, in their order.

    Columns: key · Line · Quantity · Unit price, str · Cost · Price · Margin · Margin %, Decimal or None · Currency
    str · Charges int64.
    """
    rows: list[tuple[object, ...]] = [
        (
            *(line.key, line.description, exact(line.quantity), unit_words(line), line.cost, line.price),
            *(line.price - line.cost, margin_percent(line.cost, line.price), line.currency, len(line.members)),
        )
        for line in lines
    ]
    amounts = dict.fromkeys(("Cost", "Price", "Margin", "Margin %"), "object")
    texts = dict.fromkeys(("key", "Line", "Quantity", "Unit price"), "str")
    return typed(rows, texts | amounts | {"Currency": "str", "Charges": "int64"})


def charge_frame(charges: Sequence[Charge], why: Sequence[str] | None = None) -> pd.DataFrame:
    """Return a row a charge, in their order, as the distributor says it; with why it is not in a line, that first.

    Columns: Why · Product · Company · Kind · Days · Quantity, all str · Cost · Price, Decimal · Currency · Charge, str.
    """
    rows: list[tuple[object, ...]] = [
        (
            *(reason, charge.product, charge.company, charge.kind.value, days_words(charge.start, charge.end)),
            *(f"{exact(charge.quantity)} {charge.unit}".rstrip(), charge.cost, charge.price),
            *(charge.currency, charge.charge_id),
        )
        for charge, reason in zip(charges, why or [""] * len(charges), strict=True)
    ]
    texts = dict.fromkeys(("Why", "Product", "Company", "Kind", "Days", "Quantity"), "str")
    frame = typed(rows, texts | {"Cost": "object", "Price": "object", "Currency": "str", "Charge": "str"})
    return frame if why else frame.drop(columns="Why")


def unit_words(line: InvoiceLine) -> str:
    """Write what a unit costs the client: as it is paid, with more decimals only where it has more."""
    is_paid = rounded(line.unit_price, line.currency) == line.unit_price
    return figure(line.unit_price, line.currency) if is_paid else exact(line.unit_price)


def line_config(lines: Sequence[InvoiceLine]) -> dict[str, Any]:
    """Return how the columns of `line_frame` are drawn."""
    amount = f"%,.{max((decimals(line.currency) for line in lines), default=2)}f"
    return {
        "Line": st.column_config.TextColumn(width=430, help="What the client reads. Click it to see its charges."),
        "Quantity": st.column_config.TextColumn(width=80, alignment="right"),
        "Unit price": st.column_config.TextColumn(width=90, alignment="right"),
        "Cost": st.column_config.NumberColumn(width=100, format=amount),
        "Price": st.column_config.NumberColumn(width=100, format=amount),
        "Margin": st.column_config.NumberColumn(width=100, format=amount),
        "Margin %": st.column_config.NumberColumn(width=80, format="%.1f"),
        "Currency": st.column_config.TextColumn(width=75),
        "Charges": st.column_config.NumberColumn(width=70, format="localized"),
    }


def draw_charges(charges: Sequence[Charge], key: str, name: str, why: Sequence[str] | None = None) -> None:
    """Draw charges, with why each is not in a line; `name` is what the table is called to those who do not see it."""
    amount = f"%,.{_PLACES if any(_is_fine(charge) for charge in charges) else 2}f"
    st.dataframe(
        charge_frame(charges, why),
        key=key,
        hide_index=True,
        column_config={
            "Why": st.column_config.TextColumn(width=250),
            "Product": st.column_config.TextColumn(width=260),
            "Company": st.column_config.TextColumn(width=200),
            "Kind": st.column_config.TextColumn(width=100),
            "Days": st.column_config.TextColumn(width=175),
            "Quantity": st.column_config.TextColumn(width=100, alignment="right"),
            "Cost": st.column_config.NumberColumn(width=100, format=amount),
            "Price": st.column_config.NumberColumn(width=100, format=amount),
            "Currency": st.column_config.TextColumn(width=75),
            "Charge": st.column_config.TextColumn(width=180, help="The distributor's id of it."),
        },
        placeholder="",
        row_height=ROW_HEIGHT,
        height=table_height(len(charges)),
        alt=name,
    )


def table_height(rows: int) -> int | Literal["content"]:
    """Return the height of a table of so many rows: all of them, or as many as fit beside what else there is."""
    return "content" if rows <= ROWS_SHOWN else (ROWS_SHOWN + 1) * ROW_HEIGHT


def _is_fine(charge: Charge) -> bool:
    """Say whether cents do not show the charge exactly."""
    return any(amount != round(amount, 2) for amount in (charge.cost, charge.price))
