"""What the newest month becomes under the settings that Edit Company shows, as they are and as they are switched."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

import streamlit as st

from billingbot.domain.billing import Amount, Rule
from billingbot.domain.client_settings import ClientSettings
from billingbot.domain.integration import Integration
from billingbot.jobs.preview_billing import ClientMonth, CurrencyPreview, preview_billing
from billingbot.ui.money import figure, money
from billingbot.ui.wording import plain

_COLLAPSE = "Collapse Azure Lines"
_WAITING = "Waits for review, or gone"
_OFF = "off"
_NONE = "–"


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the preview, all of it plain text. `quiet`: nothing happens in it. `sum`: it is what the others lead to.

    Which rows there are, and which have a note, is the same whatever is switched: nothing moves under the pointer.
    """

    name: str
    count: str
    cost: str
    price: str
    note: str = ""
    quiet: bool = False
    sum: bool = False
    loss: bool = False

    @property
    def style(self) -> str:
        """Return the classes of the row."""
        marks = {"quiet": self.quiet, "sum": self.sum, "loss": self.loss}
        return " ".join(name for name, on in marks.items() if on)


def draw_billing_preview(month: ClientMonth | None, integration: Integration, wanted: ClientSettings) -> None:
    """Draw what becomes of the month, a table a currency; or why there is nothing to show."""
    name = plain(integration.name)
    if month is None:
        _draw_nothing("Preview", f"No month of {name} was fetched yet. Once one is, this shows what becomes of it.")
        return
    state = "" if month.final else ", may still change"
    heading = f"Preview of {month.period}{state}"
    previews = preview_billing(integration, month, wanted)
    if not month.accounts:
        _draw_nothing(heading, "No company is linked, so there are no charges.")
    elif not previews:
        _draw_nothing(heading, f"{name} charges nothing for this client in {month.period}.")
    else:
        rules = rules_on(wanted, integration)
        waits = _can_wait(month)
        tables = "".join(_table(preview, preview_rows(preview, rules, waits=waits)) for preview in previews)
        st.html(f'<section class="billing-preview"><h4>{escape(heading)}</h4>{tables}</section>')


def rules_on(wanted: ClientSettings, integration: Integration) -> frozenset[str]:
    """Return the names of the rules that hold."""
    modifiers = wanted.effective_modifiers(integration)
    switches = {
        Rule.DO_NOT_INVOICE: wanted.excluded,
        Rule.DROP_AZURE: modifiers.drop_azure,
        Rule.DROP_FAVORABLE_PRORATES: modifiers.drop_favorable_prorates,
        Rule.DROP_ZERO_DOLLAR: modifiers.drop_zero_dollar,
        _COLLAPSE: modifiers.collapse_azure,
    }
    return frozenset(str(rule) for rule, on in switches.items() if on)


def preview_rows(preview: CurrencyPreview, rules: frozenset[str], *, waits: bool) -> list[PreviewRow]:
    """Return the rows, from what comes in to what is left. `waits`: whether charges of the client can wait at all."""
    return list(_rows(preview, rules, waits))


def _rows(preview: CurrencyPreview, rules: frozenset[str], waits: bool) -> Iterator[PreviewRow]:
    currency, lines = preview.currency, preview.lines
    yield _amounts("Charges in", preview.charges, currency)
    for rule in Rule:
        yield _step(rule, preview.dropped[rule], currency, rule in rules, _kept_back(rule, preview))
    if waits:
        yield _step(_WAITING, preview.waiting, currency, True)
    if preview.collapsed:
        yield PreviewRow(_COLLAPSE, f"{preview.collapsed:,} → 1", "", "")
    else:
        yield _nothing(_COLLAPSE, _COLLAPSE in rules)
    yield _amounts("Invoice lines", lines, currency, is_sum=True)
    margin = lines.price - lines.cost
    share = f"{100 * margin / lines.price:.1f} %" if lines.price else ""
    yield PreviewRow("Margin", "", share, figure(margin, currency), sum=True, loss=margin < 0)


def _kept_back(rule: Rule, preview: CurrencyPreview) -> str:
    """Say what a rule keeps from the client or leaves to the MSP."""
    match rule:
        case Rule.DROP_FAVORABLE_PRORATES:
            return f"credit withheld {_amount_or_none(preview.withheld, preview.currency)}"
        case Rule.DROP_ZERO_DOLLAR:
            return f"cost absorbed {_amount_or_none(preview.absorbed, preview.currency)}"
        case _:
            return ""


def _amount_or_none(amount: Decimal, currency: str) -> str:
    return money(amount, currency) if amount else _NONE


def _step(name: str, amount: Amount, currency: str, on: bool, note: str = "") -> PreviewRow:
    return _amounts(name, amount, currency, note) if amount.count else _nothing(name, on, note)


def _amounts(name: str, amount: Amount, currency: str, note: str = "", *, is_sum: bool = False) -> PreviewRow:
    cost, price = figure(amount.cost, currency), figure(amount.price, currency)
    return PreviewRow(name, f"{amount.count:,}", cost, price, note, sum=is_sum)


def _nothing(name: str, on: bool, note: str = "") -> PreviewRow:
    return PreviewRow(name, _NONE if on else _OFF, "", "", note, quiet=True)


def _table(preview: CurrencyPreview, rows: Sequence[PreviewRow]) -> str:
    body = "".join(
        f'<tr class="{row.style}"><th>{escape(row.name)}<small>{escape(row.note)}</small></th>'
        f"<td>{escape(row.count)}</td><td>{escape(row.cost)}</td><td>{escape(row.price)}</td></tr>"
        for row in rows
    )
    heads = ("Number", "Cost", "Price")
    return (
        f'<table class="figures-table"><thead><tr><th>{escape(preview.currency)}</th>'
        f"{''.join(f'<th>{head}</th>' for head in heads)}</tr></thead><tbody>{body}</tbody></table>"
    )


def _draw_nothing(heading: str, sentence: str) -> None:
    with st.container(gap="xxsmall"):
        st.html(f'<section class="billing-preview"><h4>{escape(heading)}</h4></section>')
        st.caption(sentence)


def _can_wait(month: ClientMonth) -> bool:
    return month.client.gone or any(account.review or account.gone for account in month.accounts.values())
