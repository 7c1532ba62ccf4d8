"""The controls at the top of Client Management: which integration, and Refresh Clients."""

from collections.abc import Sequence

import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.access import Permission
from billingbot.domain.integration import Integration
from billingbot.errors import BillingBotError, RefreshRunning
from billingbot.ui.client_page import PageState
from billingbot.ui.permitted import why_not_permitted

INTEGRATION = "integration"
"""The session's key of the selected integration, and its name in the address."""


def pick_integration(integrations: Sequence[Integration]) -> Integration:
    """Draw the integration selector and return what is selected."""
    names = {integration.key: integration.name for integration in integrations}
    key = st.selectbox(
        "Integration",
        names,
        format_func=names.__getitem__,
        key=INTEGRATION,
        filter_mode=None,
        width=300,
    )
    return next(integration for integration in integrations if integration.key == key)


def draw_refresh_button(app: App, state: PageState, integration: Integration, running: bool) -> None:
    """Draw the button that starts a refresh, or says why it cannot."""
    blocked = why_not_permitted(app, Permission.OPERATE) or " ".join(app.problems_of(integration.key))
    reason = blocked or ("A refresh is under way." if running else None)
    st.button(
        "Refresh Clients",
        type="primary",
        icon=":material/sync:",
        disabled=bool(blocked) or running,
        help=reason or f"Reads your clients from HaloPSA and matches them to {integration.name} companies by name.",
        on_click=start_refresh,
        args=(app, state, integration.key),
    )


def start_refresh(app: App, state: PageState, integration: str, approving: str | None = None) -> None:
    """Start a refresh. When one is under way already, the page shows that one."""
    state.problem = None
    try:
        app.start_refresh(integration, app.actor, approving)
    except RefreshRunning:
        return
    except BillingBotError as error:
        state.problem = str(error)
