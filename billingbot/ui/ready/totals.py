"""The totals of a month at the top of the page, a row a currency: currencies are never added up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

import streamlit as st

from billingbot.billing.rounding import exact_sum
from billingbot.jobs.billing_rows import BillingRow, Standing, margin_percent
from billingbot.ui.money import figure
from billingbot.ui.wording import count


@dataclass(frozen=True, slots=True)
class Totals:
    """What the lines of all clients come to in a currency, and how much of the price is ready, and sent."""

    currency: str
    clients: int
    lines: int
    cost: Decimal
    price: Decimal
    ready: Decimal = Decimal(0)
    sent: Decimal = Decimal(0)


def totals_of(rows: Iterable[BillingRow]) -> list[Totals]:
    """Return the totals of each currency in which there are lines, in the order of the currencies."""
    with_lines = [row for row in rows if row.lines]
    return [
        _totals(currency, [row for row in with_lines if row.currency == currency])
        for currency in sorted({row.currency for row in with_lines})
    ]


def percent_words(percent: Decimal | None) -> str:
    """Write a margin's share.

    >>> percent_words(Decimal("12.5")), percent_words(None)
    ('12.5 %', '–')
    """
    return "–" if percent is None else f"{percent:,f} %"


def draw_totals(by_currency: Sequence[Totals]) -> None:
    """Draw them."""
    st.html(
        "".join(_html(totals) for totals in by_currency)
        or '<p class="ready-none">Nothing of this month can be billed as it stands.</p>'
    )


def _totals(currency: str, rows: Sequence[BillingRow]) -> Totals:
    return Totals(
        currency,
        len({row.client_id for row in rows}),
        sum(row.lines for row in rows),
        exact_sum(row.cost for row in rows),
        exact_sum(row.price for row in rows),
        exact_sum(row.price for row in rows if row.standing is Standing.READY),
        exact_sum(row.price for row in rows if row.standing is Standing.SENT),
    )


def _html(totals: Totals) -> str:
    currency = totals.currency
    percent = percent_words(margin_percent(totals.cost, totals.price))
    margin = totals.price - totals.cost
    figures = [
        ("Price", figure(totals.price, currency), f"{count(totals.lines, 'line')}, {count(totals.clients, 'client')}"),
        ("Cost", figure(totals.cost, currency), ""),
        ("Margin", figure(margin, currency), f"{percent} of the price"),
        ("Ready", figure(totals.ready, currency), "can be sent"),
        ("Sent", figure(totals.sent, currency), "is in HaloPSA"),
    ]
    return (
        f'<dl class="ready-totals" aria-label="Totals in {escape(currency)}">'
        f'<div class="ready-currency"><dt>Currency</dt><dd>{escape(currency)}</dd></div>'
        + "".join(
            f'<div class="{"is-loss" if name == "Margin" and margin < 0 else ""}"><dt>{name}</dt>'
            f"<dd>{value}<span>{note}</span></dd></div>"
            for name, value, note in figures
        )
        + "</dl>"
    )
