"""Export: what the grid shows, or all clients, as Excel, PDF or CSV.

There is a button for each file and nothing to choose before: a choice draws the dialog anew, and a click that comes in
between asks for a file that is not offered any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.jobs.export_file import FileKind, export_file, file_name
from billingbot.ui.client_page import OpenDialog, PageState
from billingbot.ui.dialogs.opening import Opening, Scene, draw_cancel, opening_of
from billingbot.ui.downloads import draw_download
from billingbot.ui.references import send_whole
from billingbot.ui.wording import count


@dataclass(kw_only=True)
class _Opening(Opening):
    """`clients` is how many there were in all when the dialog was opened; `bom` is of the CSV files."""

    clients: int
    bom: bool = True


@dataclass(frozen=True, slots=True)
class _Choice:
    """Which clients: those ids, or all for None; how many that are, and how they were chosen."""

    name: str
    client_ids: Sequence[int] | None
    number: int
    filters: str
    order: str


def draw(app: App, state: PageState, integration: Integration, dialog: OpenDialog) -> None:
    """Draw the dialog's body."""
    scene = Scene(app, state, integration, dialog)
    opening = opening_of(scene, lambda: _Opening(clients=len(app.store.client_rows(integration.key))))
    shown = dialog.client_ids
    _draw_choice(
        scene, opening, _Choice("Shown now", shown, len(shown), dialog.filters, "Filtered and sorted as in the grid.")
    )
    _draw_choice(scene, opening, _Choice("All", None, opening.clients, "", "By name."))
    # On its own, so that it does not draw the buttons anew.
    st.fragment(_draw_bom)(scene, opening)
    draw_cancel(scene, "Close")


def _draw_choice(scene: Scene, opening: _Opening, choice: _Choice) -> None:
    name = choice.name.split()[0].lower()
    with st.container(key=f"export-{name}", border=True, gap="xsmall"):
        st.markdown(f"**{choice.name} ({count(choice.number, 'client')})**")
        st.caption(choice.order)
        with st.container(horizontal=True):
            for kind in FileKind:
                _draw_download(scene, opening, choice, kind, scene.key(f"{name}-{kind}"))


def _draw_download(scene: Scene, opening: _Opening, choice: _Choice, kind: FileKind, key: str) -> None:
    app, integration = scene.app, scene.integration
    draw_download(
        kind,
        lambda: export_file(
            app.store, integration, choice.client_ids, choice.filters, app.now(), kind, bom=opening.bom
        ),
        file_name(integration, app.now(), kind),
        key,
        "" if choice.number else "There are no clients to export.",
    )


def _draw_bom(scene: Scene, opening: _Opening) -> None:
    send_whole()
    opening.bom = st.checkbox(
        "CSV with BOM, for Excel",
        value=True,
        help="A mark at the start by which Excel knows that the file is UTF-8. Other programs rarely need it.",
        key=scene.key("bom"),
    )
    st.caption("The CSV file can be edited in a spreadsheet and imported again: keep its columns and headings.")
