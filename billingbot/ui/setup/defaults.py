"""The step in which an integration gets its defaults. Before its first refresh each one is kept as it is chosen."""

from dataclasses import dataclass

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.domain.product import ProductMode
from billingbot.errors import BillingBotError
from billingbot.ui.integrations.defaults_draft import differing_fields, draw_billing, draw_matching
from billingbot.ui.integrations.defaults_form import draw_defaults_form
from billingbot.ui.setup.buttons import Onward
from billingbot.ui.setup.default_item import pick_default_item
from billingbot.ui.setup.integrations import connected_integrations
from billingbot.ui.wording import plain


@dataclass
class _Seen:
    """The version that the inputs stand for, and how often they started anew because somebody else was faster."""

    version: int
    taken: int = 0


def draw_defaults(app: App) -> Onward:
    """Draw the defaults of each connected integration."""
    st.html(
        "<h2>How are clients billed?</h2><p>These are the defaults that every client inherits; any client can have its "
        "own later. The usual choices are set: if you are unsure, just continue.</p>"
    )
    integrations = connected_integrations(app)
    if not integrations:
        return Onward("No distributor is connected yet.")
    for integration, tab in zip(
        integrations, st.tabs([plain(integration.name) for integration in integrations]), strict=True
    ):
        with tab:
            if app.store.latest_success(integration.key):
                draw_defaults_form(app, integration, "setup", on_saved=lambda _batch: st.rerun())
            else:
                _draw_kept_as_chosen(app, integration)
    return Onward()


def _draw_kept_as_chosen(app: App, integration: Integration) -> None:
    """Draw the inputs; what differs from what is kept, is kept. There are no clients yet whom that could change."""
    key = f"setup-defaults-{integration.key}"
    if key not in st.session_state:
        st.session_state[key] = _Seen(integration.version)
    seen: _Seen = st.session_state[key]
    if integration.version != seen.version:
        seen.version, seen.taken = integration.version, seen.taken + 1
        st.info("Somebody else changed these defaults. This is how they are now.", icon=":material/group:")
    prefix = f"{key}-{seen.taken}"
    wanted = draw_billing(integration, prefix)
    wanted = draw_matching(wanted, integration, prefix)
    fields = differing_fields(integration, wanted)
    item = pick_default_item(app, integration, prefix)
    if (item.item_id if item else None) != integration.default_item_id:
        fields |= {
            "default_item_id": item.item_id if item else None,
            "default_item": item.name if item else "",
            "product_mode": ProductMode.DEFAULT_ITEM if item else ProductMode.ASK,
        }
    if not fields:
        return
    try:
        kept = app.store.edit_integration(integration.key, seen.version, fields, app.stamp(app.actor))
    except BillingBotError as error:
        st.error(plain(str(error)), icon=":material/error:")
    else:
        seen.version = kept.version
