"""The form of a vendor's credentials, on the Integrations page and in the setup wizard: fields, test, save."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from billingbot.bootstrap import App, Vendor
from billingbot.domain.vendor_check import CheckResult
from billingbot.errors import BillingBotError
from billingbot.ui.frame import STATIC
from billingbot.ui.integrations.check_result import draw_check_result
from billingbot.ui.integrations.credential_fields import draw_fields
from billingbot.ui.integrations.form_state import FormState, form_state
from billingbot.ui.integrations.keep_credentials import keeper, save_entered, secrets_lost
from billingbot.ui.wording import plain


def draw_credential_form(
    app: App, vendor: Vendor, place: str, *, on_saved: Callable[[], None], keep_entries: bool = False
) -> CheckResult | None:
    """Draw the form; return what Test Credentials found with exactly what is in it now, None when that is untested.

    Args:
        app: the app.
        vendor: whose.
        place: tells forms of the same vendor apart, and one opening of a form from the next.
        on_saved: hears that Save worked.
        keep_entries: keep each value as soon as its input is left, without a Save button.
    """
    form = form_state(place, vendor.key)
    st.html(STATIC / "credentials.css")
    prefix = f"{place}-{vendor.key}"
    states = app.vendors.states(vendor.key)
    entered = draw_fields(vendor, states, form, prefix, keeper(app, vendor, form) if keep_entries else None)
    # It stays until it is saved: nothing above a button may go while that is being clicked.
    _draw_lost(secrets_lost(app, vendor, entered) or form.cleared)
    editable = any(state.editable for state in states)
    # What comes and goes is below the buttons: one that moves under the pointer is not clicked.
    with st.container(horizontal=True, vertical_alignment="center"):
        saves = editable and not keep_entries and st.button("Save", type="primary", key=f"{prefix}-save")
        tests = st.button("Test Credentials", icon=":material/network_check:", key=f"{prefix}-test")
        if entered and not tests and form.result_for(entered) is None:
            st.caption("Not tested yet. You can save all the same.", width="content")
    if saves and save_entered(app, vendor, form, entered):
        on_saved()
    if tests:
        _test(app, vendor, form, entered)
    if form.problem:
        st.error(plain(form.problem), icon=":material/error:")
    result = form.result_for(entered)
    if result:
        with st.container(key=f"{prefix}-result", gap="small"):
            draw_check_result(result)
    return result


def _draw_lost(labels: Sequence[str]) -> None:
    """Say that secrets do not go along to another address."""
    if labels:
        st.warning(
            f"The address is another one: enter {plain(' and '.join(labels))} again. What is kept belongs to the "
            "former address and is never sent to this one.",
            icon=":material/lock_reset:",
        )


def _test(app: App, vendor: Vendor, form: FormState, entered: Mapping[str, str]) -> None:
    """Ask the vendor; nothing is kept."""
    form.problem = ""
    with st.spinner(f"Asking {plain(vendor.name)} …"):
        try:
            form.result = app.check_credentials(vendor.key, entered)
        except BillingBotError as error:
            form.result, form.problem = None, str(error)
    form.tested = dict(entered)
