"""What a plan shows: what happens to how many clients, each client, and the lines and charges of the chosen one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from html import escape
from typing import Any, Literal

import streamlit as st

from billingbot.domain.plan import LineChange, Plan, PlanAction, PlannedInvoice
from billingbot.jobs.plan_remarks import NOT_FINAL
from billingbot.ui.dialogs.picking import Look, draw_picker, draw_search
from billingbot.ui.money import amount_format, money
from billingbot.ui.sending.line_view import draw_charges
from billingbot.ui.sending.plan_tables import invoice_table, planned_lines
from billingbot.ui.sending.plan_words import ActionSummary, against, asking, changed, refusals, summaries
from billingbot.ui.sending.state import OpenPlan
from billingbot.ui.wording import bold, count, plain

_COUNT = st.column_config.NumberColumn(format="localized", width=68)
_NAMES_SHOWN = 12
_REASONS_SHOWN = 5
_ASKS_HEIGHT = 220
_ASKS_UNSCROLLED = 3
_CLIENTS = Look(
    "Clients of the plan",
    "client_id",
    ["Client", "Action", "Target", "Add", "Change", "Remove", "Keep", "Cost", "Price", "Currency", "Against"],
    ["Client", "Target", "Against"],
    {
        "Client": st.column_config.TextColumn(width=220),
        "Action": st.column_config.TextColumn(width=80),
        "Target": st.column_config.TextColumn(width=120),
        **{change.value: _COUNT for change in LineChange},
        "Currency": st.column_config.TextColumn(width=75),
        "Against": st.column_config.TextColumn("What speaks against it", width=420),
    },
)
_LINES = Look(
    "Lines",
    "key",
    ["Change", "Description", "Item", "Quantity", "Unit price", "Price", "In HaloPSA now", "Charges"],
    ["Description", "Item"],
    {
        "Change": st.column_config.TextColumn(width=75),
        "Description": st.column_config.TextColumn(width=300),
        "Item": st.column_config.TextColumn(width=190),
        "Quantity": st.column_config.TextColumn(width=80, alignment="right"),
        "Unit price": st.column_config.TextColumn(width=90, alignment="right"),
        "In HaloPSA now": st.column_config.TextColumn(width=210),
        "Charges": _COUNT,
    },
)


def draw_plan(opened: OpenPlan, plan: Plan) -> None:
    """Draw all of the plan."""
    _draw_summary(plan)
    if any(NOT_FINAL in invoice.notes for invoice in plan.invoices):
        st.info(NOT_FINAL, icon=":material/event_upcoming:")
    _draw_refusals(plan)
    _draw_asks(opened, plan)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        action = _pick_action(opened, plan)
        if action is not opened.action:
            opened.action, opened.clients.table = action, opened.clients.table + 1
        shown = [invoice for invoice in plan.invoices if action in (None, invoice.action)]
        draw_search(opened.clients, len(plan.invoices), opened.key("search"), "Search clients, targets and reasons")
    client_id = draw_picker(invoice_table(shown), _look(plan), opened.clients, opened.key("clients")) if shown else None
    chosen = next((invoice for invoice in shown if invoice.client_id == client_id), None)
    with st.container(key="plan-chosen", gap="small"):
        if chosen is None:
            st.caption("Click a client to see its lines, and the charges behind them.")
        else:
            _draw_chosen(opened, chosen)


def _look(plan: Plan) -> Look:
    """Return how clients are shown: without the columns in which no client of the plan has anything."""
    idle = {change.value for change in LineChange if not any(changed(invoice, change) for invoice in plan.invoices)}
    if not any(against(invoice) for invoice in plan.invoices):
        idle.add("Against")
    shown = [column for column in _CLIENTS.shown if column not in idle]
    amount = _amount(invoice.currency for invoice in plan.invoices)
    return replace(_CLIENTS, shown=shown, config={**_CLIENTS.config, "Cost": amount, "Price": amount})


def _amount(currencies: Iterable[str]) -> Any:
    return st.column_config.NumberColumn(format=amount_format(currencies), width=95)


def _draw_summary(plan: Plan) -> None:
    body = "".join(_summary_row(one) for one in summaries(plan))
    heads = ("Clients", *(f"Lines to {change.value.lower()}" for change in LineChange), "Cost", "Price")
    st.html(
        '<table class="figures-table plan-summary"><thead><tr><th>Action</th>'
        f"{''.join(f'<th>{head}</th>' for head in heads)}</tr></thead><tbody>{body}</tbody></table>"
    )


def _summary_row(one: ActionSummary) -> str:
    counts = (one.clients, *(one.lines[change] for change in LineChange))
    cells = (*(f"{number:,}" for number in counts), _amounts(one.costs), _amounts(one.prices))
    return f"<tr><th>{one.action.value}</th>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def _amounts(sums: Mapping[str, Decimal]) -> str:
    return ", ".join(money(amount, currency) for currency, amount in sums.items()) or "–"


def _pick_action(opened: OpenPlan, plan: Plan) -> PlanAction | None:
    there = [one.action for one in summaries(plan)]
    figures = {one.action: one.clients for one in summaries(plan)}
    picked: PlanAction | None = st.pills(
        "Show",
        there,
        format_func=lambda action: f"{action.value} **{figures[action]:,}**",
        key=opened.key("action"),
        label_visibility="collapsed",
        width="content",
    )
    return picked


def _draw_chosen(opened: OpenPlan, invoice: PlannedInvoice) -> None:
    """Draw what becomes of a client: in a sentence, what is worth reading, its lines, and the charges behind them."""
    total = f" · {money(invoice.total, invoice.currency)}" if invoice.lines else ""
    st.markdown(f"{bold(invoice.client)} · {invoice.action.value}{total}")
    # That of the whole month is said above.
    for sentence in filter(None, (invoice.refusal, *(note for note in invoice.notes if note != NOT_FINAL))):
        st.caption(plain(sentence))
    key = None
    if invoice.lines:
        lines = opened.lines_of(invoice.client_id)
        look = replace(_LINES, config={**_LINES.config, "Price": _amount([invoice.currency])})
        key = draw_picker(planned_lines(invoice), look, lines, opened.key(f"lines-{invoice.client_id}"))
    draw_charges(invoice.lines, invoice.dropped, key, opened.key(f"charges-{invoice.client_id}"))


def _draw_refusals(plan: Plan) -> None:
    """Say who is refused and why, the same reason once."""
    found = refusals(plan)
    if not found:
        return
    lines = [
        f"- {plain(one.sentence)} {count(len(one.clients), 'client')}: {_names(one.clients)}"
        for one in found[:_REASONS_SHOWN]
    ]
    more = sum(len(one.clients) for one in found[_REASONS_SHOWN:])
    lines += [f"- For other reasons: {count(more, 'client')}. The table has them."] if more else []
    refused = sum(len(one.clients) for one in found)
    st.warning(f"**{count(refused, 'client')} refused, and not sent:**\n" + "\n".join(lines), icon=":material/block:")


def _names(clients: Sequence[str]) -> str:
    more = f" and {len(clients) - _NAMES_SHOWN:,} more" if len(clients) > _NAMES_SHOWN else ""
    listed = f"{', '.join(plain(name) for name in clients[:_NAMES_SHOWN])}{more}"
    return listed if listed.endswith(".") else f"{listed}."


def _draw_asks(opened: OpenPlan, plan: Plan) -> None:
    """Draw what a person has to agree to, a box a client."""
    found = asking(plan)
    if not found:
        return
    st.markdown(f"**{count(len(found), 'client')} to agree to**: what is not ticked is not sent.")
    height: Literal["content"] | int = _ASKS_HEIGHT if len(found) > _ASKS_UNSCROLLED else "content"
    with st.container(key="plan-asks", border=True, gap="small", height=height):
        for invoice in found:
            # Without markup: screen readers get a label as it is written.
            label = f"{plain(invoice.client)}, {money(invoice.total, invoice.currency)}: send it all the same"
            with st.container(gap="xxsmall"):
                key = opened.key(f"agree-{invoice.client_id}")
                opened.agree(invoice, st.checkbox(label, invoice.client_id in opened.confirmed, key=key))
                st.caption(" ".join(plain(sentence) for sentence in invoice.asks))
