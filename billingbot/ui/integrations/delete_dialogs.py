"""The two steps of a deletion: credentials go first, assignments only when somebody asks for that as well."""

import streamlit as st

from billingbot.bootstrap import App
from billingbot.errors import BillingBotError
from billingbot.ui.integrations.scene import HALO, Card
from billingbot.ui.integrations.state import IntegrationsState, Panel
from billingbot.ui.wording import bold, count, plain


def draw_delete(app: App, state: IntegrationsState, card: Card, panel: Panel) -> None:
    """Draw what goes and what stays, and the button that deletes."""
    vendor, name = card.vendor, plain(card.vendor.name)
    mapped = card.figures.mapped
    if vendor.key == HALO:
        st.markdown(
            f"**Goes:** the credentials of {name}.\n\n**Stays:** the list of clients, and everything that was decided "
            "about them. Nothing can be refreshed or sent until it is connected again."
        )
    else:
        assignments = count(mapped, "assignment") if mapped else "assignments"
        st.markdown(
            f"**Goes:** the credentials of {name}, and its place on Client Management.\n\n**Stays:** {assignments}, "
            f"billing rules, rejected pairs, history. Connect {name} again and all of it is back."
        )
    with st.container(horizontal=True):
        if st.button(f"Delete {name}", type="primary", key=f"{panel.place}-delete"):
            _delete(app, state, card)
        if st.button("Cancel", key=f"{panel.place}-cancel"):
            state.close()
            st.rerun()


def draw_purge(app: App, state: IntegrationsState, card: Card, panel: Panel) -> None:
    """Draw what is deleted for good, and ask for the integration's name before it is."""
    name = card.vendor.name
    st.markdown(
        f"This deletes **{count(card.kept, 'assignment')}** of {bold(name)}, its clients' billing rules and target "
        "invoices, and its rejected pairs. The history stays, and on Activity all of it can be undone."
    )
    typed = st.text_input(f"Type {plain(name)} to confirm", key=f"{panel.place}-name", autocomplete="off", live="200ms")
    confirmed = (typed or "").strip().casefold() == name.casefold()
    with st.container(horizontal=True):
        if st.button(
            f"Delete {count(card.kept, 'assignment')}",
            type="primary",
            key=f"{panel.place}-purge",
            disabled=not confirmed,
            help=None if confirmed else "Type its name first.",
        ):
            _purge(app, state, card)
        if st.button("Cancel", key=f"{panel.place}-cancel"):
            state.close()
            st.rerun()


def _delete(app: App, state: IntegrationsState, card: Card) -> None:
    vendor = card.vendor
    state.close()
    try:
        if card.integration:
            app.remove_integration(vendor.key, app.actor)
        else:
            forgotten = {each.field.name: "" for each in app.vendors.states(vendor.key) if each.editable}
            app.save_credentials(vendor.key, forgotten, app.stamp(app.actor))
            app.store.forget_check(vendor.key)
    except BillingBotError as error:
        state.failed(str(error))
    else:
        state.checks.pop(vendor.key, None)
        state.done(f"Deleted the credentials of {vendor.name}. Nothing that was decided is lost.")
    st.rerun()


def _purge(app: App, state: IntegrationsState, card: Card) -> None:
    state.close()
    try:
        receipt = app.purge_integration(card.vendor.key, app.actor)
    except BillingBotError as error:
        state.failed(str(error))
    else:
        state.done(f"Deleted the assignments of {card.vendor.name}.", receipt.batch if receipt.changes else "")
    st.rerun()
