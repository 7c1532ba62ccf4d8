"""Export: what the grid shows, or all clients, as Excel, PDF or CSV."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.jobs.export_file import FileKind, export_file, file_name
from billingbot.ui.client_page import OpenDialog, PageState
from billingbot.ui.dialogs.opening import Opening, Scene, draw_cancel, opening_of
from billingbot.ui.wording import count

_NAMES: Mapping[FileKind, str] = {FileKind.EXCEL: "Excel", FileKind.PDF: "PDF", FileKind.CSV: "CSV"}
_MIMES: Mapping[FileKind, str] = {
    FileKind.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PDF: "application/pdf",
    FileKind.CSV: "text/csv",
}


@dataclass(kw_only=True)
class _Opening(Opening):
    """`clients` is how many there were in all when the dialog was opened."""

    clients: int


def draw(app: App, state: PageState, integration: Integration, dialog: OpenDialog) -> None:
    """Draw the dialog's body."""
    scene = Scene(app, state, integration, dialog)
    opening = opening_of(scene, lambda: _Opening(clients=len(app.store.client_rows(integration.key))))
    kind = st.segmented_control(
        "Format",
        list(FileKind),
        default=FileKind.EXCEL,
        required=True,
        format_func=_NAMES.__getitem__,
        key=dialog.key("format"),
    )
    everything = _pick_everything(scene, opening)
    bom = kind is FileKind.CSV and _pick_bom(scene)
    chosen = None if everything else dialog.client_ids
    empty = opening.clients == 0 if chosen is None else not chosen
    now = app.now()
    with st.container(horizontal=True):
        st.download_button(
            f"Download {_NAMES[kind]}",
            # Built at the click, not at each draw.
            data=lambda: export_file(
                app.store, integration, chosen, "" if everything else dialog.filters, app.now(), kind, bom=bom
            ),
            file_name=file_name(integration, now, kind),
            mime=_MIMES[kind],
            on_click="ignore",
            type="primary",
            icon=":material/download:",
            disabled=empty,
            help="There are no clients to export." if empty else None,
            key=dialog.key("download"),
        )
        draw_cancel(scene, "Close")


def _pick_everything(scene: Scene, opening: _Opening) -> bool:
    shown, everything = len(scene.dialog.client_ids), opening.clients
    labels = {False: f"Shown now ({count(shown, 'client')})", True: f"All ({count(everything, 'client')})"}
    return st.radio(
        "Clients",
        [False, True],
        format_func=labels.__getitem__,
        captions=["Filtered and sorted as in the grid.", "By name."],
        key=scene.key("clients"),
    )


def _pick_bom(scene: Scene) -> bool:
    bom = st.checkbox(
        "With BOM, for Excel",
        value=True,
        help="A mark at the start by which Excel knows that the file is UTF-8. Other programs rarely need it.",
        key=scene.key("bom"),
    )
    st.caption("The CSV file can be edited in a spreadsheet and imported again: keep its columns and headings.")
    return bom
