"""What can be done with a vendor from its card."""

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.credential import Origin
from billingbot.errors import BillingBotError, RefreshRunning
from billingbot.ui.integrations.scene import HALO, Card
from billingbot.ui.integrations.state import IntegrationsState, PanelKind
from billingbot.ui.integrations.vendor_status import Status
from billingbot.ui.wording import plain

_ELSEWHERE = {
    Origin.ENVIRONMENT: "Its credentials are from the environment: remove them there.",
    Origin.SANDBOX: "The sandbox has all vendors. Leave it to connect your own.",
}


def draw_actions(app: App, state: IntegrationsState, card: Card) -> None:
    """Draw the buttons of a card: what makes sense for how the vendor stands."""
    with st.container(key=f"actions-{card.vendor.key}", horizontal=True, vertical_alignment="center", gap="xsmall"):
        if card.standing.status is Status.NOT_CONFIGURED:
            _open_button(state, card, PanelKind.CREDENTIALS, "Connect", icon=":material/add:", type="primary")
        elif card.standing.status is Status.DELETED:
            _open_button(state, card, PanelKind.CREDENTIALS, "Connect again", icon=":material/add:", type="primary")
            if card.kept:
                _open_button(state, card, PanelKind.PURGE, "Delete the assignments too …", type="tertiary")
        else:
            _draw_usual(app, state, card)


def _draw_usual(app: App, state: IntegrationsState, card: Card) -> None:
    if card.standing.status is Status.UNREADABLE:
        _open_button(state, card, PanelKind.CREDENTIALS, "Enter again", icon=":material/key:", type="primary")
    elif card.integration:
        _draw_refresh(app, state, card)
    if card.standing.status is not Status.UNREADABLE:
        label = "Credentials" if card.standing.given else "Edit"
        _open_button(state, card, PanelKind.CREDENTIALS, label, icon=":material/edit:")
    if card.vendor.key == HALO or card.standing.status in (Status.UNTESTED, Status.FAILING):
        _draw_test(app, state, card)
    if card.integration:
        _open_button(state, card, PanelKind.DEFAULTS, "Defaults", icon=":material/tune:")
    st.button(
        "Delete",
        key=f"delete-{card.vendor.key}",
        icon=":material/delete:",
        type="tertiary",
        disabled=card.standing.given is not None,
        help=_ELSEWHERE[card.standing.given] if card.standing.given else None,
        on_click=state.open,
        args=(PanelKind.DELETE, card.vendor.key),
    )


def _open_button(state: IntegrationsState, card: Card, kind: PanelKind, label: str, **look: object) -> None:
    key = card.vendor.key
    st.button(label, key=f"{kind}-{key}", on_click=state.open, args=(kind, key), **look)  # type: ignore[arg-type]


def _draw_refresh(app: App, state: IntegrationsState, card: Card) -> None:
    blocked = " ".join(app.problems_of(card.vendor.key))
    running = "A refresh is under way." if card.is_running else ""
    st.button(
        "Refresh",
        key=f"refresh-{card.vendor.key}",
        icon=":material/sync:",
        type="secondary" if card.succeeded else "primary",
        disabled=bool(blocked or running),
        help=plain(blocked or running) or f"Reads clients and {plain(card.vendor.name)} companies, and matches them.",
        on_click=_refresh,
        args=(app, state, card.vendor.key),
    )


def _refresh(app: App, state: IntegrationsState, key: str) -> None:
    state.dismiss()
    try:
        app.start_refresh(key, app.actor)
    except RefreshRunning:
        return
    except BillingBotError as error:
        state.failed(str(error))


def _draw_test(app: App, state: IntegrationsState, card: Card) -> None:
    vendor = card.vendor
    if not st.button("Test", key=f"test-{vendor.key}", icon=":material/network_check:"):
        return
    with st.spinner(f"Asking {plain(vendor.name)} …"):
        try:
            result = app.check_credentials(vendor.key, {})
        except BillingBotError as error:
            state.failed(str(error))
            st.rerun()
    state.checks[vendor.key] = result
    if not result.error:
        state.done(f"{vendor.name}: {result.found}")
    st.rerun()
