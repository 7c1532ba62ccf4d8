"""The apps of this process, as pages and the server get them: on real data, and on the sandbox's."""

import os

import streamlit as st

from billingbot.bootstrap import App, Workspaces
from billingbot.domain.access import SignIn
from billingbot.ui.sign_in.claims import sign_in_of
from billingbot.ui.sign_in.secrets import sign_in_setup

DATA = "data"
"""The name of the kind of data in the address."""
SANDBOX = "sandbox"

_CHOSEN = "chosen-data"
_WORKSPACES = Workspaces(os.environ)


def workspaces() -> Workspaces:
    """Return the apps of this process, which the server and all sessions share."""
    return _WORKSPACES


def current_app() -> App:
    """Return the app of this session, as its person may use it: the role is read anew each time.

    Raises `AccessRefused` when the sign-in does not hold, `StoreError` when the database cannot be opened,
    `ConfigError`.
    """
    app = _opened(sandbox=in_sandbox())
    sign_in = signed_in()
    return app.for_sign_in(sign_in, users_app()) if sign_in else app


def users_app() -> App:
    """Return the app whose database has the users, which is that of the real data; it may do everything."""
    return _opened(sandbox=False)


def signed_in() -> SignIn | None:
    """Return how the person of this session signed in; None in local mode. Raises `AccessRefused`."""
    return sign_in_of(st.user.to_dict()) if sign_in_setup() else None


def _opened(*, sandbox: bool) -> App:
    if _WORKSPACES.is_open(sandbox=sandbox):
        return _WORKSPACES.app(sandbox=sandbox)
    with st.spinner("Opening the database …"):
        return _WORKSPACES.app(sandbox=sandbox)


def in_sandbox() -> bool:
    """Say whether this session is in the sandbox, beside the real data.

    The address with which it came decides, for as long as it lasts: whatever a session remembers is of one database.
    Each way into the sandbox and out of it is a link that begins a new session.
    """
    if _CHOSEN not in st.session_state:
        st.session_state[_CHOSEN] = st.query_params.get(DATA) == SANDBOX and _WORKSPACES.has_real_data
    return bool(st.session_state[_CHOSEN])


def keep_data_in_address() -> dict[str, str]:
    """Let the address say which data are shown, so that it can be reloaded and sent on; return it for links."""
    wanted = {DATA: SANDBOX} if in_sandbox() else {}
    if wanted and st.query_params.get(DATA) != SANDBOX:
        st.query_params[DATA] = SANDBOX
    elif not wanted and DATA in st.query_params:
        del st.query_params[DATA]
    return wanted
