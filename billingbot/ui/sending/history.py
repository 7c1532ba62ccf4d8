"""What was sent to HaloPSA for a month: the ledger, and of the chosen entry its lines and the charges behind them."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.domain.ledger import LedgerEntry
from billingbot.domain.period import Period
from billingbot.ui.dialogs.picking import Choice, Look, draw_picker, draw_search
from billingbot.ui.sending.entry_view import draw_entry, title_words
from billingbot.ui.sending.ledger_look import CONFIG, ledger_look
from billingbot.ui.sending.ledger_tables import ledger_table
from billingbot.ui.wording import bold, plain

_LIMIT = 2000
_SHOWN = [
    "When (UTC)",
    "Who",
    "Client",
    "Invoice",
    "Total",
    "Currency",
    "State",
    "Action",
    "Lines",
    "Worth knowing",
]
_LOOK = Look("Sent to HaloPSA", "entry_id", _SHOWN, ["Client", "Invoice", "Who", "State", "Worth knowing"], CONFIG)


def draw_history(app: App, integration: Integration, period: Period) -> None:
    """Draw what was sent for the month, newest first, and the chosen entry below it."""
    entries = app.store.ledger(integration.key, period, limit=_LIMIT)
    if not entries:
        st.info(
            f"Nothing of {plain(integration.name)}'s charges of {period} was sent to HaloPSA yet. "
            "Tick clients and press **Plan**.",
            icon=":material/receipt_long:",
        )
        return
    prefix = f"ledger-{integration.key}-{period}"
    choice: Choice[str] = st.session_state.setdefault(f"{prefix}-choice", Choice())
    draw_search(choice, len(entries), f"{prefix}-search", f"Search {len(entries):,} by client, invoice or state")
    # A new entry makes other rows of the same numbers: another widget.
    look = replace(_LOOK, config=ledger_look(entry.currency for entry in entries))
    picked = draw_picker(ledger_table(entries), look, choice, f"{prefix}-{entries[0].entry_id}-{len(entries)}")
    if len(entries) >= _LIMIT:
        st.caption(f"The newest {_LIMIT:,}.")
    _draw_picked(entries, picked)


def _draw_picked(entries: Sequence[LedgerEntry], picked: str | None) -> None:
    with st.container(key="ledger-entry", gap="small"):
        entry = next((one for one in entries if one.entry_id == picked), None)
        if entry is None:
            st.caption("Click a row to see its lines, the charges behind them, and what rules dropped.")
        else:
            st.markdown(f"{bold(entry.client)} · {plain(title_words(entry))}")
            draw_entry(entry, f"ledger-{entry.entry_id}")
