"""The waterfall as a table whose rows have bars: what came in, what became of it, and what goes out.

It is a table first, so that it reads the same in every theme, by a screen reader and on paper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

import streamlit as st

from billingbot.billing.waterfall import CHARGES_IN, LINES_OUT, PROBLEMS, UNASSIGNED
from billingbot.domain.billing import Amount, WaterfallStep
from billingbot.ui.money import figure
from billingbot.ui.ready.totals import Totals
from billingbot.ui.sending.charge_table import exact as exactly

_LOOKS: Mapping[str, str] = {CHARGES_IN: "in", LINES_OUT: "out", UNASSIGNED: "unassigned", PROBLEMS: "waiting"}
_NOTHING = Amount(0, Decimal(0), Decimal(0))
_HUNDRED = Decimal(100)
_PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: a step's amount, and where its bar begins and how long it is, in percent of the width."""

    name: str
    amount: Amount
    start: Decimal
    length: Decimal


def bars(steps: Sequence[WaterfallStep], currency: str) -> list[Bar]:
    """Return the rows of a currency: what came in, the steps under which anything falls, and what goes out.

    The bar of what came in begins at nothing. Each following one takes its price away from where the former ended, so
    that a credit that is dropped leads to the right; the last one begins at nothing again.
    """
    amounts = [(step.name, step.amounts.get(currency, _NOTHING)) for step in steps]
    shown = [(name, amount) for name, amount in amounts if amount.count or name in (CHARGES_IN, LINES_OUT)]
    spans: list[tuple[Decimal, Decimal]] = []
    left = Decimal(0)
    for name, amount in shown:
        if name in (CHARGES_IN, LINES_OUT):
            spans.append((Decimal(0), amount.price))
            left = amount.price
        else:
            spans.append((left, left - amount.price))
            left -= amount.price
    least, most = min(min(span) for span in spans), max(max(span) for span in spans)
    width = most - least or Decimal(1)
    return [
        Bar(name, amount, _percent(min(span) - least, width), _percent(abs(span[1] - span[0]), width))
        for (name, amount), span in zip(shown, spans, strict=True)
    ]


def currencies_of(steps: Sequence[WaterfallStep]) -> list[str]:
    """Return the currencies of what came in, that of most charges first."""
    came_in = steps[0].amounts
    return sorted(came_in, key=lambda currency: (-came_in[currency].count, currency))


def draw_waterfall(steps: Sequence[WaterfallStep], lines: Mapping[str, Totals], key: str) -> None:
    """Draw it, with a choice of the currency where there are several.

    Args:
        steps: of the month.
        lines: what the lines come to, rounded, by currency.
        key: of the choice.
    """
    currencies = currencies_of(steps)
    currency = currencies[0]
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html('<h2 class="ready-head">From charges to invoice lines</h2>', width="content")
        if len(currencies) > 1:
            currency = st.segmented_control(
                "Currency", currencies, default=currency, key=key, required=True, label_visibility="collapsed"
            )
    rows = bars(steps, currency)
    st.html(_html(rows, currency))
    if sentence := rounding_words(rows[-1].amount, lines.get(currency)):
        st.caption(sentence)


def rounding_words(exact: Amount, lines: Totals | None) -> str:
    """Say by how much the lines differ from the charges in them, because each line is rounded; "" for not at all.

    >>> rounding_words(Amount(1, Decimal("1.004"), Decimal(2)), Totals("USD", 1, 1, Decimal(1), Decimal(2)))
    'Each line is rounded to what can be paid. That changes the sum: cost -0.004.'
    """
    if lines is None:
        return ""
    changes = {"price": lines.price - exact.price, "cost": lines.cost - exact.cost}
    said = [f"{name} {'+' if change > 0 else ''}{exactly(change)}" for name, change in changes.items() if change]
    return f"Each line is rounded to what can be paid. That changes the sum: {', '.join(said)}." if said else ""


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return (part * _HUNDRED / whole).quantize(_PLACES)


def _html(rows: Sequence[Bar], currency: str) -> str:
    body = "".join(
        f'<tr class="flow-{_LOOKS.get(row.name, "rule")}"><th scope="row">{escape(row.name)}</th>'
        f'<td class="bar" aria-hidden="true"><div style="margin-left:{row.start}%;width:{row.length}%"></div></td>'
        f"<td>{row.amount.count:,}</td><td>{figure(row.amount.cost, currency)}</td>"
        f"<td>{figure(row.amount.price, currency)}</td>"
        f"<td>{figure(row.amount.price - row.amount.cost, currency)}</td></tr>"
        for row in rows
    )
    return (
        '<table class="waterfall"><caption class="unseen">Each charge is in exactly one of the rows below the first, '
        f"which is their sum. Amounts in {escape(currency)}.</caption>"
        '<thead><tr><th scope="col">Step</th><th scope="col" class="bar" aria-hidden="true"></th>'
        '<th scope="col">Charges</th>'
        f'<th scope="col">Cost</th><th scope="col">Price {escape(currency)}</th><th scope="col">Margin</th></tr>'
        f"</thead><tbody>{body}</tbody></table>"
    )
