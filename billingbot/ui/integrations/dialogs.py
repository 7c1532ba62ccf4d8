"""Which dialog of the Integrations page is open: state of the page, so that it stays open over reruns."""

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from billingbot.bootstrap import App
from billingbot.ui.integrations.credentials_dialog import draw_credentials
from billingbot.ui.integrations.defaults_form import draw_defaults_form
from billingbot.ui.integrations.delete_dialogs import draw_delete, draw_purge
from billingbot.ui.integrations.scene import Card, Scene
from billingbot.ui.integrations.state import IntegrationsState, Panel, PanelKind
from billingbot.ui.integrations.vendor_status import Status
from billingbot.ui.references import send_whole
from billingbot.ui.wording import plain

_TITLES: Mapping[PanelKind, str] = {
    PanelKind.CREDENTIALS: "Edit {}",
    PanelKind.DEFAULTS: "Defaults of {}",
    PanelKind.DELETE: "Delete {}?",
    PanelKind.PURGE: "Delete the assignments of {}?",
}
_SMALL = (PanelKind.DELETE, PanelKind.PURGE)


def draw_open_panel(app: App, state: IntegrationsState, scene: Scene) -> None:
    """Draw the dialog that is open, if one is. The last thing that a run of the page draws."""
    panel = state.panel
    if panel is None:
        return
    card = scene.card(panel.vendor)
    title = _TITLES[panel.kind]
    if panel.kind is PanelKind.CREDENTIALS and card.standing.status in (Status.NOT_CONFIGURED, Status.DELETED):
        title = "Connect {}"

    def body() -> None:
        send_whole()
        _draw(app, state, card, panel)

    name = plain(card.vendor.name)
    width: Literal["small", "medium"] = "small" if panel.kind in _SMALL else "medium"
    st.dialog(title.format(name), width=width, on_dismiss=state.close)(body)()


def _draw(app: App, state: IntegrationsState, card: Card, panel: Panel) -> None:
    if panel.kind is PanelKind.CREDENTIALS:
        draw_credentials(app, state, card, panel)
    elif panel.kind is PanelKind.DELETE:
        draw_delete(app, state, card, panel)
    elif panel.kind is PanelKind.PURGE:
        draw_purge(app, state, card, panel)
    elif card.integration is None:
        st.info("Somebody has deleted this integration meanwhile.")
    else:

        def saved(batch: str) -> None:
            state.done(f"{card.vendor.name}: defaults saved.", batch)
            st.rerun()

        draw_defaults_form(app, card.integration, panel.place, on_saved=saved)
