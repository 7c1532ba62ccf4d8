"""Export: the clients that are shown, or each of their charges with what became of it, as Excel, PDF or CSV."""

from collections.abc import Callable, Collection

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.exports.table import Table
from billingbot.jobs.export_billing import detail_table, summary_table
from billingbot.jobs.export_file import FileKind, file_name, table_file
from billingbot.ui.downloads import draw_download
from billingbot.ui.ready.reading import Reading
from billingbot.ui.ready.state import OpenDialog, ReadyState
from billingbot.ui.references import send_whole
from billingbot.ui.wording import count

_MOST_IN_PDF = 20_000
"""Rows; a PDF of more takes minutes, and nobody prints it."""


def draw_export(app: App, state: ReadyState, integration: Integration, reading: Reading, dialog: OpenDialog) -> None:
    """Draw the dialog."""

    def body() -> None:
        send_whole()
        _draw_body(app, state, integration, reading, dialog)

    st.dialog("Export", width="small", on_dismiss=state.close)(body)()


def _draw_body(app: App, state: ReadyState, integration: Integration, reading: Reading, dialog: OpenDialog) -> None:
    billing, filters = reading.billing, dialog.filters
    ids = set(dialog.client_ids)
    rows = [row for row in reading.rows if row.client_id in ids]
    st.caption(f"Chosen as in the list: {filters}." if filters else f"All of {billing.period}.")
    chosen = dialog.client_ids if filters else None
    _draw_choice(
        f"Summary ({count(len(ids), 'client')})",
        "A row a client, with what is ready, sent or waits.",
        len(rows),
        lambda: summary_table(rows, integration, billing, filters, app.now()),
        lambda kind: file_name(integration, app.now(), kind, f"{billing.period}-summary"),
        dialog.key("summary"),
    )
    charges = _charge_count(reading, None if chosen is None else ids)
    _draw_choice(
        f"Charges ({charges:,})",
        "A row a charge, with the line that it is in, the rule that dropped it, or what it waits for.",
        charges,
        lambda: detail_table(billing, chosen, integration, filters, app.now()),
        lambda kind: file_name(integration, app.now(), kind, f"{billing.period}-charges"),
        dialog.key("charges"),
    )
    if st.button("Close", key=dialog.key("close")):
        state.close()
        st.rerun()


def _draw_choice(
    heading: str, meaning: str, rows: int, make: Callable[[], Table], name: Callable[[FileKind], str], key: str
) -> None:
    with st.container(key=key, border=True, gap="xsmall"):
        st.markdown(f"**{heading}**")
        st.caption(meaning)
        with st.container(horizontal=True):
            for kind in FileKind:
                _draw_file(kind, rows, make, name(kind), f"{key}-{kind}")


def _draw_file(kind: FileKind, rows: int, make: Callable[[], Table], name: str, key: str) -> None:
    refusal = "" if rows else "There is nothing to export."
    if kind is FileKind.PDF and rows > _MOST_IN_PDF:
        refusal = f"A PDF holds {_MOST_IN_PDF:,} rows at most; Excel and CSV hold all."
    draw_download(kind, lambda: table_file(make(), kind), name, key, refusal)


def _charge_count(reading: Reading, client_ids: Collection[int] | None) -> int:
    """Return how many charges the clients have; with None all of them, and those without a client."""
    clients = [
        client for client in reading.billing.clients if client_ids is None or client.client.client_id in client_ids
    ]
    found = sum(
        sum(len(line.members) for line in client.lines) + len(client.dropped) + len(client.problems)
        for client in clients
    )
    if client_ids is None:
        found += sum(len(company.problems) for company in reading.billing.unassigned)
    return found
