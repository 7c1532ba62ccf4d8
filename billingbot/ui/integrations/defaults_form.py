"""The form of an integration's defaults: what its clients inherit, how they are matched, when they are refreshed."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from zoneinfo import available_timezones

import pandas as pd
import streamlit as st

from billingbot.bootstrap import App
from billingbot.domain.integration import Integration
from billingbot.errors import BillingBotError, Clash, DecisionRefused
from billingbot.jobs.preview_defaults import DefaultsPreview
from billingbot.ui.integrations.defaults_draft import differing_fields, draw_billing, draw_matching, draw_schedule
from billingbot.ui.integrations.defaults_words import NAMES, preview_words, value_words
from billingbot.ui.wording import plain

TIME_ZONE = "time_zone"


@dataclass
class _State:
    """`seen` is what the inputs started with; `taken` counts how often they started anew."""

    seen: Integration
    request: str = field(default_factory=lambda: uuid.uuid4().hex)
    taken: int = 0
    clash: Clash | None = None
    problem: str = ""
    previewed: Integration | None = None
    preview: DefaultsPreview = field(default_factory=DefaultsPreview)


def draw_defaults_form(app: App, integration: Integration, place: str, *, on_saved: Callable[[str], None]) -> None:
    """Draw the form; before anything is saved it says how many clients that changes.

    Args:
        app: the app.
        integration: whose defaults.
        place: tells forms of the same integration apart, and one opening of a form from the next.
        on_saved: hears that Save worked, and the batch that Undo takes back, "" when there is none.
    """
    state = _state(place, integration)
    seen, prefix = state.seen, f"{place}-{integration.key}-{state.taken}"
    kept_zone = app.time_zone()
    wanted = draw_billing(seen, prefix)
    wanted = draw_matching(wanted, seen, prefix)
    zones = sorted(available_timezones() | {kept_zone})
    wanted, zone = draw_schedule(wanted, seen, kept_zone, zones, prefix)
    fields = differing_fields(seen, wanted)
    if fields:
        _draw_preview(app, state, wanted)
    if state.clash:
        _draw_clash(state.clash)
    if state.problem:
        st.error(plain(state.problem), icon=":material/error:")
    with st.container(horizontal=True, vertical_alignment="center"):
        label = "Save mine anyway" if state.clash else "Save"
        changes = bool(fields) or zone != kept_zone
        if st.button(
            label,
            type="primary",
            key=f"{prefix}-save",
            disabled=not changes,
            help=None if changes else "Nothing is changed yet.",
        ):
            _save(app, state, fields, zone if zone != kept_zone else "", on_saved)
        if state.clash:
            st.button("Take theirs", key=f"{prefix}-take", on_click=_take_theirs, args=(app, state))


def _state(place: str, integration: Integration) -> _State:
    key = f"defaults-form-{place}-{integration.key}"
    if key not in st.session_state:
        st.session_state[key] = _State(integration)
    state: _State = st.session_state[key]
    return state


def _draw_preview(app: App, state: _State, wanted: Integration) -> None:
    """Say what the new values change; names are matched anew only when what is wanted is another than before."""
    if state.previewed != wanted:
        with st.spinner("Counting what this changes …"):
            state.preview = app.preview_defaults(wanted.key, wanted)
        state.previewed = wanted
    sentences = preview_words(state.seen, wanted, state.preview)
    if sentences:
        st.info("\n\n".join(plain(sentence) for sentence in sentences), icon=":material/visibility:")


def _draw_clash(clash: Clash) -> None:
    """Draw what somebody else set meanwhile, and what is wanted here."""
    st.warning(f"{plain(clash.sentence)} Nothing of yours is saved yet.", icon=":material/group:")
    rows = [
        [NAMES[name], *(value_words(name, side[name]) for side in (clash.theirs, clash.mine))]
        for name in NAMES
        if name in clash.mine
    ]
    table = pd.DataFrame(rows, columns=["Default", "Theirs", "Yours"], dtype="str")
    st.table(table, border="horizontal", hide_index=True)


def _save(app: App, state: _State, fields: dict[str, object], zone: str, on_saved: Callable[[str], None]) -> None:
    stamp = app.stamp(app.actor, state.request)
    version = state.clash.version if state.clash else state.seen.version
    state.problem = ""
    try:
        if fields:
            state.seen = app.store.edit_integration(state.seen.key, version, fields, stamp)
        if zone:
            app.store.save_setting(TIME_ZONE, zone, app.stamp(app.actor))
    except DecisionRefused as error:
        state.clash = error.clashes[0]
        state.previewed = None
    except BillingBotError as error:
        state.problem = str(error)
    else:
        state.clash, state.request = None, uuid.uuid4().hex
        on_saved(stamp.request_id if fields else "")
        return
    st.rerun()


def _take_theirs(app: App, state: _State) -> None:
    state.seen = app.store.integration(state.seen.key)
    state.taken, state.clash, state.previewed = state.taken + 1, None, None
