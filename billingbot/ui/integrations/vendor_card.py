"""One vendor on the Integrations page: how it stands, its figures, what can be done."""

import streamlit as st

from billingbot.bootstrap import App
from billingbot.connectors.halo.scopes import NEEDED
from billingbot.domain.vendor_check import HaloScope
from billingbot.ui.integrations.card_actions import draw_actions
from billingbot.ui.integrations.card_words import figures_of, head, numbers, refreshes, trouble
from billingbot.ui.integrations.check_result import draw_scopes
from billingbot.ui.integrations.refresh_line import draw_refresh_line
from billingbot.ui.integrations.scene import HALO, Card, Scene
from billingbot.ui.integrations.state import IntegrationsState
from billingbot.ui.integrations.vendor_status import Status
from billingbot.ui.wording import count

# Before a test nobody knows which of them the application has.
_NEEDED = tuple(HaloScope(need.name, need.needed_for, None) for need in NEEDED)


def draw_card(app: App, state: IntegrationsState, scene: Scene, card: Card) -> None:
    """Draw a vendor."""
    is_halo = card.vendor.key == HALO
    with st.container(border=True, key=f"card-{card.vendor.key}", gap="small"):
        what = "Your clients, invoices and items" if is_halo else "Distributor"
        # The same elements in the same places, whatever there is to say: what moves is drawn twice for a moment.
        st.html(head(card.vendor.name, card.standing, what) + _trouble(state, card))
        with st.container(gap="small"):
            if is_halo:
                _draw_halo(state, scene, card)
            else:
                _draw_distributor(app, scene, card)
        draw_actions(app, state, card)


def _trouble(state: IntegrationsState, card: Card) -> str:
    """Return what is wrong, as HTML; what to do is known better after a test in this session."""
    detail, advice = card.standing.detail, card.standing.advice
    result = state.checks.get(card.vendor.key)
    if card.standing.status is Status.FAILING and result and result.advice and result.error in detail:
        advice = result.advice
    return trouble(detail, advice) if detail else ""


def _draw_halo(state: IntegrationsState, scene: Scene, card: Card) -> None:
    if not card.standing.is_connected:
        if card.standing.status is Status.NOT_CONFIGURED:
            st.html(
                '<p class="hint">BillingBot reads your clients from HaloPSA and puts charges on their invoices.</p>'
            )
        return
    st.html(numbers([("Clients", scene.clients, "Clients that HaloPSA lists")]))
    result = state.checks.get(card.vendor.key)
    st.html('<h4 class="part">Permissions that BillingBot needs</h4>')
    draw_scopes(result.scopes if result and result.scopes else _NEEDED)
    if not (result and result.scopes):
        st.caption("Press Test to see which of them the application has.")


def _draw_distributor(app: App, scene: Scene, card: Card) -> None:
    if card.standing.status is Status.DELETED:
        kept = count(card.kept, "assignment")
        words = f"{kept} of it {'is' if card.kept == 1 else 'are'} kept" if card.kept else "Nothing of it is left"
        st.html(f'<p class="hint">Deleted; {words}. Connect it again, and everything is as it was.</p>')
        return
    if card.integration is None:
        labels = [field.label for field in card.vendor.fields if field.required and not field.default]
        st.html(f'<p class="hint">You need: {", ".join(labels)}.</p>')
        return
    if card.succeeded:
        st.html(numbers(figures_of(card)))
    else:
        st.html('<p class="hint">No companies are read yet: refresh it.</p>')
    if card.is_running:
        draw_refresh_line(app, card)
    else:
        st.html(refreshes(card, app.time_zone(), scene.now))
