"""Keeping what was entered into a form of credentials: all of it by Save, or each value as its input is left."""

from collections.abc import Callable, Mapping

import streamlit as st

from billingbot.bootstrap import App, Vendor
from billingbot.domain.credential import Origin
from billingbot.errors import BillingBotError
from billingbot.ui.integrations.form_state import FormState


def save_entered(app: App, vendor: Vendor, form: FormState, entered: Mapping[str, str]) -> bool:
    """Keep what was entered, if a connection can be made of it; say whether that worked."""
    if not entered:
        form.problem = "Nothing is changed yet."
        return False
    tested = form.result_for(entered)
    form.problem = app.vendors.fault(vendor.key, entered)
    if form.problem or not _keep(app, vendor, form, entered):
        return False
    if tested:
        app.store.record_check(vendor.key, tested.error, app.now())
    for name in entered:
        form.empty(name)
    form.result, form.tested = tested, {}
    return True


def keeper(app: App, vendor: Vendor, form: FormState) -> Callable[[str, str], None]:
    """Return what keeps the value of an input that is left, given the name of its field and its key."""

    def keep(name: str, key: str) -> None:
        text = str(st.session_state[key] or "").strip()
        state = next(state for state in app.vendors.states(vendor.key) if state.field.name == name)
        field = state.field
        # Browsers send what stands in inputs of a step that somebody has left, too: that was kept when it was entered,
        # and to keep it again would make forget how the test went.
        if text == state.value or not key.endswith(f"-{form.emptied.get(name, 0)}"):
            return
        lost = secrets_lost(app, vendor, {name: text})
        form.result, form.tested = None, {}
        if not _keep(app, vendor, form, {name: text}):
            return
        form.cleared = lost or tuple(label for label in form.cleared if label != field.label)
        if field.secret:
            form.empty(name)

    return keep


def secrets_lost(app: App, vendor: Vendor, entered: Mapping[str, str]) -> tuple[str, ...]:
    """Return the labels of the secrets that are kept for the present address, when another one was entered."""
    if not app.vendors.moves(vendor.key, entered):
        return ()
    states = app.vendors.states(vendor.key)
    return tuple(state.field.label for state in states if state.field.secret and state.origin is Origin.ENTERED)


def _keep(app: App, vendor: Vendor, form: FormState, entered: Mapping[str, str]) -> bool:
    """Keep it; how former tries went says nothing of the new values."""
    form.problem = ""
    try:
        app.save_credentials(vendor.key, entered, app.stamp(app.actor))
        app.store.forget_check(vendor.key)
    except BillingBotError as error:
        form.problem = str(error)
        return False
    return True
