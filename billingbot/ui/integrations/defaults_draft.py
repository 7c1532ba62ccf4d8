"""The defaults of an integration as somebody wants them, before they are saved: the inputs, and what differs."""

from dataclasses import asdict, replace
from datetime import time

import streamlit as st

from billingbot.domain.client_settings import Setting
from billingbot.domain.integration import Assignment, Integration, Modifiers
from billingbot.domain.schedule import time_of_day
from billingbot.ui.change_words import SETTING_WORDS
from billingbot.ui.dialogs.modifiers import MEANINGS, draw_switch
from billingbot.ui.wording import plain

_DESTINATIONS = {
    Assignment.NEW: "Charges go to a new invoice each time.",
    Assignment.LAST: "Charges go to the invoice that is picked for each client with Assign Invoice.",
    Assignment.RECURRING: "Charges go to the recurring invoice that is picked for each client with Assign Invoice.",
}
_USUAL_TIME = "06:00"
_LOWEST, _HIGHEST = 50, 100


def differing_fields(seen: Integration, wanted: Integration) -> dict[str, object]:
    """Return the wanted values that are not as they were seen, by their names; modifiers by theirs."""
    before, after = (_fields(integration) for integration in (seen, wanted))
    return {name: value for name, value in after.items() if value != before[name]}


def draw_billing(seen: Integration, prefix: str) -> Integration:
    """Draw the four rules and the assignment; return the integration as they want it."""
    st.html('<h3 class="part">How clients are billed</h3>')
    rules = (
        (Setting.DROP_AZURE, seen.modifiers.drop_azure),
        (Setting.COLLAPSE_AZURE, seen.modifiers.collapse_azure),
        (Setting.DROP_FAVORABLE_PRORATES, seen.modifiers.drop_favorable_prorates),
        (Setting.DROP_ZERO_DOLLAR, seen.modifiers.drop_zero_dollar),
    )
    chosen = []
    for place, (setting, value) in zip([*st.columns(2), *st.columns(2)], rules, strict=True):
        with place:
            chosen.append(draw_switch(SETTING_WORDS[setting], value, f"{prefix}-{setting}", MEANINGS[setting]))
    with st.container(gap="xxsmall"):
        picked = st.segmented_control(
            "Invoice Assignment",
            list(Assignment),
            format_func=str.capitalize,
            default=seen.assignment,
            required=True,
            key=f"{prefix}-assignment",
        )
        assignment = Assignment(picked or seen.assignment)
        st.caption(_DESTINATIONS[assignment])
    return replace(seen, modifiers=Modifiers(*chosen), assignment=assignment)


def draw_matching(wanted: Integration, seen: Integration, prefix: str) -> Integration:
    """Draw threshold and guards; return the integration as they want it."""
    st.html('<h3 class="part">How companies are matched</h3>')
    left, right = st.columns(2)
    with left, st.container(gap="xxsmall"):
        threshold = st.slider(
            "Similarity from which names are linked", _LOWEST, _HIGHEST, seen.threshold, key=f"{prefix}-threshold"
        )
        st.caption("Of 100. Less similar names are suggested at most: a person decides.")
    with right:
        guards = draw_switch(
            "Guards",
            seen.guards,
            f"{prefix}-guards",
            "Names that differ in a number, place, direction or legal form are never linked by themselves, however "
            "similar they are. Off: similarity alone decides.",
        )
    return replace(wanted, threshold=threshold, guards=guards)


def draw_schedule(
    wanted: Integration, seen: Integration, zone: str, zones: list[str], prefix: str
) -> tuple[Integration, str]:
    """Draw when clients are refreshed; return the integration as that wants it, and the MSP's time zone."""
    st.html('<h3 class="part">When clients are refreshed</h3>')
    with st.container(horizontal=True, vertical_alignment="bottom"):
        daily = st.segmented_control(
            "Refresh",
            [False, True],
            format_func=lambda on: "Daily" if on else "Off",
            default=bool(seen.refresh_at),
            required=True,
            key=f"{prefix}-daily",
            label_visibility="collapsed",
        )
        if not daily:
            st.caption(
                f"Only when somebody presses Refresh. Other integrations than {plain(seen.name)} are not affected."
            )
            return replace(wanted, refresh_at=""), zone
        at: time | None = st.time_input(
            "At", time_of_day(seen.refresh_at or _USUAL_TIME), key=f"{prefix}-at", step=900, width=110
        )
        index = zones.index(zone) if zone in zones else 0
        chosen = st.selectbox("Time zone, of all integrations", zones, index, key=f"{prefix}-zone", width=300)
    return replace(wanted, refresh_at=f"{at:%H:%M}" if at else seen.refresh_at or _USUAL_TIME), chosen


def _fields(integration: Integration) -> dict[str, object]:
    fields: dict[str, object] = asdict(integration)
    return {name: value for name, value in fields.items() if name != "modifiers"} | asdict(integration.modifiers)
