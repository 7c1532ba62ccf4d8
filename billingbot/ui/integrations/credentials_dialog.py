"""The dialog with a vendor's credentials."""

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.credential import Origin
from billingbot.ui.integrations.credential_form import draw_credential_form
from billingbot.ui.integrations.form_state import form_state
from billingbot.ui.integrations.scene import HALO, Card
from billingbot.ui.integrations.state import IntegrationsState, Panel
from billingbot.ui.wording import plain

_GIVEN = {
    Origin.ENVIRONMENT: "Values from the environment are changed there. BillingBot has to be started again then.",
    Origin.SANDBOX: "These belong to the sandbox's invented data and cannot be changed. Leave the sandbox to connect "
    "your own.",
}


def draw_credentials(app: App, state: IntegrationsState, card: Card, panel: Panel) -> None:
    """Draw the dialog's body."""
    vendor = card.vendor
    if card.standing.given:
        st.info(_GIVEN[card.standing.given], icon=":material/lock:")

    def saved() -> None:
        form = form_state(panel.place, vendor.key)
        state.checks.pop(vendor.key, None)
        if form.result:
            state.checks[vendor.key] = form.result
        works = form.result is not None and not form.result.error
        state.done(f"{vendor.name}: saved{_connected(works)}.")
        st.rerun()

    result = draw_credential_form(app, vendor, panel.place, on_saved=saved)
    if result and not form_state(panel.place, vendor.key).tested:
        state.checks[vendor.key] = result
    if vendor.key != HALO:
        st.caption(
            f"Secrets are stored encrypted and never shown again. {plain(vendor.name)} hears of BillingBot only when "
            "you test, refresh or read charges."
        )


def _connected(works: bool) -> str:
    return ", and it works" if works else ", not tested yet"
