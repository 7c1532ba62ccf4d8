"""The steps in which vendors are connected: HaloPSA, and then one or more distributors."""

from html import escape

import streamlit as st

from billingbot.bootstrap import App, Vendor
from billingbot.ui.integrations.credential_form import draw_credential_form
from billingbot.ui.setup.buttons import Onward
from billingbot.ui.wording import plain

_HALO = "halo"
_PLACE = "setup"
_WORKS, _FAILS, _UNTESTED, _INCOMPLETE, _UNUSED = "Connected", "Not working yet", "Not tested yet", "Incomplete", ""
_LOOKS = {_WORKS: "good", _FAILS: "bad", _UNTESTED: "open", _INCOMPLETE: "open"}
_AROUND = {_UNTESTED: "Continue without testing", _FAILS: "Continue although the test failed"}


def draw_halo(app: App) -> Onward:
    """Draw HaloPSA's form."""
    st.html(
        "<h2>Connect HaloPSA</h2><p>In HaloPSA, open <b>Configuration › Integrations › HaloPSA API</b>, make an "
        "application with the authentication method <b>Client ID and Secret (Services)</b>, and copy its values here. "
        "They are kept as you go; the secret is stored encrypted.</p>"
    )
    works = _draw_form(app, app.vendors.vendor(_HALO))
    standing = _WORKS if works else _standing(app, _HALO)
    if standing == _WORKS:
        return Onward()
    if standing in _AROUND:
        return Onward("Test the credentials first.", _AROUND[standing])
    return Onward("Fill in the form and test it.")


def draw_distributors(app: App) -> Onward:
    """Draw a card for each distributor, with its form when it is wanted."""
    st.html("<h2>Connect your distributors</h2><p>One is enough to begin with. You can add the others at any time.</p>")
    standings = {}
    for vendor in app.vendors.all:
        if vendor.key != _HALO:
            _draw_distributor(app, vendor)
            standings[vendor.name] = _standing(app, vendor.key)
    connected = [name for name, standing in standings.items() if standing in (_WORKS, *_AROUND)]
    if not connected:
        return Onward("Connect one distributor at least.")
    for standing in (_FAILS, _UNTESTED):
        names = [plain(name) for name, found in standings.items() if found == standing]
        if names:
            return Onward(f"{' and '.join(names)}: {standing.lower()}.", _AROUND[standing])
    return Onward()


def _draw_distributor(app: App, vendor: Vendor) -> None:
    opened = f"setup-open-{vendor.key}"
    standing = _standing(app, vendor.key)
    if opened not in st.session_state:
        st.session_state[opened] = standing in _LOOKS and standing != _WORKS
    is_open = bool(st.session_state[opened])
    with st.container(border=True, key=f"setup-card-{vendor.key}"):
        head = st.empty()
        if is_open:
            _draw_form(app, vendor)
        # A test that was just made counts.
        standing = _standing(app, vendor.key)
        with head.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            tag = f'<span class="standing {_LOOKS[standing]}">{standing}</span>' if standing else ""
            st.html(f'<div class="vendor-head"><h3>{escape(vendor.name)}</h3>{tag}</div>', width="content")
            label = "Close" if is_open else "Edit" if standing else "Connect"
            st.button(label, key=f"toggle-{vendor.key}", on_click=_toggle, args=(opened,))


def _toggle(opened: str) -> None:
    st.session_state[opened] = not st.session_state[opened]


def _draw_form(app: App, vendor: Vendor) -> bool:
    """Draw it, and say whether a test of exactly what is in it has just worked."""
    result = draw_credential_form(app, vendor, _PLACE, keep_entries=True, on_saved=lambda: None)
    return result is not None and not result.error


def _standing(app: App, key: str) -> str:
    """Say how the vendor stands with what is kept of it."""
    if key in app.vendors.problems:
        return _INCOMPLETE if app.vendors.is_begun(key) else _UNUSED
    check = app.store.checks().get(key)
    if check is None:
        return _UNTESTED
    return _FAILS if check.error else _WORKS
