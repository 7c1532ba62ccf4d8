"""The inputs of a vendor's credentials. Secrets are write-only: no value of one is ever sent to a browser."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from billingbot.bootstrap import Vendor
from billingbot.config import variable_name
from billingbot.domain.credential import CredentialState, Origin
from billingbot.ui.integrations.form_state import FormState
from billingbot.ui.wording import plain

_LIVE = "300ms"


def draw_fields(
    vendor: Vendor,
    states: Sequence[CredentialState],
    form: FormState,
    prefix: str,
    on_leave: Callable[[str, str], None] | None,
) -> dict[str, str]:
    """Draw an input a field, those that have a default folded away; return what differs from what is kept, by name.

    Args:
        vendor: whose.
        states: of its fields.
        form: what the form remembers.
        prefix: begins the inputs' keys.
        on_leave: hears of an input whose text was changed, by name of field and key of input, when it is left.
    """
    usual = [state for state in states if not state.field.default]
    advanced = [state for state in states if state.field.default]
    entered: dict[str, str] = {}
    for state in usual:
        entered |= _draw_field(vendor, state, form, prefix, on_leave)
    if advanced:
        if form.advanced_open is None:
            form.advanced_open = any(state.origin is Origin.ENTERED for state in advanced)
        with st.expander("Advanced", expanded=form.advanced_open, key=f"{prefix}-advanced"):
            st.caption("These are right for most accounts.")
            for state in advanced:
                entered |= _draw_field(vendor, state, form, prefix, on_leave)
    return entered


def input_key(prefix: str, form: FormState, name: str) -> str:
    """Return the key of a field's input."""
    return f"{prefix}-{name}-{form.emptied.get(name, 0)}"


def _draw_field(
    vendor: Vendor,
    state: CredentialState,
    form: FormState,
    prefix: str,
    on_leave: Callable[[str, str], None] | None,
) -> Mapping[str, str]:
    """Draw a field with where to find its value under it, and return what was entered, if that differs."""
    field = state.field
    key = input_key(prefix, form, field.name)
    with st.container(gap="xxsmall", key=f"{prefix}-field-{field.name}"):
        text = st.text_input(
            plain(field.label),
            value=state.value,
            key=key,
            type="password" if field.secret else "default",
            # Browsers offer to fill in what they know of other sites.
            autocomplete="new-password" if field.secret else "off",
            placeholder=_placeholder(state),
            disabled=not state.editable,
            live=_LIVE if field.address and on_leave is None else False,
            on_change=on_leave or "rerun",
            args=(field.name, key) if on_leave else None,
        )
        st.caption(_caption(vendor, state))
    typed = (text or "").strip()
    if not state.editable or typed == state.value:
        return {}
    return {field.name: typed}


def _placeholder(state: CredentialState) -> str:
    """Say in an empty input what is kept of it."""
    if state.origin is Origin.ENTERED and state.field.secret:
        when = f"{state.changed_at:%Y-%m-%d}" if state.changed_at else "before"
        return f"Set on {when} by {state.changed_by}. Leave empty to keep it."
    if state.origin is Origin.UNREADABLE:
        return "Enter it again"
    if state.origin in (Origin.ENVIRONMENT, Origin.SANDBOX) and state.field.secret:
        return "Set"
    return "" if state.field.required else "Optional"


def _caption(vendor: Vendor, state: CredentialState) -> str:
    """Say where the value is found, or why it cannot be changed here, as Markdown."""
    variable = f"`{variable_name(vendor.key, state.field)}`"
    if state.origin is Origin.ENVIRONMENT:
        return plain(state.problem) if state.problem else f"From the environment ({variable}). Change it there."
    if state.origin is Origin.SANDBOX:
        return "From the sandbox."
    if not state.editable:
        return f"A secret of it is from the environment: set {variable} there to change it."
    if state.origin is Origin.UNREADABLE:
        return f":red[{plain(state.problem)}]"
    return plain(state.field.help)
