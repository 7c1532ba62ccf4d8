"""The Integrations page below its title: notices, HaloPSA, the distributors, and what is open above them."""

import streamlit as st

from billingbot.bootstrap import App
from billingbot.ui.frame import STATIC
from billingbot.ui.integrations.dialogs import draw_open_panel
from billingbot.ui.integrations.notices import draw_notices
from billingbot.ui.integrations.scene import HALO, read_scene, situation
from billingbot.ui.integrations.state import IntegrationsState
from billingbot.ui.integrations.vendor_card import draw_card
from billingbot.ui.references import send_whole_alone

_POLL = 5.0


def draw_integrations(app: App, state: IntegrationsState) -> None:
    """Draw every vendor that BillingBot can be connected to."""
    st.html(STATIC / "integrations.css")
    scene = read_scene(app)
    # Always there: what stands below it is drawn twice for a moment when it comes or goes.
    with st.container(key="integrations-notices", gap="small"):
        draw_notices(app, state, scene)
    with st.container(key="vendors"):
        with st.container(key="vendors-halo"):
            draw_card(app, state, scene, scene.card(HALO))
            if not app.sandbox:
                st.page_link("setup.py", label="Run setup again", icon=":material/restart_alt:")
        with st.container(key="vendors-distributors"):
            for card in scene.cards:
                if card.vendor.key != HALO:
                    draw_card(app, state, scene, card)
    st.fragment(_watch, run_every=_POLL)(app, scene.situation)
    draw_open_panel(app, state, scene)


def _watch(app: App, seen: object) -> None:
    """Draw the page again when something on it has changed: by a refresh, or by somebody else."""
    send_whole_alone()
    if situation(app) != seen:
        st.rerun()
