"""What the last click did on the Integrations page, beside an Undo; and that secrets cannot be read any more."""

from functools import partial

import streamlit as st

from billingbot.bootstrap import App
from billingbot.errors import BillingBotError
from billingbot.jobs.undo import undo, undone_sentence
from billingbot.ui.integrations.scene import Scene
from billingbot.ui.integrations.state import IntegrationsState, PanelKind
from billingbot.ui.integrations.vendor_status import Status
from billingbot.ui.notice import draw_notice
from billingbot.ui.wording import plain


def draw_notices(app: App, state: IntegrationsState, scene: Scene) -> None:
    """Draw what an operator has to know before the cards."""
    _draw_unreadable(state, scene)
    if state.problem:
        st.error(plain(state.problem), icon=":material/error:")
    draw_notice("integrations-notice", state.notice, partial(_undo, app, state), state.dismiss)


def _draw_unreadable(state: IntegrationsState, scene: Scene) -> None:
    """Say that the key of the secrets is another one or lost, and lead to the forms."""
    lost = [card.vendor for card in scene.cards if card.standing.status is Status.UNREADABLE]
    if not lost:
        return
    names = plain(" and ".join(vendor.name for vendor in lost))
    with st.container(border=True, key="secrets-lost", gap="small"):
        st.markdown(
            f"**The secrets of {names} cannot be read any more.** The key that they were sealed with is not here. "
            "Nothing else is lost: clients, assignments, billing rules and history are all there."
        )
        st.markdown("Enter the secrets again, or bring the key back and start BillingBot again.")
        with st.container(horizontal=True):
            for vendor in lost:
                st.button(
                    f"Enter those of {plain(vendor.name)}",
                    key=f"lost-{vendor.key}",
                    icon=":material/key:",
                    on_click=state.open,
                    args=(PanelKind.CREDENTIALS, vendor.key),
                )


def _undo(app: App, state: IntegrationsState, batch: str) -> None:
    try:
        receipt = undo(app.store, batch, app.stamp(app.actor))
    except BillingBotError as error:
        state.failed(str(error))
    else:
        state.done(undone_sentence(receipt))
