"""The list of what was sent to HaloPSA, over all integrations, and beside it the entry that is open."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.history import ActivityFilter
from billingbot.domain.ledger import LedgerEntry
from billingbot.ports import Store
from billingbot.ui.activity.empty import draw_empty
from billingbot.ui.activity.filters import View
from billingbot.ui.activity.state import ActivityState, Detail, opened, set_open
from billingbot.ui.activity.table import draw_table
from billingbot.ui.sending.entry_view import draw_entry, title_words
from billingbot.ui.sending.ledger_look import ledger_look
from billingbot.ui.sending.ledger_tables import invoice_words, ledger_table

_LIMIT = 2000


def draw_sent(app: App, state: ActivityState, wanted: ActivityFilter, integrations: Mapping[str, str]) -> None:
    """Draw the entries that are wanted, newest first, and the open one, whether it is wanted or not."""
    # An entry comes with its lines and charges: all of them are read only to be searched.
    searched = bool(wanted.actor or wanted.text or wanted.since or opened(Detail.ENTRY))
    entries = read_entries(app.store, wanted, integrations, _LIMIT if searched else state.limit + 1)
    found = [entry for entry in entries if is_wanted(entry, wanted)]
    shown = found[: state.limit]
    with st.container(key="activity-panes", horizontal=True, wrap=False, gap="small"):
        with st.container(key="activity-list"):
            if shown:
                table, look = ledger_table(shown), ledger_look(entry.currency for entry in shown)
                if len(integrations) > 1:
                    names = [integrations.get(entry.integration, entry.integration) for entry in shown]
                    table.insert(2, "Integration", names)
                draw_table(state, Detail.ENTRY, [entry.entry_id for entry in shown], table, look)
            else:
                draw_empty(View.SENT)
            if len(found) > len(shown):
                st.button("Show more", on_click=state.show_more)
            elif len(entries) >= _LIMIT:
                st.caption(f"Of each integration, the newest {_LIMIT:,} are looked at.")
        if opened(Detail.ENTRY):
            with st.container(key="activity-details", border=True, gap="small", width=560):
                _draw_open(entries)


def read_entries(store: Store, wanted: ActivityFilter, integrations: Iterable[str], limit: int) -> list[LedgerEntry]:
    """Return the newest entries, so many of the integration that is wanted or of each, newest first."""
    keys = [wanted.integration] if wanted.integration else list(integrations)
    entries = [entry for key in keys for entry in store.ledger(key, limit=limit)]
    return sorted(entries, key=lambda entry: entry.started_at, reverse=True)


def is_wanted(entry: LedgerEntry, wanted: ActivityFilter) -> bool:
    """Say whether the filters show an entry; the text is looked for in the client, the invoice and the plan's hash."""
    searched = (entry.client, invoice_words(entry), entry.reference, entry.plan_hash)
    return (
        wanted.actor in ("", entry.actor)
        and (wanted.since is None or entry.started_at >= wanted.since)
        and any(wanted.text.casefold() in text.casefold() for text in searched)
    )


def _draw_open(entries: Sequence[LedgerEntry]) -> None:
    entry = next((entry for entry in entries if entry.entry_id == opened(Detail.ENTRY)), None)
    with st.container(horizontal=True, vertical_alignment="top", gap="small"):
        if entry is not None:
            st.html(
                f'<div class="details-head"><h2>{escape(entry.client)}</h2><p>{escape(title_words(entry))}</p></div>'
            )
        st.button("Close", type="tertiary", on_click=set_open, args=(Detail.ENTRY, ""))
    if entry is None:
        st.info("This entry is not among the newest of the integrations that are shown.", icon=":material/search_off:")
        return
    draw_entry(entry, f"activity-entry-{entry.entry_id}")
