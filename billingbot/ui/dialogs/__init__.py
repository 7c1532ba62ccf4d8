"""The dialogs of Client Management, one a file. Each has a `draw` that is the dialog's body.

Which one is open is state of the page: a dialog stays open over reruns until it saves, is cancelled or dismissed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.ui.client_page import DialogKind, OpenDialog, PageState
from billingbot.ui.dialogs import (
    accept_suggestions,
    assign_company,
    assign_invoice,
    bulk_edit,
    confirm_links,
    delete_assignment,
    edit_company,
    export,
    history,
    import_csv,
    reject_suggestions,
)
from billingbot.ui.references import send_whole
from billingbot.ui.wording import plain


@dataclass(frozen=True, slots=True)
class _Look:
    title: str
    width: Literal["small", "medium", "large"]
    draw: Callable[[App, PageState, Integration, OpenDialog], None]
    of_one_client: bool = True


_LOOKS: Mapping[DialogKind, _Look] = {
    DialogKind.EDIT_COMPANY: _Look("Edit Company", "large", edit_company.draw),
    DialogKind.ASSIGN_INVOICE: _Look("Assign Invoice", "large", assign_invoice.draw),
    DialogKind.ASSIGN_COMPANY: _Look("Assign Company", "large", assign_company.draw),
    DialogKind.DELETE_ASSIGNMENT: _Look("Delete Assignment", "small", delete_assignment.draw),
    DialogKind.HISTORY: _Look("History", "large", history.draw),
    DialogKind.BULK_EDIT: _Look("Edit selected clients", "large", bulk_edit.draw, of_one_client=False),
    DialogKind.ACCEPT_SUGGESTIONS: _Look("Accept suggestions", "large", accept_suggestions.draw, of_one_client=False),
    DialogKind.REJECT_SUGGESTIONS: _Look("Reject suggestions", "large", reject_suggestions.draw, of_one_client=False),
    DialogKind.CONFIRM_LINKS: _Look("Confirm links", "large", confirm_links.draw, of_one_client=False),
    DialogKind.EXPORT: _Look("Export", "small", export.draw, of_one_client=False),
    DialogKind.IMPORT: _Look("Import", "large", import_csv.draw, of_one_client=False),
}


def draw_open_dialog(app: App, state: PageState, integration: Integration) -> None:
    """Draw the dialog that is open, if one is. The last thing that a run of the page draws."""
    dialog = state.dialog
    if dialog is None:
        return
    look = _LOOKS[dialog.kind]
    title = look.title
    if look.of_one_client:
        names = app.store.client_rows(integration.key, [dialog.client_id])["client"].tolist()
        if not names:
            state.problem = f"There is no client {dialog.client_id}."
            state.close()
            st.rerun()
        title = f"{look.title} · {plain(names[0])}"

    def body() -> None:
        send_whole()
        look.draw(app, state, integration, dialog)

    st.dialog(title, width=look.width, on_dismiss=state.close)(body)()
