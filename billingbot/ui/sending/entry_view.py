"""One entry of the ledger in full: who sent what and when, its lines, and the charges behind each line."""

from dataclasses import replace

import streamlit as st

from billingbot.domain.ledger import OPEN, LedgerEntry, SentState
from billingbot.ui.activity.words import who_words
from billingbot.ui.dialogs.picking import Choice, Look, draw_picker
from billingbot.ui.money import amount_format, money
from billingbot.ui.sending.ledger_tables import STATE_WORDS, invoice_words, sent_lines
from billingbot.ui.sending.line_view import draw_charges
from billingbot.ui.sending.plan_words import HASH_SHOWN
from billingbot.ui.wording import iso, plain

_LOOK = Look(
    "Lines",
    "key",
    ["Description", "Quantity", "Unit price", "Price", "Cost", "Charges", "key"],
    [],
    {
        "Description": st.column_config.TextColumn(width=300),
        "Quantity": st.column_config.TextColumn(width=80, alignment="right"),
        "Unit price": st.column_config.TextColumn(width=90, alignment="right"),
        "Charges": st.column_config.NumberColumn(format="localized", width=70),
        "key": st.column_config.TextColumn("Reference on the line", width=290),
    },
)


def draw_entry(entry: LedgerEntry, prefix: str) -> None:
    """Draw what is to be known of the entry, below its client's name. `prefix` begins the widgets' keys."""
    st.caption(plain(trace_words(entry)))
    if entry.error:
        (st.warning if entry.state in OPEN else st.error)(plain(entry.error), icon=":material/error:")
    if entry.differences:
        lines = "\n".join(f"- {plain(sentence)}" for sentence in entry.differences)
        st.warning(f"**HaloPSA made something else of it:**\n{lines}", icon=":material/difference:")
    key = None
    if entry.lines:
        choice: Choice[str] = st.session_state.setdefault(f"{prefix}-choice", Choice())
        key = draw_picker(sent_lines(entry), _look(entry.currency), choice, f"{prefix}-lines")
    draw_charges(entry.lines, entry.dropped, key, f"{prefix}-charges")


def title_words(entry: LedgerEntry) -> str:
    """Say what was done: "Create INV-0012 · USD 12.00 · Sent"."""
    invoice = invoice_words(entry)
    done = f"{entry.action.value} {invoice}".strip()
    return f"{done} · {money(entry.total, entry.currency)} · {STATE_WORDS[entry.state]}"


def trace_words(entry: LedgerEntry) -> str:
    """Say by whom, when, from which plan, under which reference, and the so manieth sending it was after the first."""
    ended = f" to {entry.ended_at:%H:%M:%S}" if entry.ended_at else ""
    parts = [
        f"Sent by {who_words(entry.actor)}" if entry.state is SentState.SENT else f"Tried by {who_words(entry.actor)}",
        f"{iso(entry.started_at)}{ended}",
        f"charges of {entry.period}",
        f"plan {entry.plan_hash[:HASH_SHOWN]}",
        f"reference {entry.reference}" if entry.reference else "",
        f"{_ordinal(entry.revision)} sending" if entry.revision > 1 else "",
    ]
    return " · ".join(filter(None, parts))


def _look(currency: str) -> Look:
    amount = st.column_config.NumberColumn(format=amount_format([currency]), width=95)
    return replace(_LOOK, config={**_LOOK.config, "Cost": amount, "Price": amount})


def _ordinal(number: int) -> str:
    """Return the number as one counts: 1st, 2nd, 3rd, 4th.

    >>> _ordinal(3), _ordinal(12), _ordinal(21)
    ('3rd', '12th', '21st')
    """
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
